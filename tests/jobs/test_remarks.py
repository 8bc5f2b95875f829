"""Remarks on results: said where they are true, and not otherwise."""

from __future__ import annotations

import pytest

from pellucid.jobs.remarks import remarks


def result(test=None, baseline=None, classes=(), **more):
    parts = {"train": {"accuracy": 0.9}, "validation": {"accuracy": 0.9}, "test": test or {"accuracy": 0.9}}
    details = {"classes": list(classes)}
    return {"rows": {"train": 100}, "baseline": baseline or {}, "details": details, **parts, **more}


def model(measure, value, gain, p_value, **more):
    return {measure: value, "gain": gain, "p_value": p_value, **more}


@pytest.mark.parametrize(
    ("baseline", "said"),
    [
        (
            {"majority class": model("accuracy", 0.95, 0.0, 1.0)},
            ["no better than the majority class (95.0 %) on the test part"],
        ),
        (
            {"majority class": model("accuracy", 0.95, -0.02, 0.5)},
            ["better than the majority class (95.0 %) on the test part, but not beyond chance (p = 0.5)"],
        ),
        ({"majority class": model("accuracy", 0.5, -0.4, 1e-9)}, []),
        ({"logistic regression": model("accuracy", 0.93, 0.03, 0.3)}, []),
        (
            {"logistic regression": model("accuracy", 0.99, 0.09, 0.004)},
            ["logistic regression is better on the test part, beyond chance (p = 0.004): use it, or another network"],
        ),
        (
            {"logistic regression": model("accuracy", 0.8, -0.1, 0.001, rows=50, converged=False)},
            ["logistic regression learnt from 50 of 100 rows", "logistic regression had not converged"],
        ),
        ({"majority class": model("accuracy", 1.0, float("nan"), float("nan"))}, []),
        (
            {"repeat last": model("mse", 0.5, 0.1, 0.9)},
            ["no better than repeating the last step (mse 0.5) on the test part"],
        ),
    ],
)
def test_baselines_are_judged_by_what_is_beyond_chance(baseline, said):
    assert remarks(result(baseline=baseline)) == said


def test_a_part_that_the_mean_does_better_on():
    found = result({"r2": 0.5}, {"mean": model("r2", -0.01, -0.5, 1e-6)}, validation={"r2": -104.2})
    assert remarks(found) == ["validation R2 of -104: predicting the mean is better"]
    found = result({"r2": -0.2}, {"mean": model("r2", -0.01, 0.19, 0.4)})
    assert remarks(found) == ["test R2 of -0.2: predicting the mean is better"]
    found = result({"r2": -0.2}, {"mean": model("r2", -2.0, -1.8, 1e-3)})
    assert remarks(found) == []
    assert remarks(result({"r2": float("nan")})) == []


def test_classes_that_are_never_predicted_or_not_there():
    classes = [
        {"class": "a", "support": 5, "decided": 0},
        {"class": "b", "support": 0, "decided": 1},
        {"class": "c", "support": 9, "decided": 9},
    ]
    never, absent = remarks(result(classes=classes))
    assert never == "class a is never predicted on the test part"
    assert absent.startswith("class b is not in the test part")
    many = [{"class": str(i), "support": 1, "decided": 0} for i in range(8)]
    assert remarks(result(classes=many)) == ["classes 0, 1, 2, 3, 4 and 3 more are never predicted on the test part"]


@pytest.mark.parametrize(
    ("silent", "said"), [(True, "every unit of layer relu_1 is silent"), (False, "layer relu_1 answers")]
)
def test_a_layer_behind_which_nothing_can_be_told_apart(silent, said):
    (remark,) = remarks(result(constant_layer={"layer": "relu_1", "silent": silent}))
    assert remark.startswith(said)
    assert "lower learning rate" in remark
    assert remarks(result(constant_layer=None)) == []


def test_labels_that_are_never_predicted_or_not_there():
    labels = [
        {"label": "wet", "class": "yes", "support": 3, "decided": 0},
        {"label": "warm", "class": "yes", "support": 0, "decided": 1},
        {"label": "late", "class": "yes", "support": 3, "decided": 3},
    ]
    assert remarks(result(details={"labels": labels})) == [
        "label wet is never predicted on the test part",
        "label warm is not in the test part, which says nothing of how well they are told",
    ]


def test_a_training_without_one_whole_epoch_says_so():
    said = ["no whole epoch was done, so the weights are those of the beginning: give it more time"]
    assert remarks(result(epochs=0)) == said
    assert remarks(result(epochs=1)) == []
