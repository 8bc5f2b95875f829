"""Images as a kind of data: its settings, what it takes, and the layers that change examples in training."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import ValidationError

from pellucid import Cutout, RandomBrightness, RandomCrop, RandomFlip, RandomRotation, RandomShift
from pellucid.data.base.source import Source
from pellucid.data.images.kind import ImageOptions, Images
from pellucid.data.images.preparation import ImagePreparation
from pellucid.errors import DataError


@pytest.mark.parametrize(("size", "pixels"), [(None, None), ("32", (32, 32)), ("32x48", (32, 48))])
def test_a_size_is_height_and_width(size, pixels):
    assert ImageOptions(size=size).height_and_width == pixels


@pytest.mark.parametrize("size", ["0", "32x", "x32", "32 x 48", "-3", "3.5", 32])
def test_a_size_that_is_none_is_refused(size):
    with pytest.raises(ValidationError, match="size"):
        ImageOptions(size=size)


@pytest.fixture
def arrays(tmp_path):
    rng = np.random.default_rng(0)
    np.savez(tmp_path / "small.npz", x=rng.integers(0, 256, (20, 4, 6), np.uint8), y=np.arange(20) % 2)
    return tmp_path / "small.npz"


def test_a_file_of_arrays_is_images_and_a_single_image_is_told_what_to_name(arrays, tmp_path):
    assert Images().recognises(Source(str(arrays)))
    assert not Images().recognises(Source(str(tmp_path / "table.csv")))
    with pytest.raises(DataError, match=r"cat\.png is a single file of the kind 'images': name a folder"):
        Images().recognises(Source(str(tmp_path / "cat.png")))


def test_its_settings_reach_the_preparation(arrays):
    data = Images().load(Source(str(arrays)), ImageOptions(size="2x3"), "auto", 0)
    assert isinstance(data.preprocessing, ImagePreparation)
    assert data.layout.shape == (2, 3)
    assert data.classes == ("0", "1")


def test_each_augmentation_makes_its_layer():
    made = [a.layer() if a.number is None else a.layer(a.number(a.example)) for a in Images().augmentations()]
    assert made == [
        RandomFlip(),
        RandomFlip(horizontal=False, vertical=True),
        RandomCrop(24, 24),
        RandomShift(2),
        RandomRotation(10.0),
        RandomBrightness(0.2),
        Cutout(8),
    ]
