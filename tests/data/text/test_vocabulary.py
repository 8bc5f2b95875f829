from __future__ import annotations

import numpy as np
import pytest

from pellucid.data import Vocabulary, load_text, split_into_streams
from pellucid.errors import ConfigError, DataError, UnknownNameError


def test_text_to_numbers_and_back():
    vocabulary = Vocabulary.of("banana")
    assert vocabulary.characters == "abn"
    assert vocabulary.encode("nab").tolist() == [2, 0, 1]
    assert vocabulary.decode(vocabulary.encode("bann")) == "bann"
    assert Vocabulary.of(["ab", "cab"]).characters == "abc"
    with pytest.raises(DataError, match="character 2 of the text is 'd', which is not among 'abn'"):
        vocabulary.encode("bad")
    with pytest.raises(DataError, match="number 1 is 3, but the 3 characters have 0 to 2"):
        vocabulary.decode([0, 3])


def test_texts_that_have_a_name(real):
    real("tinyshakespeare", "input.txt")
    text = load_text("tinyshakespeare")
    assert (len(text), len(Vocabulary.of(text))) == (1_115_394, 65)
    assert len(load_text("names").split()) == 32_033
    with pytest.raises(UnknownNameError, match="unknown text 'name': did you mean names"):
        load_text("name")


def test_streams_go_on_from_batch_to_batch():
    x, y = split_into_streams(np.arange(23), 2, 3)
    assert x.tolist() == [[0, 1, 2], [11, 12, 13], [3, 4, 5], [14, 15, 16], [6, 7, 8], [17, 18, 19]]
    assert (y == x + 1).all()
    x, y = split_into_streams(np.arange(24.0).reshape(12, 2), 3, 2)
    assert x.shape == y.shape == (3, 2, 2)
    assert y[1].tolist() == [[10.0, 11.0], [12.0, 13.0]]


def test_a_series_too_short():
    with pytest.raises(DataError, match="too short for 4 streams of 3 steps and the one after: at least 16"):
        split_into_streams(np.arange(15), 4, 3)
    assert len(split_into_streams(np.arange(16), 4, 3)[0]) == 4
    with pytest.raises(ConfigError, match="steps must be a whole number of at least 1, not 0"):
        split_into_streams(np.arange(15), 4, 0)
