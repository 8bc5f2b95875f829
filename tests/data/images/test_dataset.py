"""Images in folders and arrays, made with Pillow here."""

from __future__ import annotations

import gzip
import json
import struct

import numpy as np
import pytest
from PIL import Image

from pellucid import ConfigError, DataError, dataset_from_images
from pellucid.data import ImagePreparation, Reading
from pellucid.data.images.arrays import images_of


def pixels(seed, shape=(6, 8)):
    return np.random.default_rng(seed).integers(0, 256, shape).astype(np.uint8)


@pytest.fixture
def folder(tmp_path):
    """Ten grey images of 6x8 in each of two classes: dark and light."""
    for k, name in enumerate(("dark", "light")):
        (tmp_path / "pets" / name).mkdir(parents=True)
        for i in range(10):
            Image.fromarray(pixels(i) // 2 + 120 * k).save(tmp_path / "pets" / name / f"{i}.png")
    return tmp_path / "pets"


def test_pixels_are_scaled_and_centred_over_the_training_part(folder):
    data = dataset_from_images(folder)
    assert data.classes == ("dark", "light")
    assert data.image_shape == (6, 8)
    assert data.train.x.shape == (14, 48)
    assert data.train.x.dtype == np.float32
    assert data.train.x.mean() == pytest.approx(0, abs=1e-5)
    assert data.train.x.std() == pytest.approx(1, abs=1e-5)
    assert len(data.train) + len(data.validation) + len(data.test) == 20
    inputs = data.preprocessing.read(folder / "light" / "3.png", Reading())
    expected = ((pixels(3) // 2 + 120) / 255 - data.preprocessing.mean) / data.preprocessing.scale
    assert inputs.x[0] == pytest.approx(expected.reshape(-1), abs=1e-5)
    assert inputs.places == (str(folder / "light" / "3.png"),)


def test_what_is_stored_prepares_alike(folder):
    fitted = dataset_from_images(folder, size=(4, 4)).preprocessing
    again = ImagePreparation.from_dict(fitted.to_dict())
    assert again == fitted
    assert np.array_equal(again.read(folder, Reading()).x, fitted.read(folder, Reading()).x)


def test_mixed_sizes_are_refused_and_two_are_named(folder):
    Image.fromarray(pixels(0, (5, 5))).save(folder / "dark" / "small.png")
    with pytest.raises(DataError, match=r"differ in size: .*png \d+x\d+, .*png \d+x\d+ .*--size \d+x\d+"):
        dataset_from_images(folder)
    assert dataset_from_images(folder, size=(3, 4)).image_shape == (3, 4)


def test_one_image_in_colour_makes_all_colour(folder):
    for i in range(8):  # so many that some train
        Image.fromarray(pixels(i, (6, 8, 3))).save(folder / "dark" / f"colour-{i}.bmp")
    data = dataset_from_images(folder)
    assert data.image_shape == (6, 8, 3)
    assert data.train.x.shape[1] == 144
    assert len(data.features) == 144
    assert [note for note in data.notes if "converted to colour" in note] == ["converted to colour: 20 images"]


def test_colour_for_a_network_of_grey_images_is_said(folder, tmp_path):
    fitted = dataset_from_images(folder).preprocessing
    colour = pixels(1, (6, 8, 3))
    Image.fromarray(colour).save(tmp_path / "colour.png")
    inputs = fitted.read(tmp_path / "colour.png", Reading())
    assert inputs.notes == ("converted to grey: 1 image",)
    grey = (colour @ [0.299, 0.587, 0.114] / 255 - fitted.mean) / fitted.scale
    assert inputs.x[0] == pytest.approx(grey.reshape(-1), abs=1e-3)


def test_damaged_images_are_named_skipped_and_counted(folder):
    whole = (folder / "dark" / "0.png").read_bytes()
    (folder / "dark" / "0.png").write_bytes(whole[: len(whole) // 2])
    (folder / "dark" / "1.png").write_bytes(b"no image")
    data = dataset_from_images(folder)
    assert len(data.train) + len(data.validation) + len(data.test) == 18
    (note,) = (note for note in data.notes if "cannot be read" in note)
    assert note.startswith("skipped, cannot be read: 2 files: ")
    assert "0.png" in note
    assert "1.png" in note


def test_odd_images_are_read(tmp_path):
    rgba = np.zeros((6, 8, 4), np.uint8)  # wholly transparent: white
    for i in range(5):
        for name, image in {
            "a": Image.fromarray(rgba),
            "b": Image.fromarray(pixels(i).astype(np.uint16) * 257),
            "c": Image.fromarray(pixels(i)).convert("P"),
        }.items():
            (tmp_path / name).mkdir(exist_ok=True)
            image.save(tmp_path / name / f"{i}.png")
    data = dataset_from_images(tmp_path)
    fitted = data.preprocessing
    white = fitted.read(tmp_path / "a" / "0.png", Reading()).x
    assert white == pytest.approx((1 - fitted.mean) / fitted.scale)
    assert data.image_shape == (6, 8)
    sixteen = fitted.read(tmp_path / "b" / "0.png", Reading()).x.reshape(6, 8)
    assert sixteen == pytest.approx((pixels(0) / 255 - fitted.mean) / fitted.scale, abs=1e-4)


@pytest.mark.parametrize("compressed", [False, True])
def test_idx_files_and_arrays_give_the_same(tmp_path, compressed):
    x, y = pixels(0, (20, 5, 4)), np.arange(20) % 2
    np.savez(tmp_path / "set.npz", x=x, y=y)
    for name, array in {"my-images-idx3-ubyte": x, "my-labels-idx1-ubyte": y.astype(np.uint8)}.items():
        head = bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape)
        content, ending = head + array.tobytes(), ".gz" if compressed else ""
        (tmp_path / (name + ending)).write_bytes(gzip.compress(content) if compressed else content)
    idx = dataset_from_images(tmp_path / f"my-images-idx3-ubyte{'.gz' if compressed else ''}")
    npz = dataset_from_images(tmp_path / "set.npz")
    assert np.array_equal(idx.train.x, npz.train.x)
    assert np.array_equal(idx.test.y, npz.test.y)
    np.save(tmp_path / "new.npy", x[:3])
    assert npz.preprocessing.read(tmp_path / "new.npy", Reading()).x.shape == (3, 20)


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"x": pixels(0, (6, 4, 4))}, "no array 'y'"),
        ({"x": np.full((6, 4, 4), "a"), "y": np.arange(6)}, "pixels are numbers, such as bytes"),
        ({"x": -np.ones((6, 4, 4)), "y": np.arange(6) % 2}, "from -1 to -1: bring them to 0 to 1, 0 to 255"),
        ({"x": np.full((6, 4, 4), np.nan), "y": np.arange(6) % 2}, "from nan to nan"),
        ({"x": np.full((6, 4, 4), 1e6), "y": np.arange(6) % 2}, r"from 1e\+06 to 1e\+06"),
        ({"x": pixels(0, (6, 4)), "y": np.arange(6)}, r"\(B, H, W\)"),
        ({"x": pixels(0, (6, 4, 4)), "y": np.arange(5)}, "as many labels"),
        ({"x": pixels(0, (6, 4, 4)), "y": np.zeros(6)}, "one class only"),
        ({"x": np.array([{}], dtype=object), "y": np.zeros(6)}, "not a readable file of arrays"),
    ],
)
def test_arrays_that_are_no_images(tmp_path, arrays, message):
    np.savez(tmp_path / "set.npz", **arrays)
    with pytest.raises(DataError, match=message):
        dataset_from_images(tmp_path / "set.npz")


