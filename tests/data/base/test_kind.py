"""What every kind of data has without saying so, and augmentations as they are asked for."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from pellucid.data import KindOfData, Options
from pellucid.data.base.kind import Augmentation
from pellucid.data.base.layout import GridLayout, RowLayout
from pellucid.data.base.options import FolderOptions
from pellucid.data.base.source import Source
from pellucid.errors import DataError
from pellucid.layers import RandomCrop, RandomFlip

FLIP = Augmentation("flip", RandomFlip, GridLayout)
CROP = Augmentation("crop", lambda n: RandomCrop(n, n), GridLayout, int, "24", cropped=True)


class Plain(KindOfData[Options]):
    name, what, options = "plain", "plain files", Options

    def load(self, source, options, task, seed):
        raise NotImplementedError

    def preparations(self):
        return ()


class Scents(Plain):
    name, endings = "scent", (".scent",)


def test_a_kind_that_says_little_comes_in_no_folder_and_changes_nothing(tmp_path):
    kind = Plain()
    assert kind.endings == ()
    assert not kind.holds(tmp_path / "a.bin")
    assert kind.augmentations() == ()
    assert not kind.recognises(Source(str(tmp_path / "a.scent")))
    assert (kind.tasks, kind.network) == (("auto", "classification"), "mlp")
    assert repr(kind) == "<kind of data 'plain'>"


def test_a_single_file_of_a_kind_of_folders_is_told_so(tmp_path):
    with pytest.raises(DataError, match="is a single file of the kind 'scent': name a folder of class folders"):
        Scents().recognises(Source(str(tmp_path / "rose.SCENT")))
    (tmp_path / "folder.scent").mkdir()
    assert not Scents().recognises(Source(str(tmp_path / "folder.scent")))


def test_an_augmentation_is_written_as_it_is_asked_for():
    assert [str(FLIP), str(CROP)] == ["flip", "crop:24"]


def test_behind_a_crop_images_are_as_large_as_the_crop():
    assert CROP.layout_after(GridLayout((32, 48, 3)), 24) == GridLayout((24, 24, 3))
    assert CROP.layout_after(GridLayout((8, 8)), 5) == GridLayout((5, 5))
    assert FLIP.layout_after(GridLayout((32, 48)), None) == GridLayout((32, 48))
    assert CROP.layout_after(RowLayout(4), 2) == RowLayout(4)


@pytest.mark.parametrize("given", [{"labels": 3}, {"label": "x"}, {"test": b"x"}])
def test_settings_take_their_own_types_and_names_alone(given):
    with pytest.raises(ValidationError):
        FolderOptions(**given)
    plain = {"drop_missing_target": False, "test": None, "label_from": None, "labels": None}
    assert FolderOptions().model_dump() == plain
