"""Settings from a file and from options: which goes over which, and what does not go together."""

from __future__ import annotations

import pytest

from pellucid import ConfigError, Dense, SoftmaxCrossEntropy, UnknownNameError, fit, load_dataset
from pellucid.errors import RunError
from pellucid.jobs.gather import gather_settings, read_config, settings_of, validate
from pellucid.runs import RunFolder

IRIS = load_dataset("iris")
WHOLE = 'data = "iris"\n[network]\ntype = "Dense"\nunits = 3\n'
RATE = 'data = "iris"\n[optimizer]\ntype = "Adam"\nlearning_rate = 0.5\nbeta1 = 0.8\n'


@pytest.fixture
def config(tmp_path):
    def write(content):
        (tmp_path / "net.toml").write_text(content, encoding="utf-8")
        return tmp_path / "net.toml"

    return write


def test_options_go_over_the_file_where_they_are_given(config):
    found = gather_settings(config('data = "iris"\nepochs = 7\nseed = 3\n'), {"epochs": 9, "seed": None})
    assert (found.data, found.epochs, found.seed) == ("iris", 9, 3)


def test_a_learning_rate_given_goes_over_that_of_the_update_rule(config):
    found = gather_settings(config(RATE), {"learning_rate": 0.1})
    assert found.learning_rate == 0.1
    assert found.optimizer == {"type": "Adam", "beta1": 0.8}


def test_a_whole_network_takes_no_options_for_a_network(config):
    with pytest.raises(ConfigError, match=r"has a \[network\]: leave out --dropout and --hidden, or the \[network\]"):
        gather_settings(config(WHOLE), {"hidden": [3], "dropout": 0.1})
    with pytest.raises(ConfigError, match="give either a whole network, or hidden, not both"):
        gather_settings(config("hidden = [3]\n" + WHOLE), {})


def test_a_file_of_windows_begins_with_a_mark(tmp_path):
    path = tmp_path / "net.toml"
    path.write_bytes(b"\xef\xbb\xbfepochs = 3\n")
    assert read_config(path) == {"epochs": 3}


def test_a_file_that_is_none_is_told_what_it_is(tmp_path, config):
    with pytest.raises(ConfigError, match=r"no such file: .*gone\.toml"):
        read_config(tmp_path / "gone.toml")
    with pytest.raises(ConfigError, match="is a folder: name a TOML file"):
        read_config(tmp_path)
    with pytest.raises(ConfigError, match=r"net\.toml is not TOML: "):
        read_config(config("epochs = = 3\n"))


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        ({"epoch": 3}, UnknownNameError, "unknown key in net.toml 'epoch': did you mean epochs"),
        ({"epochs": "many"}, ConfigError, "net.toml: epochs .*, not 'many'"),
        ({"size": 8}, ConfigError, "net.toml: size must be a height and a width in pixels, .*, not 8"),
    ],
)
def test_the_first_thing_that_is_wrong_is_one_line(values, error, message):
    with pytest.raises(error, match=message) as caught:
        validate({"data": "iris", **values}, "net.toml")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("name", "meant"), [("ConvNet", "cnn"), ("DNN", "mlp"), ("AE", "autoencoder"), ("odd", "odd")])
def test_networks_have_the_names_of_other_libraries(name, meant):
    assert validate({"data": "iris", "network": name}, "options").network == meant


def test_an_autoencoder_and_reconstruction_mean_each_other():
    assert validate({"data": "iris", "network": "autoencoder"}, "options").task == "reconstruction"
    assert validate({"data": "iris", "task": "reconstruction"}, "options").network == "autoencoder"
    with pytest.raises(ConfigError, match="an autoencoder reconstructs its inputs, which is no regression"):
        validate({"data": "iris", "network": "autoencoder", "task": "regression"}, "options")
    with pytest.raises(ConfigError, match="reconstruction is for an autoencoder or a whole network, not for 'mlp'"):
        validate({"data": "iris", "network": "mlp", "task": "reconstruction"}, "options")


def test_a_run_made_in_python_has_no_settings(tmp_path):
    folder = RunFolder(tmp_path / "run", {})
    fit(Dense(3), SoftmaxCrossEntropy(), IRIS, epochs=1, engine="numpy", run=folder)
    with pytest.raises(RunError, match="run was not made by 'pellucid train': load it from Python with load_run"):
        settings_of(tmp_path / "run", {})