def test_folders_that_are_none(folder, tmp_path):
    one = tmp_path / "one"
    one.mkdir()
    (folder / "dark").rename(one / "only")
    with pytest.raises(DataError, match="one class only, 'only'"):
        dataset_from_images(one)
    with pytest.raises(DataError, match="no such"):
        dataset_from_images(tmp_path / "nowhere")
    Image.fromarray(pixels(0)).save(one / "stray.png")
    with pytest.raises(DataError, match="in no class folder"):
        dataset_from_images(one)


@pytest.mark.parametrize("size", ["8x8", 8, (8,), (8, 0), (8, 2.5)])
def test_a_size_is_a_height_and_a_width(folder, size):
    with pytest.raises(ConfigError, match=r"dataset_from_images: (size|height|width) must be"):
        dataset_from_images(folder, size=size)


def test_an_array_cut_off_is_said_to_be(tmp_path):
    np.save(tmp_path / "x.npy", np.zeros((9, 4, 4), np.uint8))
    whole = (tmp_path / "x.npy").read_bytes()
    (tmp_path / "x.npy").write_bytes(whole[:-20])
    with pytest.raises(DataError, match=r"x\.npy is cut off"):
        images_of(tmp_path / "x.npy", labelled=False)


def save_floats(folder, scale):
    for k, name in enumerate(("dark", "light")):
        (folder / name).mkdir(parents=True)
        for i in range(10):
            values = (pixels(i) // 2 + 120 * k).astype(np.float32) / 255 * scale
            Image.fromarray(values.astype(np.float32)).save(folder / name / f"{i}.tif")


@pytest.mark.parametrize("scale", [1, 255, 65535])
def test_pixels_of_floats_are_as_bright_as_their_range_says(folder, tmp_path, scale):
    save_floats(tmp_path / "floats", scale)
    data, plain = dataset_from_images(tmp_path / "floats"), dataset_from_images(folder)
    np.testing.assert_allclose(data.train.x, plain.train.x, atol=1e-5)
    assert f"pixels of floats or of 32 bits: 0 is taken as black, {scale} as white" in data.notes
    fitted = ImagePreparation.from_dict(json.loads(json.dumps(data.preprocessing.to_dict())))
    assert fitted == data.preprocessing
    dark = pixels(3) // 16 / 255 * scale  # below what white is in other ranges
    x = fitted.read(_saved(tmp_path / "new.tif", dark.astype(np.float32)), Reading()).x
    expected = (pixels(3) // 16 / 255 - fitted.mean) / fitted.scale
    np.testing.assert_allclose(x[0], expected.reshape(-1), atol=1e-5)
    if scale < 65535:
        with pytest.raises(
            DataError, match=f"bright.tif: pixels up to {200 * scale}, but {scale} was white in training"
        ):
            fitted.read(_saved(tmp_path / "bright.tif", np.full((6, 8), 200 * scale, np.float32)), Reading())


def _saved(path, values):
    Image.fromarray(values).save(path)
    return path


@pytest.mark.parametrize("dtype", [np.uint16, np.int64, np.float64, np.float32, np.int16])
def test_arrays_of_other_types(tmp_path, dtype):
    x, y = pixels(0, (20, 5, 4)), np.arange(20) % 2
    np.savez(tmp_path / "bytes.npz", x=x, y=y)
    np.savez(tmp_path / "other.npz", x=x.astype(dtype) * dtype(257 if dtype == np.uint16 else 1), y=y)
    data, other = dataset_from_images(tmp_path / "bytes.npz"), dataset_from_images(tmp_path / "other.npz")
    np.testing.assert_allclose(other.train.x, data.train.x, atol=1e-5)


def test_16_bits_keep_what_8_would_lose(tmp_path):
    for k, name in enumerate("ab"):
        (tmp_path / name).mkdir()
        for i in range(5):
            Image.fromarray(pixels(i).astype(np.uint16) + np.uint16(300 * k)).save(tmp_path / name / f"{i}.png")
    assert len(np.unique(dataset_from_images(tmp_path).train.x)) > 100


def test_floats_are_resized(tmp_path):
    save_floats(tmp_path / "floats", 1)
    assert dataset_from_images(tmp_path / "floats", size=(3, 4)).image_shape == (3, 4)


def test_floats_for_a_network_of_bytes_are_said(folder, tmp_path):
    fitted = dataset_from_images(folder).preprocessing
    inputs = fitted.read(_saved(tmp_path / "new.tif", (pixels(3) / 255).astype(np.float32)), Reading())
    assert inputs.notes == ("pixels of floats or of 32 bits, which training had not: 1 is taken as white",)
    np.testing.assert_allclose(inputs.x[0], (pixels(3) / 255 - fitted.mean).reshape(-1) / fitted.scale, atol=1e-5)


def test_labels_are_for_folders(tmp_path):
    np.savez(tmp_path / "set.npz", x=pixels(0, (20, 5, 4)), y=np.arange(20) % 2)
    with pytest.raises(ConfigError, match=r"labels is for folders of images, and .*set.npz is a file of arrays"):
        dataset_from_images(tmp_path / "set.npz", labels="labels.csv")
