"""Images in arrays: which are taken, and what is said of others."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.data.images.arrays import images_in_memory, images_of, is_array
from pellucid.errors import DataError

GREY = np.arange(48, dtype=np.uint8).reshape(2, 4, 6)


@pytest.mark.parametrize(("name", "is_one"), [("a.npz", True), ("A.NPY", True), ("t-ubyte.gz", True), ("a.png", False)])
def test_files_of_arrays_are_known_by_their_names(tmp_path, name, is_one):
    assert is_array(tmp_path / name) is is_one


def test_images_in_memory_are_one_array_or_a_list():
    assert images_in_memory(GREY).places == ("image 0", "image 1")
    assert images_in_memory(GREY[..., None]).values.shape == (2, 4, 6)  # one channel is grey
    sizes = [image.shape for image in images_in_memory([GREY[0], np.zeros((3, 5, 3))]).values]
    assert sizes == [(4, 6), (3, 5, 3)]


@pytest.mark.parametrize(
    ("images", "message"),
    [
        (GREY.astype(str), "the array: pixels are numbers, such as bytes from 0 to 255, not <U"),
        (GREY[0], r"the array: images are \(B, H, W\), or \(B, H, W, 3\) in colour, not \(4, 6\)"),
        (np.zeros((2, 4, 6, 2)), r"not \(2, 4, 6, 2\)"),
        ([GREY[0], np.zeros(3)], "image 1: images are"),
    ],
)
def test_arrays_of_something_else_are_refused(images, message):
    with pytest.raises(DataError, match=message):
        images_in_memory(images)


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"x": GREY}, "has no array 'y': x holds the images, y their classes"),
        ({"x": GREY, "y": np.array([1])}, r"2 images need as many labels, \(B,\), not \(1,\)"),
        ({"x": GREY, "y": np.array([1, 1])}, "has one class only, 1: give images of two classes or more"),
    ],
)
def test_labels_must_be_one_for_each_image(tmp_path, arrays, message):
    np.savez(tmp_path / "few.npz", **arrays)
    with pytest.raises(DataError, match=message):
        images_of(tmp_path / "few.npz", labelled=True)


def test_a_file_that_holds_no_arrays_is_told_how_to_write_one(tmp_path):
    (tmp_path / "odd.npz").write_text("no arrays", encoding="utf-8")
    with pytest.raises(DataError, match="not a readable file of arrays"):
        images_of(tmp_path / "odd.npz", labelled=True)
    np.save(tmp_path / "plain.npy", GREY)
    with pytest.raises(DataError, match=r"plain\.npy needs labels"):
        images_of(tmp_path / "plain.npy", labelled=True)
    assert len(images_of(tmp_path / "plain.npy", labelled=False).values) == 2
    with pytest.raises(DataError, match=r"no such file: .*gone\.npz"):
        images_of(tmp_path / "gone.npz", labelled=False)
