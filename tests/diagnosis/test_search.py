"""The search: what is tried, confirmed and combined, with trainings that are made up; then a real one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from pellucid.combinators import Chain
from pellucid.diagnosis import search
from pellucid.diagnosis.changes import Change
from pellucid.diagnosis.diagnose import diagnose, diagnose_case
from pellucid.diagnosis.trial import Trial
from pellucid.errors import ConfigError
from pellucid.layers import Dense, Tanh
from pellucid.losses import MeanSquaredError
from pellucid.optim import GradientDescent
from small_trainings import of_amounts, of_classes


def change(name, fault=None, cost=1.0):
    return Change(name, fault or name, lambda case: replace(case, scaled=(*case.scaled, name)), {name: True}, cost)


@pytest.fixture
def made_up(monkeypatch):
    """Trainings whose error hangs on the changes made; what was tried is kept, as ``error_of.tried``."""

    def use(error_of, reference=0.05):
        tried = []

        def trial(case, seed):
            tried.append((case.scaled, seed))
            error = error_of(set(case.scaled)) + 0.001 * seed
            return Trial(error, error, (1.0, 0.9), False)

        monkeypatch.setattr(search, "run_trial", trial)
        monkeypatch.setattr(search, "reference_errors", lambda case: {"a forest": reference})
        monkeypatch.setattr(search, "weigh_faults", lambda case, base: Counter())
        return tried

    return use


def run(*changes, budget=60.0, clock=None):
    more = {} if clock is None else {"clock": clock}
    case = of_classes()
    return diagnose_case(case, budget, changes=[lambda case: list(changes)], **more)


def errors(found):
    return [finding.name for finding in found.errors]


def test_the_change_that_cures_is_the_finding(made_up):
    made_up(lambda done: 0.05 if "b" in done else 0.8)
    found = run(change("a"), change("b"), change("c"))
    assert errors(found) == ["b"]
    assert found.errors[0].cure == {"b": True}
    assert len(found.errors[0].proof.after.scores) == 5
    assert not found.healthy


def test_the_proof_is_on_seeds_that_screening_has_not_seen(made_up):
    tried = made_up(lambda done: 0.05 if "b" in done else 0.8)
    run(change("b"))
    assert [seed for done, seed in tried if done == ("b",)] == [0, 1, 2, 3, 4, 5]


def test_a_training_as_good_as_plain_models_is_left_alone(made_up):
    tried = made_up(lambda done: 0.06)
    found = run(change("a"))
    assert found.healthy
    assert all(done == () for done, _ in tried)


def test_two_changes_that_help_only_together_are_combined(made_up):
    made_up(lambda done: 0.05 if {"a", "b"} <= done else 0.7 if "a" in done else 0.9)
    assert errors(run(change("a"), change("b"))) == ["a and b"]


def test_a_specific_cause_comes_before_a_general_one(made_up):
    made_up(lambda done: 0.05 if done else 0.8)
    assert errors(run(change("Adam", "optimizer"), change("scaled"))) == ["scaled"]


def test_what_helps_without_curing_is_a_warning(made_up):
    made_up(lambda done: 0.7 if done else 0.9)
    found = run(change("a"))
    assert [(one.name, one.sure) for one in found.findings if one.sure != "note"] == [
        ("a", "warning"),
        ("behind a plain model", "warning"),
    ]


def test_of_many_changes_that_help_a_little_the_best_two_are_told(made_up):
    made_up(lambda done: 0.9 - 0.06 * len(done & {"a", "b"}) - 0.08 * len(done & {"c"}))
    found = run(change("a"), change("b"), change("c"))
    gains = [one.proof.gain for one in found.findings if one.proof]
    assert len(gains) == 2
    assert gains == sorted(gains, reverse=True)
    assert gains[0] > 0.13


def test_a_change_that_cannot_be_made_is_remarked(made_up):
    made_up(lambda done: 0.8)

    def refused(case):
        raise ConfigError("no such thing")

    found = run(Change("a", "a", refused), change("b"))
    assert "a: no such thing" in found.remarks


def test_what_the_budget_has_no_time_for_is_said(made_up):
    made_up(lambda done: 0.8)
    now = iter(range(10_000))
    found = run(change("a"), change("b"), budget=12.0, clock=lambda: float(next(now)))
    assert not found.complete
    assert "--budget" in " ".join(found.remarks)


def test_no_budget_means_exact_tests_alone(made_up):
    tried = made_up(lambda done: 0.8)
    found = run(change("a"), budget=0.0)
    assert tried == []
    assert found.looked_at
    assert found.healthy


def test_ctrl_c_keeps_what_was_found(made_up, monkeypatch):
    def broken_off(case):
        raise KeyboardInterrupt

    made_up(lambda done: 0.8)
    monkeypatch.setattr(search, "reference_errors", broken_off)
    found = diagnose_case(of_amounts(Chain(Dense(1), Tanh()), shift=5.0))
    assert errors(found) == ["targets out of reach"]
    assert not found.complete
    assert "broken off" in found.remarks[-1]


class Raises(Dense):
    def forward(self, params, state, x, key=None, train=False):
        raise ZeroDivisionError("my own mistake")


def test_a_layer_of_the_users_that_raises_is_what_is_wrong():
    found = diagnose_case(of_classes(Chain(Raises(2))))
    assert errors(found) == ["training raises"]
    assert "my own mistake" in found.errors[0].seen


def test_a_real_training_with_a_rate_too_high_is_cured():
    found = diagnose_case(of_amounts(optimizer=GradientDescent(3.0)))
    first = found.errors[0]
    assert first.name == "rate too high"
    assert first.proof.gain > 0.9
    assert first.cure["learning_rate"] < 1


def test_an_exact_finding_is_proved_by_its_cure():
    found = diagnose_case(of_amounts(Chain(Dense(1), Tanh()), shift=3.0, epochs=60))
    assert found.errors[0].name == "targets out of reach"
    assert found.errors[0].cure["model"] == Chain(Dense(1))
    assert found.errors[0].proof.gain > 0.9


def test_from_python_with_a_change_of_ones_own():
    generator = np.random.default_rng(0)
    x = generator.normal(size=(100, 2)).astype(np.float32)
    y = x[:, :1] * x[:, 1:]
    own = Change("a better network", "my network", lambda case: replace(case, model=Chain(Dense(16), Tanh(), Dense(1))))
    found = diagnose(
        Chain(Dense(1)),
        MeanSquaredError(),
        (x, y),
        changes=[lambda case: [own]],
        epochs=60,
        optimizer=GradientDescent(0.2),
        engine="numpy",
        budget=20,
    )
    assert "my network" in errors(found)
