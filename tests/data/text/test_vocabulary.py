from __future__ import annotations

import pytest

from pellucid.data import Vocabulary
from pellucid.errors import DataError


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
