"""What came out of a training: how good the network is on each part, beside what it must beat."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from pellucid.blocks import TiedAutoencoder
from pellucid.combinators import record
from pellucid.data import Dataset, Split
from pellucid.data.base.splits import PARTS
from pellucid.data.base.targets import LabelsTarget
from pellucid.layers import Dense
from pellucid.report.baseline import fit_baselines
from pellucid.report.classification import class_figures, class_scores, classifier_figures, confusion, reliability
from pellucid.report.multi_label import label_figures, multi_label_figures
from pellucid.report.paired import paired_gain
from pellucid.report.series_baseline import fit_series_baselines, forecast_errors, window_errors
from pellucid.train import Trained
from pellucid.train.metrics import decide, measure
from pellucid.trees import count_examples, leaves, tree_map

FEW = 64
"""So many examples show whether a layer tells any apart."""


class Results:
    """The results of a network on the data that it was trained on."""

    def __init__(self, trained: Trained, dataset: Dataset) -> None:
        self._trained, self._dataset, self._loss = trained, dataset, trained.loss

    def parts(self) -> dict[str, dict[str, float]]:
        """The numbers of each part: loss; accuracy and figures of a classifier, R^2 and errors, or those of forecasts.

        Of amounts in their own unit ``rmse``, ``mae`` and ``median_error``, the median of the absolute errors; of
        several those of each, ``rmse(name)``.
        """
        return {part: self.measured(getattr(self._dataset, part), self._outputs(part)) for part in PARTS}

    def details(self) -> dict[str, Any]:
        """Of a classifier on the test part: ``classes``, the ``confusion`` matrix, ``reliability`` of probabilities.

        Of several labels the figures of each, ``labels``.
        """
        classes, target = self._dataset.classes, self._dataset.preprocessing.target
        if isinstance(target, LabelsTarget):
            return {"labels": label_figures(self._dataset.test.y, *self._answers(self._test_outputs), target)}
        if self._dataset.task != "classification" or classes is None:
            return {}
        truth, (decided, scores) = self._dataset.test.y, self._decisions(self._test_outputs)
        matrix = confusion(truth, decided, len(classes))
        return {
            "classes": class_figures(truth, decided, classes),
            **({"confusion": matrix} if matrix else {}),
            **({"reliability": reliability(truth, decided, scores)} if self._loss.gives_probabilities else {}),
        }

    def baselines(self, seed: int) -> dict[str, dict[str, Any]]:
        """What a network must beat: linear models; for a code principal components of its size.

        Each with its ``gain`` over the network on the test part, in the measure that comes first, its
        ``standard_error`` and ``p_value``: see ``paired_gain``.
        """
        errors, unit = self._test_errors()
        data, overlap = self._dataset, 0
        if data.task == "forecasting":
            models, overlap = fit_series_baselines(data.train, data.test, seed), data.test.y.shape[1] - 1
        else:
            size = _narrowest(self._trained, data.train.x[:1]) if data.task == "reconstruction" else data.outputs
            train, test = (Split(data.preprocessing.plain(part.x), part.y) for part in (data.train, data.test))
            models = fit_baselines(data.task, train, test, size, seed)
        return {
            name: {**model.measured, **_in_unit(paired_gain(errors, model.errors, overlap), unit)}
            for name, model in models.items()
        }

    def constant_layer(self) -> dict[str, Any] | None:
        """The first layer whose output is the same for each of some training examples, behind which none can be told
        apart: its ``layer``, and whether its units are all ``silent``, 0. None where there is no such layer.
        """
        x = tree_map(lambda leaf: leaf[:FEW], self._dataset.train.x)
        if count_examples(x) < 2:
            return None
        with np.errstate(all="ignore"):
            taps = record(self._trained.model, self._trained.params, self._trained.state, x)
        for path, tap in taps.items():
            if all(_is_constant(leaf) for leaf in leaves(tap["y"])):
                return {"layer": path, "silent": not any(leaf.any() for leaf in leaves(tap["y"]))}
        return None

    @cached_property
    def _test_outputs(self) -> Any:
        return self._trained.outputs(self._dataset.test.x)

    def _outputs(self, part: str) -> Any:
        return self._test_outputs if part == "test" else self._trained.outputs(getattr(self._dataset, part).x)

    def measured(self, part: Split, outputs: Any) -> dict[str, float]:
        """The numbers of any examples of the data, with the network's raw outputs for them; see ``parts``."""
        target = self._dataset.preprocessing.target
        # The data says which task this is: inputs to reconstruct may look like classes, rows of zeros with a single 1.
        measured = measure(self._loss, outputs, part.y, target.task in ("classification", "multi-label"))
        if target.task == "forecasting":
            return {"loss": measured["loss"], **forecast_errors(self._loss.predict(outputs), part.y)}
        if target.task == "classification":
            figures = classifier_figures(part.y, *self._decisions(outputs), self._loss.gives_probabilities)
            return {**measured, **figures}
        if target.task == "multi-label":
            said = self._answers(outputs)
            return {**measured, **multi_label_figures(part.y, *said, self._loss.gives_probabilities)}
        if target.task == "regression":
            errors = target.decode(self._loss.predict(outputs)) - target.decode(part.y)
            for name, error in zip(target.columns, errors.reshape(len(part), -1).T, strict=True):
                of = f"({name})" if len(target.columns) > 1 else ""
                measured[f"rmse{of}"] = float(np.sqrt((error**2).mean()))
                measured[f"mae{of}"] = float(np.abs(error).mean())
                measured[f"median_error{of}"] = float(np.median(np.abs(error)))
        return measured

    def _decisions(self, outputs: Any) -> tuple[Any, Any]:
        """The class decided for, (B,), and the score of each class, (B, K), also where one output tells two apart."""
        scores = class_scores(self._loss.predict(outputs), self._loss.gives_probabilities)
        return decide(self._loss, outputs), scores

    def _answers(self, outputs: Any) -> tuple[Any, Any]:
        """Of several labels whether each was decided for, and its score, both (B, K)."""
        scores = np.asarray(self._loss.predict(outputs))
        return scores > self._loss.threshold, scores

    def _test_errors(self) -> tuple[Any, float]:
        """The network's error on each test example, as ``Baseline`` has it, and what is 1 in the first measure."""
        test, outputs = self._dataset.test, self._test_outputs
        if self._dataset.task == "classification":
            return decide(self._loss, outputs) != test.y, 1.0
        if self._dataset.task == "multi-label":
            return (self._answers(outputs)[0] != test.y).mean(axis=1), 1.0
        said = self._loss.predict(outputs)
        if self._dataset.task == "forecasting":
            return window_errors(said, test.y), 1.0
        truth = np.asarray(test.y, np.float64).reshape(len(test), -1)
        spread = ((truth - truth.mean(axis=0)) ** 2).sum(axis=1).mean()
        return ((np.asarray(said, np.float64).reshape(truth.shape) - truth) ** 2).sum(axis=1), float(spread)


def _is_constant(y: np.ndarray) -> bool:
    """Whether all examples are alike, but for the last digits of float32."""
    return bool((np.ptp(y, axis=0) <= 1e-6 * np.abs(y).max(initial=0.0)).all())


def _in_unit(found: dict[str, float], unit: float) -> dict[str, float]:
    """The gain in errors as one in the measure: of squares divided by their spread one in R^2."""
    scale = 1 / unit if unit > 0 else float("nan")
    return {**found, "gain": found["gain"] * scale, "standard_error": found["standard_error"] * scale}


def _narrowest(trained: Trained, x: np.ndarray) -> int:
    """How many numbers the smallest layer puts out: for an autoencoder, the size of its code."""
    if isinstance(trained.model, TiedAutoencoder):
        return min(layer.units for layer in trained.model.encoder.layers if isinstance(layer, Dense))
    taps = record(trained.model, trained.params, trained.state, x).values()
    return min(sum(int(leaf[0].size) for leaf in leaves(tap["y"])) for tap in taps)
