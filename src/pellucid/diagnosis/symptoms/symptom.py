"""What a symptom is: a sign that training goes wrong, where, and the numbers that were seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Symptom:
    """A symptom ``name`` of the layer at ``path`` (None: of the training), with the numbers ``seen``.

    A ``note`` is true and may do no harm; a ``warning`` is where the loss suffers as well. Neither names a cause.
    """

    name: str
    path: str | None = None
    seen: Mapping[str, float | str] = field(default_factory=dict)
    level: Literal["note", "warning"] = "warning"
