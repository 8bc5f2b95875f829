"""What ``show`` and ``check`` are about: a run folder, a TOML file, or data with a network by name."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import Chain, ConfigError, DataError, Dense, Embedding, ReLU, SoftmaxCrossEntropy
from pellucid.jobs.network_source import find_subject, takes_indices
from pellucid.jobs.training_job import prepare_job
from pellucid.train.keys import weights_key

TABLE = "a,b,kind\n" + "".join(f"{i % 7},{i % 5},{'yes' if i % 2 else 'no'}\n" for i in range(40))


@pytest.fixture(scope="module")
def run_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("source")
    (folder / "table.csv").write_text(TABLE, encoding="utf-8")
    options = {"data": str(folder / "table.csv"), "network": "linear", "engine": "numpy", "epochs": 1}
    prepare_job(options, out=folder / "run").run()
    return folder / "run"


def test_data_gives_the_network_that_training_would_begin_with():
    found = find_subject("iris", "linear")
    assert found.model == Chain(Dense(3))
    assert found.loss == SoftmaxCrossEntropy()
    drawn, _ = found.model.init(weights_key(found.settings.seed), found.like)
    np.testing.assert_equal(found.params, drawn)
    assert found.like.shape == (1, 4)
    assert found.data().name == "iris"
    assert found.result is None


def test_a_file_of_settings_gives_its_network(tmp_path):
    path = tmp_path / "net.toml"
    path.write_text('data = "iris"\nhidden = [5]\n', encoding="utf-8")
    found = find_subject(str(path))
    assert [type(layer) for layer in found.model.layers] == [Dense, ReLU, Dense]
    assert found.params["dense_1"]["W"].shape == (4, 5)


def test_a_run_gives_its_network_and_the_data_it_was_trained_on(run_folder):
    found = find_subject(str(run_folder))
    assert found.model == Chain(Dense(2))
    assert found.settings is None
    assert found.result["epochs"] == 1
    data = found.data()
    assert found.test_rows == len(data.test)
    with pytest.raises(ConfigError, match="has a network of its own: leave out --network"):
        find_subject(str(run_folder), "mlp")


def test_data_that_has_changed_since_the_run_is_refused(run_folder):
    table = run_folder.parent / "table.csv"
    table.write_text(TABLE + "9,9,yes\n", encoding="utf-8")
    try:
        with pytest.raises(DataError, match=r"table\.csv is not what .*run was trained on: put the file back"):
            find_subject(str(run_folder)).data()
    finally:
        table.write_text(TABLE, encoding="utf-8")


@pytest.mark.parametrize("name", ["", " "])
def test_no_name_names_nothing(name):
    with pytest.raises(ConfigError, match="'' names nothing: name a run folder, a TOML file, or data"):
        find_subject(name)


def test_a_network_that_begins_with_an_embedding_takes_indices():
    assert takes_indices(Chain(Chain(Embedding(4, 3)), Dense(2)))
    assert not takes_indices(Chain(Dense(2), Dense(2)))
