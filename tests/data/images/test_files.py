from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from pellucid.data.images.files import pictures_in, read_picture, resize
from pellucid.errors import DataError

GREY = np.arange(0, 240, 10, dtype=np.uint8).reshape(4, 6)
COLOUR = np.stack([GREY, GREY[::-1], 255 - GREY], axis=2)


@pytest.mark.parametrize("pixels", [GREY, COLOUR], ids=["grey", "colour"])
@pytest.mark.parametrize("ending", ["png", "bmp", "tif"])
def test_pixels_come_back_as_written(tmp_path, pixels, ending):
    Image.fromarray(pixels).save(tmp_path / f"a.{ending}")
    read = read_picture(tmp_path / f"a.{ending}")
    assert read.dtype == np.uint8
    np.testing.assert_array_equal(read, pixels)


def test_what_is_transparent_is_white(tmp_path):
    pixels = np.dstack([COLOUR, np.full(GREY.shape, 255, np.uint8)])
    pixels[0, 0, 3] = 0
    Image.fromarray(pixels, "RGBA").save(tmp_path / "a.png")
    read = read_picture(tmp_path / "a.png")
    assert read[0, 0].tolist() == [255, 255, 255]
    np.testing.assert_array_equal(read[1:], COLOUR[1:])


def test_a_turned_camera(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn clockwise shows it upright
    Image.fromarray(GREY).save(tmp_path / "a.png", exif=exif)
    np.testing.assert_array_equal(read_picture(tmp_path / "a.png"), np.rot90(GREY, -1))


def test_16_bits_become_8(tmp_path):
    Image.fromarray(GREY.astype(np.uint16) * 257).save(tmp_path / "a.png")
    np.testing.assert_array_equal(read_picture(tmp_path / "a.png"), GREY)


def test_what_is_no_picture(tmp_path):
    (tmp_path / "a.png").write_text("text")
    with pytest.raises(DataError, match=r"a.png \(not a picture\)"):
        read_picture(tmp_path / "a.png")
    Image.fromarray(np.tile(COLOUR, (20, 20, 1))).save(tmp_path / "b.bmp")
    (tmp_path / "b.bmp").write_bytes((tmp_path / "b.bmp").read_bytes()[:200])
    with pytest.raises(DataError, match=r"b.bmp \("):
        read_picture(tmp_path / "b.bmp")


def test_one_file_needs_no_label(tmp_path):
    Image.fromarray(GREY).save(tmp_path / "a.png")
    collection = pictures_in(tmp_path / "a.png", labelled=False)
    assert (collection.places, collection.labels, collection.notes) == ((str(tmp_path / "a.png"),), (), ())
    np.testing.assert_array_equal(collection.values[0], GREY)


def test_resizing():
    assert resize(GREY, GREY.shape) is GREY
    assert resize(COLOUR, (8, 3)).shape == (8, 3, 3)
    even = np.repeat(np.repeat(np.array([[10, 30], [50, 70]], np.uint8), 2, axis=0), 2, axis=1)
    assert resize(even, (1, 1)).tolist() == [[40]]


def test_pictures_of_a_folder_with_their_classes(tmp_path):
    for name, pixels in {"dark": GREY, "bright": COLOUR}.items():
        (tmp_path / name).mkdir()
        Image.fromarray(pixels).save(tmp_path / name / "1.png")
    (tmp_path / "dark" / "2.png").write_text("no picture")
    collection = pictures_in(tmp_path, labelled=True)
    assert collection.labels == ("bright", "dark")
    assert [pixels.shape for pixels in collection.values] == [(4, 6, 3), (4, 6)]
    (note,) = collection.notes
    assert note.startswith("skipped 1 damaged file: ")
    assert "2.png (not a picture)" in note


def test_the_first_of_moving_pictures(tmp_path):
    first, second = (Image.fromarray(np.full((4, 4), value, np.uint8)) for value in (0, 255))
    first.save(tmp_path / "a.gif", save_all=True, append_images=[second])
    assert read_picture(tmp_path / "a.gif").max() == 0


@pytest.mark.parametrize("labelled", [True, False])
def test_a_folder_without_pictures(tmp_path, labelled):
    with pytest.raises(DataError, match=r"holds no pictures: files that end in .png, .jpg"):
        pictures_in(tmp_path, labelled=labelled)
