"""States of the playground with the numbers that the Python engine works out for them, for that in TypeScript.

``scripts/play_traces`` stores them beside the tests of the page; ``tests/playground/test_traces.py`` holds what is
stored to what Python gives now, ``frontend/tests/play/engine`` the other engine to what is stored.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pellucid.playground.state import PlayState
from play_traces.data import data_states, trace_data
from play_traces.explain import explain_states, trace_explain
from play_traces.questions import export_states, question_states, trace_question
from play_traces.signs import sign_states, trace_signs
from play_traces.training import trace_training, training_states

STORED = Path(__file__).parents[2] / "frontend" / "tests" / "play" / "traces.json"


def all_traces() -> dict[str, Any]:
    """Every trace, as it is stored: what is not finite is null."""
    traces = {
        "start": PlayState().model_dump(mode="json"),
        "data": {name: trace_data(state) for name, state in data_states()},
        "training": {name: trace_training(data, network) for name, data, network in training_states()},
        "signs": {name: trace_signs(*rest) for name, *rest in sign_states()},
        "explain": {name: trace_explain(*rest) for name, *rest in explain_states()},
        "questions": {name: trace_question(*rest) for name, *rest in (*question_states(), *export_states())},
    }
    return json.loads(json.dumps(traces), parse_constant=lambda name: None)
