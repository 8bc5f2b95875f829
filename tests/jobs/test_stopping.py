"""Settings of early stopping, of what is watched, and of changes to repeat, as ``fit`` takes them."""

from __future__ import annotations

import pytest

from pellucid import (
    Change,
    ConfigError,
    EarlyStopping,
    GeneralizationLoss,
    ProgressQuotient,
    ReduceOnPlateau,
    Sharpness,
    SuccessiveIncreases,
)
from pellucid.cli.setting_options import setting_values
from pellucid.jobs.gather import validate
from pellucid.jobs.stopping import make_stopping_rule, steering_options


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({}, EarlyStopping(20)),
        ({"patience": 0}, None),
        ({"patience": 3, "monitor": "train.loss", "min_delta": 0.1}, EarlyStopping(3, "train.loss", 0.1)),
        ({"generalization_loss": 5.0}, GeneralizationLoss(5.0)),
        ({"progress_quotient": 0.5}, ProgressQuotient(0.5)),
        ({"successive_increases": 2}, SuccessiveIncreases(2)),
    ],
)
def test_rules(given, rule):
    assert make_stopping_rule(validate(given, "here")) == rule


@pytest.mark.parametrize("given", [{"patience": 5}, {"min_delta": 0.1}])
def test_a_rule_in_the_place_of_patience_is_not_given_with_it(given):
    with pytest.raises(ConfigError, match=f"stands in the place of patience: leave out {next(iter(given))}"):
        make_stopping_rule(validate({"successive_increases": 2, **given}, "here"))


def test_two_rules_for_one_thing_are_refused():
    with pytest.raises(ConfigError, match="generalization_loss and progress_quotient are two rules"):
        make_stopping_rule(validate({"generalization_loss": 5.0, "progress_quotient": 0.5}, "here"))


def test_what_is_recorded_and_reduced(tmp_path):
    usual = steering_options(validate({}, "here"))
    assert (usual["watch_every"], usual["max_time"], usual["reduce_on_plateau"], usual["changes"]) == (
        "auto",
        None,
        None,
        (),
    )
    assert Sharpness() not in usual["examinations"]
    event = '{"kind": "learning_rate", "step": 7, "before": 0.1, "after": 0.01, "reason": "asked", "request": "a"}\n'
    (tmp_path / "events.jsonl").write_text(event)
    values = {"watch_every": 5, "sharpness": True, "max_time": "5m", "plateau": 4, "repeat_changes": str(tmp_path)}
    given = steering_options(validate(values, "here"))
    assert (given["watch_every"], given["max_time"]) == (5, "5m")
    assert given["reduce_on_plateau"] == ReduceOnPlateau(0.5, 4)
    assert Sharpness() in given["examinations"]
    assert given["changes"] == (Change("learning_rate", 0.01, 7),)


@pytest.mark.parametrize(("text", "value"), [("50", 50), ("0", 0), ("auto", "auto")])
def test_an_interval_or_a_word_is_an_option(text, value):
    assert validate(setting_values({"watch_every": text}), "options").watch_every == value


@pytest.mark.parametrize("text", ["-1", "often", "2.5"])
def test_what_is_no_interval_is_refused(text):
    with pytest.raises(ConfigError, match="watch_every should be a number of steps, 0 or auto, not"):
        validate(setting_values({"watch_every": text}), "options")
