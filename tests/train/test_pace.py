"""The length of a call follows what calls took, at most tenfold at a time and never below one step."""

from __future__ import annotations

import pytest

from pellucid.train import pace
from pellucid.train.pace import SECONDS_A_CALL, Pace


@pytest.mark.parametrize(
    ("steps", "seconds", "length"),
    [
        (20, 2 * SECONDS_A_CALL, 10),
        (20, SECONDS_A_CALL / 4, 80),
        (20, SECONDS_A_CALL / 1000, 200),
        (20, 0.0, 200),
        (20, 100 * SECONDS_A_CALL, 1),
        (19, 100 * SECONDS_A_CALL, 20),
    ],
    ids=["too slow", "quick", "at most tenfold", "no time at all", "at least one step", "cut short teaches nothing"],
)
def test_a_length_is_learnt_from_a_call(steps, seconds, length):
    learnt = Pace(20)
    learnt.learn(steps, seconds)
    assert learnt.length == length


def test_what_is_told_is_told_after_nine_tenths_of_a_call_and_then_waits_again(monkeypatch):
    now = iter([0.0, 0.8, 0.95, 1.0, 1.9])
    monkeypatch.setattr(pace.time, "perf_counter", lambda: next(now) * SECONDS_A_CALL)
    told = Pace(1, _told=pace.time.perf_counter())
    assert [told.is_due() for _ in range(4)] == [False, True, False, True]
