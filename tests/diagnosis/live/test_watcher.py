"""A Watcher tells each symptom once and when it is over, and changes nothing."""

from __future__ import annotations

import json

import numpy as np
import pytest

from pellucid import fit
from pellucid.diagnosis.live import Sign, Watcher
from pellucid.errors import NonFiniteError
from pellucid.optim import GradientDescent
from pellucid.train.events import Ended, EpochDone
from pellucid.trees import flatten
from small_trainings import of_amounts, of_classes


def train(case, **more):
    return fit(case.model, case.loss, tuple(case.train), validation=tuple(case.validation), **{**case.options, **more})


@pytest.mark.parametrize("engine", ["numpy", "jax"])
def test_a_watched_run_is_the_same_to_the_bit(engine, tmp_path):
    case = of_classes(epochs=3)
    plain = train(case, engine=engine, watch_every=2)
    watched = train(case, engine=engine, watch_every=2, run=tmp_path / "run", listeners=[Watcher(tmp_path / "run")])
    for path, leaf in flatten(plain.params).items():
        assert np.array_equal(leaf, flatten(watched.params)[path]), path


def test_what_is_wrong_is_written_once(tmp_path):
    case = of_amounts(optimizer=GradientDescent(1.02), epochs=30, batch_size=200)
    watcher = Watcher(tmp_path / "run", symptoms=(lambda course: [Sign("always", "it is there")],))
    train(case, run=tmp_path / "run", listeners=[watcher])
    lines = [json.loads(line) for line in (tmp_path / "run" / "findings.jsonl").read_text().splitlines()]
    assert lines == watcher.records
    assert [(line["name"], line["state"]) for line in lines] == [("always", "begun")]


def epoch(number):
    return EpochDone(number, number, {"epoch": number, "train": {"loss": 1.0}}, None)


@pytest.fixture
def told(monkeypatch):
    """A watcher that looks at every epoch, whatever the clock says, and what it told."""
    monkeypatch.setattr("pellucid.diagnosis.live.watcher.SHARE", float("inf"))
    said = []

    def odd(course):
        return [Sign("odd", "an odd epoch")] if course.epoch in (2, 4) else []

    return Watcher(symptoms=(odd,), tell=said.append), said


def test_a_symptom_that_comes_and_goes_is_told_once_and_then_that_it_is_over(told):
    watcher, said = told
    for number in range(1, 10):
        watcher(epoch(number))
    assert said == ["epoch 2: odd an odd epoch", "epoch 7: odd is over"]
    assert [record["state"] for record in watcher.records] == ["begun", "over"]
    assert watcher.open == ()


def test_what_is_there_at_the_end_is_not_over(told):
    watcher, _ = told
    for number in (1, 2):
        watcher(epoch(number))
    watcher(Ended(3, 3, "epochs"))
    assert watcher.open == (("odd", ""),)


def test_a_second_training_is_compared_with_its_own_first_loss():
    watcher = Watcher()
    train(of_amounts(shift=100.0, epochs=1), listeners=[watcher])
    large = watcher.course.first_loss
    train(of_amounts(epochs=1), listeners=[watcher])
    assert watcher.course.first_loss < large / 100


def test_a_training_that_diverges_is_told():
    watcher = Watcher()
    with pytest.raises(NonFiniteError), np.errstate(all="ignore"):
        train(of_amounts(optimizer=GradientDescent(1e6), epochs=50), listeners=[watcher])
    assert "divergence" in [record["name"] for record in watcher.records]
