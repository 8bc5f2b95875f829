"""An autoencoder narrows to a code that is shorter than what it reconstructs."""

from __future__ import annotations

import pytest

from pellucid import ConfigError, load_dataset
from pellucid.jobs.gather import validate
from pellucid.jobs.presets import make_preset
from pellucid.layers import Dense

DIABETES = load_dataset("diabetes").as_reconstruction()


def autoencoder(**values):
    return make_preset("autoencoder", validate({"data": "diabetes", **values}, "options"), DIABETES)


@pytest.mark.parametrize(
    ("values", "sizes"),
    [({}, [256, 2, 256, 10]), ({"hidden": [8, 6], "code": 9}, [8, 6, 9, 6, 8, 10]), ({"hidden": []}, [2, 10])],
)
def test_the_way_up_mirrors_the_way_down(values, sizes):
    model, said = autoencoder(**values)
    assert [layer.units for part in model.layers for layer in part.layers if isinstance(layer, Dense)] == sizes
    assert " - ".join(map(str, (10, *sizes))) in said


def test_a_code_as_long_as_the_data_is_refused():
    with pytest.raises(ConfigError, match="a code of 10 for data of 10 columns leaves nothing to learn"):
        autoencoder(code=10)
