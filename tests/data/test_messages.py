from __future__ import annotations

from pellucid.data.messages import sentences, with_count


def test_one_and_many():
    assert [with_count(n, "text") for n in (0, 1, 2, 1000)] == ["0 texts", "1 text", "2 texts", "1,000 texts"]


def test_a_sentence_for_each_thing_that_happened():
    assert sentences([("left out", "a"), ("filled", "b"), ("left out", "c")]) == ("left out: a, c", "filled: b")
    assert sentences([]) == ()
