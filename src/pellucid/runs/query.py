"""Questions to many runs: ``accuracy > .9 and optimizer = adam``, with a parser of its own, for it is never code."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from pellucid.errors import ConfigError, UnknownNameError

Fields = Mapping[str, Any]
Condition = Callable[[Fields], bool]

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "~": lambda value, part: str(part) in str(value),
}
"""What a field may be compared by; ``~``: the field contains the text."""

TOKEN = re.compile(r"\s*(?:(?P<quoted>\"[^\"]*\"|'[^']*')|(?P<sign>[<>=!]=|[<>=~()])|(?P<word>[^\s<>=!~()\"']+))")
DEEPEST = 50
"""Parentheses and ``not`` stand in each other at most so deep."""

PLAIN = "id name status stopped task started seconds epochs epochs_planned engine version network".split()  # noqa: SIM905
SEARCHED_PARTS = ("validation", "train")
"""Where a bare name of a result is looked for; the test part has to be named, for runs are not chosen by it."""


def fields_of(summary: Mapping[str, Any]) -> dict[str, Any]:
    """What can be asked of a run, by name: all of its summary, settings and results flat; None where unknown."""
    settings = summary.get("settings") or {}
    measured = {**(summary.get("last") or {}), **(summary.get("results") or {})}
    bare = {
        name.partition("/")[2]: measured[name]
        for part in reversed(SEARCHED_PARTS)
        for name in measured
        if name.startswith(f"{part}/")
    }
    own = {name: summary.get(name) for name in PLAIN}
    data = summary.get("data") or {}
    own |= {name: data.get(source) for name, source in (("data", "name"), ("fingerprint", "fingerprint"))}
    own["tags"] = ", ".join(summary.get("tags") or ())
    return {**{f"settings.{name}": value for name, value in settings.items()}, **settings, **bare, **measured, **own}


def known_fields(runs: Sequence[Fields], settings: Iterable[str] = ()) -> list[str]:
    """The names of what can be asked of these runs: what some run has, and ``settings`` that none may have set."""
    if not runs:
        return []
    own = (name for run in runs for name in run)
    return list(dict.fromkeys([*own, *(prefix + name for prefix in ("", "settings.") for name in settings)]))


def select(
    runs: Sequence[Fields], where: str | None, sort: Sequence[str] = (), settings: Sequence[str] = ()
) -> list[Fields]:
    """The runs that a condition holds for, sorted by fields, a name with "-" in front from the greatest down.

    Args:
        runs: as ``fields_of`` makes them.
        where: the condition; None: all.
        sort: names of fields; runs without the field come last.
        settings: names of settings, which may be asked for where no run has set them.

    Returns:
        The runs chosen, in their order.

    Raises:
        ConfigError: for a condition that cannot be read.
        UnknownNameError: for a name that is none of a field.
    """
    known = known_fields(runs, settings)
    chosen = list(runs)
    if where is not None:
        condition = parse(where, known)
        chosen = [run for run in chosen if condition(run)]
    for wanted in reversed(sort):
        name = wanted.removeprefix("-")
        require_field(name, known)
        with_it = [run for run in chosen if _is_there(run.get(name))]
        with_it.sort(key=lambda run: _sort_key(run[name]), reverse=wanted.startswith("-"))
        chosen = [*with_it, *(run for run in chosen if not _is_there(run.get(name)))]
    return chosen


def require_field(name: str, known: Sequence[str]) -> None:
    """Raise UnknownNameError unless some run has the field."""
    if known and name not in known:
        raise UnknownNameError("field", name, list(known))


def parse(text: str, known: Sequence[str] = ()) -> Condition:
    """The condition that a text states, of comparisons with ``and``, ``or``, ``not`` and parentheses.

    A comparison with a field that a run lacks does not hold. Raises ConfigError, UnknownNameError.
    """
    parser = _Parser(text, known)
    condition = parser.any_of()
    parser.require_end()
    return condition


class _Parser:
    """Reads tokens from the left, a method for each level of the grammar."""

    def __init__(self, text: str, known: Sequence[str]) -> None:
        self.text, self.known, self.depth = text, known, 0
        self.tokens = [*_tokens(text), ("end", "")]
        self.at = 0

    def any_of(self) -> Condition:
        parts = [self.all_of()]
        while self._take("or"):
            parts.append(self.all_of())
        return lambda run: any(part(run) for part in parts)

    def all_of(self) -> Condition:
        parts = [self.one()]
        while self._take("and"):
            parts.append(self.one())
        return lambda run: all(part(run) for part in parts)

    def one(self) -> Condition:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ConfigError(f"--where: parentheses and 'not' stand in each other more than {DEEPEST} deep")
        condition = self._negated() if self._take("not") else self._grouped() if self._take("(") else self._comparison()
        self.depth -= 1
        return condition

    def require_end(self) -> None:
        kind, token = self.tokens[self.at]
        if kind != "end":
            raise self._error(f"{token!r} is not expected there")

    def _negated(self) -> Condition:
        inner = self.one()
        return lambda run: not inner(run)

    def _grouped(self) -> Condition:
        inner = self.any_of()
        if not self._take(")"):
            raise self._error("a parenthesis is not closed")
        return inner

    def _comparison(self) -> Condition:
        name, sign = self._word("a field"), self.tokens[self.at][1]
        require_field(name, self.known)
        if sign not in OPERATORS:
            raise self._error(f"after {name!r} comes one of {' '.join(OPERATORS)}")
        self.at += 1
        value, compare = self._word("a value"), OPERATORS[sign]
        return lambda run: _holds(run.get(name), compare, value)

    def _word(self, wanted: str) -> str:
        kind, token = self.tokens[self.at]
        if kind not in ("word", "quoted"):
            raise self._error(f"{wanted} is missing" + (f" before {token!r}" if token else " at the end"))
        self.at += 1
        return token[1:-1] if kind == "quoted" else token

    def _take(self, token: str) -> bool:
        kind, found = self.tokens[self.at]
        if kind == "quoted" or found.lower() != token:
            return False
        self.at += 1
        return True

    def _error(self, what: str) -> ConfigError:
        return ConfigError(f'--where {self.text!r}: {what}; write it as in "accuracy > .9 and optimizer = adam"')


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at, text = 0, text.rstrip()
    while at < len(text):
        found = TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            rest = text[at:].strip()[:20]
            raise ConfigError(f"--where {text!r}: {rest!r} cannot be read: close quotes, compare with =")
        yield found.lastgroup, found[found.lastgroup]
        at = found.end()


def _holds(value: Any, compare: Callable[[Any, Any], bool], wanted: str) -> bool:
    """Whether a field is so: numbers as numbers, all else as text, capitals or not."""
    if value is None:
        return False
    number = _number(wanted)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number is not None and compare(value, number)
    return compare(str(value).lower(), wanted.lower())


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _sort_key(value: Any) -> tuple[int, float, str]:
    if isinstance(value, (int, float)):
        return 0, value, ""
    return 1, 0.0, str(value)


def _is_there(value: Any) -> bool:
    """Whether there is a value, and it is not NaN."""
    return value is not None and value == value
