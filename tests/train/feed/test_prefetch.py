"""Reading ahead: in order, one ahead, errors in their turn, no thread left behind."""

from __future__ import annotations

import threading

import pytest

from pellucid.train.feed.prefetch import map_ahead


def threads():
    return [thread for thread in threading.enumerate() if thread.name.startswith("pellucid-prefetch")]


def test_results_come_in_order_from_another_thread():
    seen = list(map_ahead(lambda item: (item, threading.current_thread()), range(5)))
    assert [item for item, _ in seen] == [0, 1, 2, 3, 4]
    assert threading.current_thread() not in {thread for _, thread in seen}
    assert not threads()
    assert list(map_ahead(str, [])) == []


def test_never_more_than_one_ahead():
    asked = []

    def items():
        for item in range(6):
            asked.append(item)
            yield item

    for i, _ in enumerate(map_ahead(lambda item: item, items())):
        assert len(asked) <= i + 2


def test_an_error_comes_in_its_turn():
    results = map_ahead(lambda item: 1 / item, [2, 1, 0, 4])
    assert [next(results), next(results)] == [0.5, 1.0]
    with pytest.raises(ZeroDivisionError):
        next(results)
    assert not threads()


def test_closing_ends_the_thread():
    results = map_ahead(lambda item: item, range(100))
    next(results)
    results.close()
    assert not threads()
