from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from pellucid.data.base.collection import collect_files
from pellucid.data.files.labels import label_by_folder
from pellucid.data.images.files import IMAGES, is_image, read_image, resize
from pellucid.errors import DataError

GREY = np.arange(0, 240, 10, dtype=np.uint8).reshape(4, 6)
COLOUR = np.stack([GREY, GREY[::-1], 255 - GREY], axis=2)


@pytest.mark.parametrize("pixels", [GREY, COLOUR], ids=["grey", "colour"])
@pytest.mark.parametrize("ending", ["png", "bmp", "tif"])
def test_pixels_come_back_as_written(tmp_path, pixels, ending):
    Image.fromarray(pixels).save(tmp_path / f"a.{ending}")
    read = read_image(tmp_path / f"a.{ending}")
    assert read.dtype == np.uint8
    np.testing.assert_array_equal(read, pixels)


def test_what_is_transparent_is_white(tmp_path):
    pixels = np.dstack([COLOUR, np.full(GREY.shape, 255, np.uint8)])
    pixels[0, 0, 3] = 0
    Image.fromarray(pixels, "RGBA").save(tmp_path / "a.png")
    read = read_image(tmp_path / "a.png")
    assert read[0, 0].tolist() == [255, 255, 255]
    np.testing.assert_array_equal(read[1:], COLOUR[1:])


def test_a_turned_camera(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn clockwise shows it upright
    Image.fromarray(GREY).save(tmp_path / "a.png", exif=exif)
    np.testing.assert_array_equal(read_image(tmp_path / "a.png"), np.rot90(GREY, -1))


@pytest.mark.parametrize("dtype", [np.uint16, np.int32, np.float32])
def test_more_than_8_bits_are_read_as_they_are(tmp_path, dtype):
    Image.fromarray(GREY.astype(dtype) * dtype(257)).save(tmp_path / "a.tif")
    read = read_image(tmp_path / "a.tif")
    assert read.dtype == dtype
    np.testing.assert_array_equal(read, GREY.astype(dtype) * dtype(257))


@pytest.mark.parametrize("ending", ["gif", "png", "bmp"])
def test_colours_that_are_all_grey_are_grey(tmp_path, ending):
    Image.fromarray(GREY).convert("P" if ending == "gif" else "RGB").save(tmp_path / f"a.{ending}")
    np.testing.assert_array_equal(read_image(tmp_path / f"a.{ending}"), GREY)


def test_a_image_that_is_too_large_is_said_to_be(tmp_path, monkeypatch):
    Image.fromarray(GREY).save(tmp_path / "a.png")
    for most in (20, 10):  # Pillow refuses more than twice of it by itself
        monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", most)
        with pytest.raises(DataError, match=rf"a.png \(too large: .* pixels, at most {most} are read: make a smaller"):
            read_image(tmp_path / "a.png")


def test_content_tells_a_image_whatever_its_name(tmp_path):
    Image.fromarray(COLOUR).save(tmp_path / "a", format="JPEG")
    (tmp_path / "b").write_text("a text")
    assert is_image(tmp_path / "a")
    assert not is_image(tmp_path / "b")


def test_a_tiff_of_another_form_is_not_called_no_image(tmp_path):
    (tmp_path / "a.tif").write_bytes(b"II*\0" + bytes(100))
    with pytest.raises(DataError, match="a TIFF of a form that is not read: save it in 8 bits"):
        read_image(tmp_path / "a.tif")


def test_what_is_no_image(tmp_path):
    (tmp_path / "a.png").write_text("text")
    with pytest.raises(DataError, match=r"a.png \(not an image\)"):
        read_image(tmp_path / "a.png")
    Image.fromarray(np.tile(COLOUR, (20, 20, 1))).save(tmp_path / "b.bmp")
    (tmp_path / "b.bmp").write_bytes((tmp_path / "b.bmp").read_bytes()[:200])
    with pytest.raises(DataError, match=r"b.bmp \("):
        read_image(tmp_path / "b.bmp")


def test_one_file_needs_no_label(tmp_path):
    Image.fromarray(GREY).save(tmp_path / "a.png")
    collection = collect_files(tmp_path / "a.png", IMAGES)
    assert (collection.places, collection.labels, collection.notes) == ((str(tmp_path / "a.png"),), (), ())
    np.testing.assert_array_equal(collection.values[0], GREY)


def test_resizing():
    assert resize(GREY, GREY.shape) is GREY
    assert resize(COLOUR, (8, 3)).shape == (8, 3, 3)
    even = np.repeat(np.repeat(np.array([[10, 30], [50, 70]], np.uint8), 2, axis=0), 2, axis=1)
    assert resize(even, (1, 1)).tolist() == [[40]]


def test_images_of_a_folder_with_their_classes(tmp_path):
    for name, pixels in {"dark": GREY, "bright": COLOUR}.items():
        (tmp_path / name).mkdir()
        Image.fromarray(pixels).save(tmp_path / name / "1.png")
    (tmp_path / "dark" / "2.png").write_text("no image")
    collection = collect_files(tmp_path, IMAGES, label_by_folder)
    assert collection.labels == ("bright", "dark")
    assert [pixels.shape for pixels in collection.values] == [(4, 6, 3), (4, 6)]
    (note,) = collection.notes
    assert note.startswith("skipped, cannot be read: 1 file: dark 1 (")
    assert "2.png (not an image)" in note


def test_the_first_of_moving_images(tmp_path):
    first, second = (Image.fromarray(np.full((4, 4), value, np.uint8)) for value in (0, 255))
    first.save(tmp_path / "a.gif", save_all=True, append_images=[second])
    assert read_image(tmp_path / "a.gif").max() == 0


@pytest.mark.parametrize("labelling", [label_by_folder, None])
def test_a_folder_without_images(tmp_path, labelling):
    with pytest.raises(DataError, match=r"holds no images: files that end in .png, .jpg"):
        collect_files(tmp_path, IMAGES, labelling)
