"""What a sweep is: names of settings and the values they take, made into the settings of each member."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import product
from typing import Any

from pellucid import validate
from pellucid.errors import ConfigError, UnknownNameError
from pellucid.layer import Layer
from pellucid.optim import Clipping, Optimizer, as_rule
from pellucid.regularize import Constraint, ElasticNet, Penalty

OWNER = "train_population"
PARTS: dict[str, type] = {
    "model": Layer,
    "optimizer": Optimizer,
    "penalty": Penalty,
    "clip": Clipping,
    "constraint": Constraint,
}


@dataclass(frozen=True)
class MemberSettings:
    """What may differ from member to member."""

    model: Layer
    optimizer: Optimizer
    penalty: Penalty | None = None
    clip: Clipping | None = None
    constraint: Constraint | None = None
    seed: int = 0
    start: Any = None

    def places(self) -> dict[str, str]:
        """The numbers that can be swept, by name, each with the part that it is a field of."""
        found = {} if self.penalty else {"l1": "penalty", "l2": "penalty"}
        for part in ("constraint", "clip", "penalty", "optimizer"):
            value = getattr(self, part)
            found |= {} if value is None else dict.fromkeys((field.name for field in fields(value)), part)
        return found

    def changed(self, name: str, value: Any) -> MemberSettings:
        """The settings with one of them another. Raises ConfigError for a value that it cannot take."""
        places = self.places()
        if name in places:
            part = getattr(self, places[name]) or ElasticNet(0.0, 0.0)
            changed: dict[str, Any] = {places[name]: replace(part, **{name: value})}
            return replace(self, **changed)
        if name == "seed":
            validate.whole(OWNER, "every seed", value)
            value = int(value)
        if name == "optimizer":
            value = as_rule(value)
        elif name in PARTS and (value is not None or name == "model"):
            validate.instance(OWNER, f"every {name}", value, PARTS[name])
        if name not in (*PARTS, "seed", "start"):
            raise UnknownNameError("setting to sweep", name, self.names())
        return replace(self, **{name: value})

    def names(self) -> list[str]:
        """Everything that can be swept."""
        return [*self.places(), *PARTS, "seed", "start"]


def members_of(sweep: Any, base: MemberSettings) -> list[tuple[dict[str, Any], MemberSettings]]:
    """For each member what the sweep says of it, as it is to be shown, and its settings.

    Whole parts (a model, an optimizer) come first, so that numbers are put into the member's own.
    """
    members = []
    for combination in _combinations(sweep):
        settings = base
        for name in sorted(combination, key=lambda name: name not in PARTS):
            settings = settings.changed(name, combination[name][1])
        members.append(({name: label for name, (label, _) in combination.items()}, settings))
    return members


def _combinations(sweep: Any) -> list[dict[str, tuple[Any, Any]]]:
    """Each member's values by name, as (label, value)."""
    if isinstance(sweep, Mapping):
        if not sweep:
            raise ConfigError(f"{OWNER}: sweep is empty: write {{'learning_rate': [0.01, 0.1]}}")
        axes = [_values(name, values) for name, values in sweep.items()]
        return [dict(zip(sweep, chosen, strict=True)) for chosen in product(*axes)]
    if not isinstance(sweep, Sequence) or not all(isinstance(member, Mapping) and member for member in sweep):
        raise ConfigError(f"{OWNER}: sweep is a dict from name to values, or a list of dicts, not {sweep!r}")
    if not sweep:
        raise ConfigError(f"{OWNER}: sweep is empty: write [{{'learning_rate': 0.01}}, {{'learning_rate': 0.1}}]")
    for i, member in enumerate(sweep):
        if set(member) != set(sweep[0]):
            raise ConfigError(
                f"{OWNER}: member {i + 1} of the sweep sets {', '.join(member)}, the first {', '.join(sweep[0])}: "
                "let all set the same"
            )
    return [{name: (_label(name, value), value) for name, value in member.items()} for member in sweep]


def _values(name: str, values: Any) -> list[tuple[Any, Any]]:
    if isinstance(values, Mapping):
        pairs = list(values.items())
    elif isinstance(values, (str, bytes)) or not hasattr(values, "__iter__"):
        raise ConfigError(f"{OWNER}: sweep[{name!r}] must be a list of values, not {values!r}")
    else:
        plain = [
            value.item() if hasattr(value, "item") and not getattr(value, "ndim", 0) else value for value in values
        ]
        pairs = [(_label(name, value, i), value) for i, value in enumerate(plain)]
    if not pairs:
        raise ConfigError(f"{OWNER}: sweep[{name!r}] is empty: give it a value or more")
    return pairs


def _label(name: str, value: Any, i: int | None = None) -> Any:
    """What a table shows of a value: numbers as they are, weights to begin with by their place, else its text."""
    if name == "start":
        return "given" if i is None else i
    return value if isinstance(value, (int, float)) else repr(value)
