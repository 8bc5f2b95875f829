"""The config reader, fuzzed: whatever stands in the file, settings and a network come out, or one clear error."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pellucid import PellucidError, load_dataset
from pellucid.errors import UnknownNameError, describe
from pellucid.jobs.gather import gather_settings, read_config, validate
from pellucid.jobs.network import make_loss, make_network, make_optimizer, training_options
from pellucid.jobs.settings import settings_model
from pellucid.layer import Layer, Loss

NAMES = st.sampled_from(
    ["adam", "Momentum", "relu", "Dense", "Chain", "Residual", "MeanSquaredError", "iris", "auto", ""]
)
VALUES = st.recursive(
    st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | NAMES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "units", "layers", "learning_rate", "beta1", "names", "lr", "betas"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
TABLES = st.dictionaries(st.sampled_from([*settings_model().model_fields, "epoch", ""]), VALUES, max_size=5)


IRIS = load_dataset("iris")


def all_that_settings_lead_to(values):
    found = validate(values, "net.toml")
    if max(found.hidden or [0]) < 1000:  # nothing is built here that would not fit
        assert isinstance(make_network(found, IRIS)[0], Layer)
    assert isinstance(make_loss(found, "classification"), Loss)
    assert training_options(found, 100)["epochs"] == found.epochs


@settings(max_examples=300)
@given(TABLES)
def test_any_table_gives_settings_or_one_clear_line(values):
    try:
        all_that_settings_lead_to(values)
    except PellucidError as error:
        line = describe(error)
        assert line
        assert "\n" not in line
        assert "Traceback" not in line


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_file_gives_a_table_or_one_clear_line(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(content)
    with suppress(PellucidError):
        assert isinstance(read_config(path), dict)


def test_options_win_over_the_file(tmp_path):
    path = tmp_path / "net.toml"
    path.write_text('data = "iris"\nepochs = 3\nseed = 7\n')
    found = gather_settings(path, {"epochs": 9, "seed": None})
    assert (found.data, found.epochs, found.seed) == ("iris", 9, 7)


def test_a_folder_is_no_config():
    with pytest.raises(PellucidError, match="is a folder"):
        read_config(Path(__file__).parent)


def test_other_names_of_the_learning_rate(tmp_path):
    config = tmp_path / "net.toml"
    config.write_text('data = "iris"\noptimizer = { type = "sgd", lr = 0.5 }\n')
    assert make_optimizer(gather_settings(config, {})).learning_rate == 0.5
    assert make_optimizer(gather_settings(config, {"learning_rate": 0.1})).learning_rate == 0.1
    config.write_text('data = "iris"\nlr = 0.5\n')
    with pytest.raises(UnknownNameError, match=r"unknown key in .* 'lr': take learning_rate"):
        gather_settings(config, {})
