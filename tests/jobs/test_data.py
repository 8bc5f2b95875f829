"""The data that settings name: which kind reads it, and what a kind has no use for."""

from __future__ import annotations

import pytest

from pellucid import ConfigError, DataError, UnknownNameError
from pellucid.jobs.data import data_of_run, load_data
from pellucid.jobs.gather import validate


def settings(**values):
    return validate({"data": "iris", **values}, "options")


def test_known_data_is_read_by_its_kind():
    assert load_data(settings()).classes == ("setosa", "versicolor", "virginica")
    assert load_data(settings(data="digits")).layout.shape == (8, 8)


def test_reconstruction_makes_the_inputs_the_targets():
    found = load_data(settings(task="reconstruction"))
    assert found.task == "reconstruction"
    assert found.train.x is found.train.y
    assert found.outputs == 4


def test_an_unknown_name_is_told_what_there_is():
    with pytest.raises(UnknownNameError, match=r"unknown data set .* 'irsi': did you mean iris"):
        load_data(settings(data="irsi"))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"size": "8"}, "size is for images, and 'iris' is among the data sets with a name: leave it out"),
        ({"text": "words"}, "text is for texts, and 'iris' is among the data sets with a name: leave it out"),
        ({"vocabulary": 5, "network": "autoencoder"}, "vocabulary is for texts, and 'iris' .*: leave it out"),
    ],
)
def test_a_setting_for_another_kind_is_refused(values, message):
    with pytest.raises(ConfigError, match=message):
        load_data(settings(**values))


def test_a_task_that_the_kind_cannot_have_is_refused(tmp_path):
    path = tmp_path / "said.csv"
    path.write_text("said,liked\n" + "what a fine day,yes\nrain again,no\n" * 8, encoding="utf-8")
    wanted = "is one of auto, classification, regression, not 'reconstruction', which an autoencoder is for"
    with pytest.raises(ConfigError, match=wanted):
        load_data(settings(data=str(path), text="said", network="autoencoder"))


def test_data_of_a_run_that_is_gone_is_asked_back(tmp_path):
    gone = str(tmp_path / "gone.csv")
    with pytest.raises(DataError, match=r"run was trained on .*gone\.csv, which is not here: put it back"):
        data_of_run(settings(data=gone), tmp_path / "run")
    assert len(data_of_run(settings(), tmp_path / "run").train) > 0
