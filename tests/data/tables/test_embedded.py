from __future__ import annotations

import zlib
from dataclasses import asdict, replace

import numpy as np
import polars as pl
import pytest

from pellucid import (
    Adam,
    Chain,
    ClickPreparation,
    ConfigError,
    DataError,
    Dense,
    Embedding,
    Flatten,
    Identity,
    Join,
    Parallel,
    SigmoidCrossEntropy,
    UnknownNameError,
    dataset_from_clicks,
    fit,
    read_table,
    restore_preparation,
)
from pellucid.data import Reading


@pytest.fixture
def table(tmp_path):
    """Whether a click comes is said by the word alone, of which there are 40; a number is missing in places."""
    rng = np.random.default_rng(0)
    word = rng.integers(0, 40, 400)
    frame = pl.DataFrame(
        {
            "word": [f"w{i}" for i in word],
            "other": [None if i % 7 == 0 else f"o{i % 5}" for i in range(400)],
            "count": [None if i % 4 == 0 else int(n) for i, n in enumerate(rng.integers(0, 1000, 400))],
            "click": (word % 2).tolist(),
        }
    )
    frame.write_csv(tmp_path / "clicks.csv")
    return read_table(tmp_path / "clicks.csv", "click")


def test_columns_have_rows_of_their_own_in_one_table(table):
    data = dataset_from_clicks(table, at_least=3, validation=table, test=table)
    words, other = data.preprocessing.categories
    assert data.preprocessing.vocabulary == words.size + other.size
    ids = data.train.x["categories"]
    assert ids[:, 0].max() < words.size <= ids[:, 1].min()
    counts = [(table.frame["word"] == value).sum() for value in words.values]
    assert counts == sorted(counts, reverse=True)
    assert min(counts) >= 3
    assert other.values == ("o1", "o3", "o0", "o2", "o4")  # 69, 69, 68, 68 and 68 of the 400 rows


def test_missing_rare_and_new_values_have_their_ids(table):
    data = dataset_from_clicks(table, at_least=3)
    words = data.preprocessing.categories[0]
    odd = pl.DataFrame({"word": [None, "never seen", words.values[0]], "other": ["o1"] * 3, "count": ["5", None, "0"]})
    x = data.preprocessing.transform(replace(table, frame=odd, lines=np.arange(3)))
    assert x["categories"][:, 0].tolist() == [0, 1, 2]
    assert x["numbers"][:, 1].tolist() == [0.0, 1.0, 0.0]
    inputs = data.preprocessing.prepare(odd, Reading())
    assert inputs.notes == ("rare in training or never seen in it, taken as one: word (1, such as 'never seen')",)


def test_hashing_is_stable_and_needs_no_list(table):
    data = dataset_from_clicks(table, embed="hash", buckets=16)
    assert data.preprocessing.vocabulary == 2 * 17
    odd = pl.DataFrame({"word": ["w3", None], "other": ["o1", "o1"], "count": ["5", "5"]})
    ids = data.preprocessing.transform(replace(table, frame=odd, lines=np.arange(2)))["categories"]
    assert ids.tolist() == [
        [zlib.crc32(b"word=w3") % 16 + 1, 17 + zlib.crc32(b"other=o1") % 16 + 1],
        [0, 17 + zlib.crc32(b"other=o1") % 16 + 1],
    ]


def test_counts_are_logarithms_if_asked(table):
    plain, logged = (dataset_from_clicks(table, log=log).preprocessing for log in (False, True))
    for preparation, want in ((plain, lambda n: n), (logged, np.log1p)):
        odd = pl.DataFrame({"word": ["w1"], "other": ["o1"], "count": ["100"]})
        x = preparation.transform(replace(table, frame=odd, lines=np.arange(1)))["numbers"]
        mean, scale = preparation.numbers.mean[0], preparation.numbers.scale[0]
        np.testing.assert_allclose(x[0], [(want(100.0) - mean) / scale, 0.0], rtol=1e-6)


@pytest.mark.parametrize("embed", ["frequent", "hash"])
def test_it_is_stored_and_learnt_from(table, embed):
    data = dataset_from_clicks(table, embed=embed, at_least=2, buckets=1000)
    assert ClickPreparation.from_dict(asdict(data.preprocessing)) == data.preprocessing
    assert restore_preparation(data.preprocessing.to_dict()) == data.preprocessing
    embedded = Chain(Embedding(data.preprocessing.vocabulary, 4), Flatten())
    model = Chain(Parallel(numbers=Identity(), categories=embedded), Join(), Dense(1))
    trained = fit(model, SigmoidCrossEntropy(), data, optimizer=Adam(0.01), epochs=60)
    assert trained.evaluate(data.test)["accuracy"] > 0.85


def test_what_cannot_be_is_refused(table):
    with pytest.raises(UnknownNameError, match="hash"):
        dataset_from_clicks(table, embed="hashed")
    with pytest.raises(ConfigError, match="give tables for validation and test, or neither"):
        dataset_from_clicks(table, test=table)
    with pytest.raises(ConfigError, match="buckets"):
        dataset_from_clicks(table, embed="hash", buckets=0)
    with pytest.raises(ConfigError, match="more than 16,777,216"):
        dataset_from_clicks(table, embed="hash", buckets=2**23)
    with pytest.raises(DataError, match="need a column of numbers and one of categories"):
        dataset_from_clicks(replace(table, frame=table.frame.drop("word", "other")))
    data = dataset_from_clicks(table)
    with pytest.raises(UnknownNameError, match="count"):
        data.preprocessing.transform(replace(table, frame=table.frame.drop("count")))
