"""The question ``explain``: where a number comes from, with all numbers put in, and what lights up."""

from __future__ import annotations

from pellucid.derivation import explain
from pellucid.errors import ExplainError
from pellucid.playground.questions.lights import lights
from pellucid.playground.questions.place import find_place
from pellucid.playground.questions.subject import Answer, Subject, plain

MOST = 3_000
"""Examples times units: a derivation of more would take seconds, and nobody would read it."""


def answer_explain(subject: Subject, target: str | None = None, step: bool = True) -> Answer:
    """The derivation of the number ``target``, with the step on it unless ``step`` is false. See the protocol.

    Raises ExplainError for what is not there, and where the derivation would be too long.
    """
    place = find_place(subject, target)
    size = subject.examples * sum(subject.taps[layer.path]["y"].shape[-1] for layer in subject.layers)
    if size > MOST:
        raise ExplainError(
            f"{subject.examples} examples in a network of this size are too many for one derivation: choose one "
            "example, or a smaller batch"
        )
    explanation = explain(
        subject.model,
        subject.loss,
        subject.x,
        subject.y,
        place.name,
        params=subject.params,
        state=subject.state,
        optimizer=subject.optimizer if step else None,
        slots=subject.slots if step else None,
        t=subject.t,
        penalty=subject.penalty if step else None,
        clip=subject.clip if step else None,
        automatic=False,
    )
    answer = {
        "target": place.name,
        "examples": subject.examples,
        "inputs": list(subject.inputs),
        "derivation": explanation.to_dict(),
        "lights": lights(subject, place),
    }
    return {name: plain(part) for name, part in answer.items()}
