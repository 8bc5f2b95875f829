"""A diagnosis as text, HTML and plain data."""

from __future__ import annotations

import json
import math

from pellucid.diagnosis.finding import Arm, Experiment, Finding
from pellucid.diagnosis.result import Diagnosis

PROOF = Experiment(
    "r2", Arm("as it is", (-1.0,) * 5), Arm("a smaller <rate>", (0.9,) * 5, ((1.0, 0.5),)), math.inf, 0.0
)
SICK = Diagnosis(
    (
        Finding(
            "rate too high",
            "error",
            "it swings " * 20,
            "Each step leaps.",
            "2 / h",
            proof=PROOF,
            cure={"learning_rate": 0.1},
        ),
        Finding("constant columns", "note", "1 column (3) never changes", ""),
    ),
    ("gradients",),
    ("broken off",),
    1.5,
    complete=False,
)


def test_text_fits_80_columns_and_shows_both_arms():
    text = SICK.text()
    assert max(map(len, text.splitlines())) <= 80
    assert "a smaller <rate>   0.900 ##################.." in text
    assert "effect (Cohen's d) very large" in text
    assert "cure     learning_rate = 0.1" in text
    assert repr(SICK) == text


def test_html_is_small_and_escaped():
    html = SICK._repr_html_()
    assert "<th scope='col'>finding</th>" in html
    assert "learning_rate = 0.1" in html
    assert Diagnosis(())._repr_html_() == "<p>Healthy: nothing is wrong for sure.</p>"


def test_plain_data_are_json_without_infinities():
    said = json.loads(json.dumps(SICK.to_dict(), allow_nan=False))
    assert said["findings"][0]["proof"]["effect"] is None
    assert said["findings"][0]["proof"]["after"]["scores"] == [0.9] * 5
    assert (said["healthy"], said["complete"]) == (False, False)
