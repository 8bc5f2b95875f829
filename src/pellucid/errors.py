"""Every exception of pellucid. All derive from one base, so ``except PellucidError`` catches them all.

::

    PellucidError
    ├── ConfigError (ValueError)       a hyper-parameter, key or option that cannot be used
    │   └── UnknownNameError           a name that is not there (did you mean ...?)
    ├── ShapeError (ValueError)        arrays whose shapes do not fit together
    ├── DataError (ValueError)         data that cannot be read or used
    ├── RunError                       a run folder that is missing, corrupt or foreign
    ├── NonFiniteError                 training met NaN or infinity
    ├── CheckError                     something cannot be checked as asked
    ├── ExplainError                   a derivation that is not there, or that does not check
    └── ConformanceError (AssertionError)  a layer or loss that breaks the contract

Each message names the thing, the value it got, and the next step.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

MOST = 25
"""So many names are listed where none is near."""


class PellucidError(Exception):
    """The base of every error that pellucid raises on purpose."""


class ConfigError(PellucidError, ValueError):
    """A hyper-parameter, key or option that cannot be used."""


class UnknownNameError(ConfigError):
    """A name that is not among those known. Offers the nearest ones.

    ``what`` is the kind of thing ("activation"), ``name`` what was asked for, ``known`` what there is; ``hint`` says
    what to take, where that is known better than by the nearest names.
    """

    def __init__(self, what: str, name: str, known: Iterable[str], hint: str | None = None) -> None:
        options = list(known) if isinstance(known, (list, tuple)) else sorted(known)
        by_lower = {option.lower(): option for option in options}
        near = [by_lower[match] for match in get_close_matches(str(name).lower(), by_lower, n=3, cutoff=0.6)]
        shown = ", ".join(options[:MOST]) + (f" and {len(options) - MOST} more" if len(options) > MOST else "")
        offer = f"did you mean {' or '.join(near)}?" if near else f"choose one of: {shown}"
        super().__init__(f"unknown {what} {str(name)!r}: {hint or offer}")
        self.name = name
        self.hint = hint
        self.near = near

    def __reduce__(self) -> tuple[object, ...]:
        return (_restore, (type(self), self.args, self.__dict__))


def _restore(cls: type[UnknownNameError], args: tuple[str], attributes: dict[str, object]) -> UnknownNameError:
    error = cls.__new__(cls)
    error.args = args
    error.__dict__.update(attributes)
    return error


class ShapeError(PellucidError, ValueError):
    """Arrays whose shapes do not fit together."""


class DataError(PellucidError, ValueError):
    """Data that cannot be read or used."""


class RunError(PellucidError):
    """A run folder that is missing, corrupt or was not written by pellucid."""


class NonFiniteError(PellucidError):
    """Training met NaN or infinity. ``trained`` is the network with the last good weights."""

    trained: Any = None


class CheckError(PellucidError):
    """Something that cannot be checked as asked."""


class ExplainError(PellucidError):
    """A derivation that cannot be made as asked, or whose numbers do not check."""


class ConformanceError(PellucidError, AssertionError):
    """A layer, loss or combinator that breaks the contract."""


def describe(error: BaseException) -> str:
    """One line that says all an error has to say: its message, then the notes added on the way up."""
    notes = (note for note in getattr(error, "__notes__", []) if not note.startswith("---"))  # JAX's, on its own frames
    text = "; ".join([str(error), *notes])
    return " ".join(text.split())


__all__ = [
    "CheckError",
    "ConfigError",
    "ConformanceError",
    "DataError",
    "ExplainError",
    "NonFiniteError",
    "PellucidError",
    "RunError",
    "ShapeError",
    "UnknownNameError",
]
