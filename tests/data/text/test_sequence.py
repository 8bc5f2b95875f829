from __future__ import annotations

import numpy as np
import pytest

from pellucid.data import TextBag, TextSequence
from pellucid.data.base.collection import Collection
from pellucid.data.base.targets import ClassTarget
from pellucid.data.text.preparation import split_terms
from pellucid.errors import DataError

TARGET = ClassTarget("class", ("a", "b"))


def texts(*values):
    return Collection("texts", list(values), tuple(f"text {i}" for i in range(len(values))))


def fit(*values, vocabulary=None, length=None, level="word"):
    return TextSequence.fit(texts(*values), TARGET, level=level, vocabulary=vocabulary, length=length, column=None)


@pytest.mark.parametrize(
    ("text", "level", "terms"),
    [
        ("Don't stop!", "word", ["don", "'", "t", "stop", "!"]),
        ("naïve 5.2 km", "word", ["naïve", "5", ".", "2", "km"]),
        ("", "word", []),
        ("aB ", "character", ["a", "B", " "]),
    ],
)
def test_terms(text, level, terms):
    assert split_terms(text, level) == terms


def test_the_most_frequent_terms_come_first_and_ties_by_the_alphabet():
    preparation = fit("b a a", "c b", "c a d")
    assert preparation.terms == ("a", "b", "c")  # d occurs once
    assert preparation.vocabulary == 5
    assert fit("b a a", "c b", "c a d", vocabulary=2).terms == ("a", "b")


def test_the_length_fits_most_texts():
    assert fit(*["a b"] * 99, "a b " * 50).length == 2
    assert fit("a b a b", length=7).length == 7


def test_numbers_of_terms():
    x, notes = fit("a a b b", length=3).transform(texts("B a", "a new b a", ""))
    assert x.tolist() == [[3, 2, 0], [2, 1, 3], [1, 0, 0]]
    assert x.dtype == np.float32
    assert notes == ("longer than 3 words, the rest cut off: 1 text", "empty: 1 text")


def test_how_often_each_term_occurs():
    preparation = fit("a a b b", length=4)
    x, _ = preparation.transform(texts("a b a new"))
    assert preparation.plain(x).tolist() == [[1.0, 2.0, 1.0]]


def test_what_cannot_be():
    with pytest.raises(DataError, match=r"a vocabulary of 1 \('a'\) cannot classify"):
        fit("a a")
    with pytest.raises(DataError, match="no term occurs twice in the training texts, so there is no vocabulary"):
        fit("a b", "c d")
    with pytest.raises(DataError, match="texts need a length of at least 1, not 0"):
        TextSequence("word", ("a", "b"), 0, None, TARGET)


def test_weights_of_a_bag_do_not_depend_on_the_order():
    bag = TextBag.fit(texts("a fine day", "a bad day", "a day"), TARGET, level="word", vocabulary=None, column=None)
    x, notes = bag.transform(texts("day a", "a", "unknown"))
    np.testing.assert_allclose(np.linalg.norm(x, axis=1), [1, 1, 0], atol=1e-6)
    assert notes == ("without any known term: 1 text",)
    assert bag.features == bag.terms
    assert "a fine" in bag.terms
    assert TextBag.from_dict(bag.to_dict()) == bag
    with pytest.raises(DataError, match="the training texts are all empty"):
        TextBag.fit(texts("", " "), TARGET, level="word", vocabulary=None, column=None)
    with pytest.raises(DataError, match="one idf for each term"):
        TextBag("word", ("a", "b"), (1.0,), None, TARGET)
