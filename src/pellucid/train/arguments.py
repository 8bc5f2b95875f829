"""What ``fit`` and ``train_population`` ask of the arguments that both take, said once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pellucid import validate
from pellucid.errors import ConfigError
from pellucid.layer import Layer, Loss
from pellucid.optim import Adam, Clipping, Optimizer, as_rule
from pellucid.regularize import Constraint, Penalty
from pellucid.train.stopping import ReduceOnPlateau, StoppingRule

KINDS: Mapping[str, type] = {"model": Layer, "loss": Loss, "shuffle": bool}
OPTIONAL_KINDS: Mapping[str, type] = {
    "penalty": Penalty,
    "clip": Clipping,
    "constraint": Constraint,
    "early_stopping": StoppingRule,
}


def check_arguments(owner: str, **arguments: Any) -> None:
    """Raise ConfigError, naming ``owner``, for an argument of the wrong kind, and for a count that is none.

    Takes ``model``, ``loss``, ``epochs``, ``batch_size``, ``shuffle``, ``seed``, ``penalty``, ``clip``, ``constraint``
    and ``early_stopping``.
    """
    for name in ("epochs", "batch_size"):
        validate.positive_int(owner, name, arguments[name])
    validate.whole(owner, "seed", arguments["seed"])
    for name, kind in KINDS.items():
        validate.instance(owner, name, arguments[name], kind)
    for name, kind in OPTIONAL_KINDS.items():
        check_optional(owner, name, arguments[name], kind)


def check_optional(owner: str, name: str, value: Any, kind: type) -> None:
    """Raise ConfigError for a value that is neither None nor a ``kind``."""
    if value is not None:
        validate.instance(owner, name, value, kind)


def rule_of(optimizer: Any) -> Optimizer:
    """The update rule: Adam() unless one is given; an optax transformation is made into one."""
    return as_rule(Adam() if optimizer is None else optimizer)


def require_validation(owner: str, held_out: Any, **rules: StoppingRule | ReduceOnPlateau | None) -> None:
    """Raise ConfigError for a rule that looks at validation where there are no validation data."""
    for name, rule in rules.items():
        if rule is not None and rule.needs_validation and held_out is None:
            raise ConfigError(f"{owner}: {name} needs validation data: pass validation=(x, y) or a share such as 0.1")
