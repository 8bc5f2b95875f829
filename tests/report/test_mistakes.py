"""What is said of single examples."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from pellucid.data.base.targets import SeriesTarget
from pellucid.data.preparation.scaling import Scaling
from pellucid.losses import MeanSquaredError
from pellucid.report.mistakes import Judged


@pytest.mark.parametrize(("each", "told"), [(False, [[25.0]]), (True, [[0.5]])])
def test_forecasts_are_in_the_unit_of_the_series_unless_each_series_has_its_own(each, told):
    target = SeriesTarget(1, Scaling(("t",), (0.0,), (20.0,), (10.0,)), each)
    dataset = SimpleNamespace(task="forecasting", classes=None, preprocessing=SimpleNamespace(target=target))
    judged = Judged(dataset, MeanSquaredError(), np.array([[[0.5]]]), np.array([[[0.0]]]))
    assert judged.describe(0)["prediction"] == told
