"""When training ends early: by patience on any number, and by the criteria of Prechelt 1998."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import (
    ConfigError,
    EarlyStopping,
    GeneralizationLoss,
    ProgressQuotient,
    ReduceOnPlateau,
    SuccessiveIncreases,
)
from pellucid.train.stopping import PlateauCounter, seconds_of
from pellucid.train.stopping.monitor import quantity
from pellucid.train.stopping.records import EpochRecords


def records(validation, train=None):
    pairs = zip(validation, train or [1.0] * len(validation), strict=True)
    return [
        {"epoch": i, "train": {"loss": t}, "validation": {"loss": v, "accuracy": 1 - v}}
        for i, (v, t) in enumerate(pairs, start=1)
    ]


def first_stop(rule, history):
    """The epoch after which the rule ends training, which it is asked after each; None if it does not."""
    best, best_epoch = None, 0
    for i, record in enumerate(history, start=1):
        if rule.better(record, best):
            best, best_epoch = rule.value(record), i
        if rule.find_reason(history[:i], best_epoch):
            return i
    return None


RECORD = {"train": {"loss": 2.0}, "validation": {"loss": 1, "classes": {"cat": {"recall": 0.5}}}, "seconds": 3.0}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("loss", 1.0),
        ("val_loss", 1.0),
        ("validation.loss", 1.0),
        ("train.loss", 2.0),
        ("classes.cat.recall", 0.5),
        ("validation.classes.cat.recall", 0.5),
    ],
)
def test_a_number_by_its_name(name, value):
    assert quantity(RECORD, name) == value


@pytest.mark.parametrize("name", ["accuracy", "train.accuracy", "classes.dog.recall", "classes.cat", "", "loss.x"])
def test_a_number_that_is_not_measured(name):
    with pytest.raises(ConfigError, match=r"measures train.loss, validation.loss, validation.classes.cat.recall, not"):
        quantity(RECORD, name)


def test_patience_on_any_number_with_a_least_gain():
    history = records([0.5, 0.4, 0.39, 0.385, 0.384], train=[5.0, 4.0, 4.0, 4.5, 3.0])
    assert first_stop(EarlyStopping(2), history) is None
    assert first_stop(EarlyStopping(2, min_delta=0.05), history) == 4
    assert first_stop(EarlyStopping(2, "accuracy", min_delta=0.05), history) == 4
    assert first_stop(EarlyStopping(2, "train.loss"), history) == 4
    assert first_stop(EarlyStopping(2, "loss", lower_is_better=False), history) == 3
    assert not EarlyStopping(monitor="train.loss").needs_validation
    assert EarlyStopping(monitor="val_loss").needs_validation


@pytest.mark.parametrize("rule", [EarlyStopping, ReduceOnPlateau])
def test_a_number_of_which_the_better_is_not_known(rule):
    with pytest.raises(ConfigError, match="lower 'speed' is better is not known"):
        rule(monitor="speed")
    assert rule(monitor="speed", lower_is_better=True).monitor == "speed"


def test_generalization_loss():
    history = records([1.0, 0.5, 0.52, 0.53, 0.6])  # GL: 0, 0, 4, 6, 20 per cent
    assert first_stop(GeneralizationLoss(3.0), history) == 3
    assert first_stop(GeneralizationLoss(5.0), history) == 4
    assert first_stop(GeneralizationLoss(21.0), history) is None
    assert first_stop(GeneralizationLoss(5.0), records([0.0, 0.0, 0.1])) == 3


def test_the_quotient_of_generalization_loss_and_progress():
    """Strips of 2. Epoch 4: GL = 20, P = 1000 (1.1 / 1 - 1) = 100, PQ = 0.2; epoch 6: GL = 40, P = 10, PQ = 4."""
    history = records([1.0, 0.5, 0.6, 0.6, 0.7, 0.7], train=[3.0, 2.0, 1.2, 1.0, 1.02, 1.0])
    assert first_stop(ProgressQuotient(0.3, strip=2), history) == 6
    assert first_stop(ProgressQuotient(0.1, strip=2), history) == 4
    assert first_stop(ProgressQuotient(5.0, strip=2), history) is None
    assert first_stop(ProgressQuotient(5.0, strip=2), records([1.0, 0.5, 0.6, 0.6])) == 4  # no progress at all


def test_successive_strips_that_end_higher():
    history = records([9, 0.5, 9, 0.6, 9, 0.55, 9, 0.56, 9, 0.57])
    assert first_stop(SuccessiveIncreases(1, strip=2), history) == 4
    assert first_stop(SuccessiveIncreases(2, strip=2), history) == 10
    assert first_stop(SuccessiveIncreases(3, strip=2), history) is None


def test_the_rate_is_reduced_where_epochs_no_longer_get_better():
    counter = PlateauCounter(ReduceOnPlateau(patience=2))
    reduced = [counter.add(record) for record in records([0.5, 0.6, 0.5, 0.7, 0.4, 0.45, 0.45])]
    assert reduced == [False, False, True, False, False, False, True]


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        (EarlyStopping, {"patience": 0}),
        (EarlyStopping, {"min_delta": -1.0}),
        (GeneralizationLoss, {"alpha": 0.0}),
        (ProgressQuotient, {"strip": 0}),
        (SuccessiveIncreases, {"strips": 1.5}),
        (ReduceOnPlateau, {"factor": 1.0}),
        (ReduceOnPlateau, {"least": -1.0}),
    ],
)
def test_numbers_that_cannot_be(rule, wrong):
    with pytest.raises(ConfigError, match=next(iter(wrong))):
        rule(**wrong)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        (5, 5.0),
        (0.5, 0.5),
        ("90s", 90.0),
        ("5m", 300.0),
        ("1h30m", 5400.0),
        ("1h 30m", 5400.0),
        ("2D", 172800.0),
        ("7", 7.0),
    ],
)
def test_durations(text, seconds):
    assert seconds_of("fit", text) == seconds


@pytest.mark.parametrize("wrong", ["", "soon", "5x", "m", "-5m", "0s", "30m1h", 0, -1, True, None, float("inf")])
def test_what_is_no_duration(wrong):
    with pytest.raises(ConfigError, match="max_time"):
        seconds_of("fit", wrong)


class CountedRecord(dict):
    """A record that counts how often it is looked at."""

    looks = 0

    def get(self, *arguments):
        self.looks += 1
        return super().get(*arguments)


@pytest.mark.parametrize("rule", [GeneralizationLoss(20.0), ProgressQuotient(0.5, 3), SuccessiveIncreases(2, 3)])
def test_rules_decide_the_same_of_records_that_grow_and_look_at_each_a_few_times(rule):
    rng, stops = np.random.default_rng(0), 0
    for _ in range(20):
        losses = np.exp(rng.normal(0, 0.1, 40).cumsum()).round(3)
        history = [CountedRecord(record) for record in records(losses.tolist(), rng.uniform(0.5, 1.0, 40).tolist())]
        growing = EpochRecords()
        decided, from_all = [], []
        for record in history:
            growing.append(record)
            decided.append(rule.find_reason(growing, 1))
        assert max(record.looks for record in history) <= 8
        for i in range(1, 41):
            from_all.append(rule.find_reason(list(map(dict, history[:i])), 1))
            assert EpochRecords(history[:i]).lowest("loss") == min(losses[:i])
        assert decided == from_all
        stops += len(list(filter(None, decided)))
    assert stops
