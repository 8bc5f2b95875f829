"""What a gradient check found: figures, verdicts and plain words, as a value, a table or JSON."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from pellucid.check.leaf_report import LeafReport, Verdict

WIDTH = 79

MEANING = (
    "Errors of backward against each oracle, the largest of each row. Relative error is |a - b| / max(|a|, |b|, "
    "floor); the floor keeps rounding from counting. Below 1e-7 backward is right; from there to 1e-4 look closer, "
    "perhaps a kink; above 1e-4 it is wrong."
)


@dataclass(frozen=True)
class Fault:
    """A layer or loss whose own gradient is wrong: its path (that of the whole model is "", that of the loss "loss"),
    its repr, and the leaves by which the gradient is wrong.
    """

    path: str
    subject: str
    wrong: tuple[str, ...]

    def __str__(self) -> str:
        where = f"{self.path} ({self.subject})" if self.path else self.subject
        return f"{where}: its gradient by {', '.join(self.wrong)} is wrong, checked by itself too"


@dataclass(frozen=True)
class GradientReport:
    """What ``check_gradients`` found; print it for a table in plain text.

    ``leaves`` are the weights, then the inputs; ``whole`` is the gradient along random directions in which everything
    moves at once. ``loss`` is the loss at the point, ``weights`` which of them were checked, ``step`` the step of the
    central differences, ``seed`` that of all draws; ``faults`` are the layers that are wrong by themselves.
    """

    loss: float
    weights: str
    step: float
    seed: int
    leaves: tuple[LeafReport, ...]
    whole: LeafReport
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        """Whether no gradient is wrong."""
        return not self.wrong

    @property
    def wrong(self) -> tuple[str, ...]:
        """The paths of what is wrong."""
        return self._with("wrong")

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON knows it: every field, and ``ok``. Numbers that are not finite become None."""
        return {"ok": self.ok, **_plain(asdict(self))}

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{'':33}{'central differences':^18}{'automatic':^18}"
        yield f"{'leaf':20} {'checked':>11} {'absolute relative  absolute relative':>36}  verdict"
        for row in (*self.leaves, self.whole):
            yield _table_row(row)
        yield ""
        for row in (*self.leaves, self.whole):
            if row.verdict != "right" or row.kinks:
                yield textwrap.fill(f"{row.path}: {row.words}.", WIDTH, subsequent_indent="  ")
        yield textwrap.fill(MEANING, WIDTH)
        yield from (textwrap.fill(line, WIDTH, subsequent_indent="  ") for line in self._closing())

    def _closing(self) -> Iterator[str]:
        closer = self._with("look closer")
        if not self.wrong:
            but = f", but look closer at {len(closer)}: {', '.join(closer)}" if closer else ""
            yield f"No gradient is wrong{but}."
            return
        yield f"Wrong: {', '.join(self.wrong)}."
        yield from (f"The fault is in {fault}." for fault in self.faults)
        if not self.faults:
            yield "No layer is wrong when checked by itself: look at how they are put together."

    def _with(self, verdict: Verdict) -> tuple[str, ...]:
        return tuple(row.path for row in (*self.leaves, self.whole) if row.verdict == verdict)


def _table_row(row: LeafReport) -> str:
    path = row.path if len(row.path) <= 20 else f"{row.path}\n{'':20}"
    checked = f"{row.checked}/{row.size}" if row.by == "entries" else f"{row.checked} random"
    errors = [
        f"{error:8.1e}" if furthest else f"{'-':>8}"
        for furthest in (row.numerical, row.automatic)
        for error in ((furthest.absolute, furthest.relative) if furthest else (0.0, 0.0))
    ]
    return f"{path:20} {checked:>11} {' '.join(errors)}  {row.verdict}".rstrip()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(child) for name, child in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(child) for child in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
