"""A number's name in its parts, so that it can be set as in a book: ``dense_1/W[0, 1]`` is W with 0, 1 below it."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Label:
    """A letter or word with what stands before, below and after it."""

    base: str
    before: str = ""
    below: str = ""
    after: str = ""


def ratio(name: str) -> tuple[str, str] | None:
    """What stands above and below in the name of a derivative, ``∂E/∂w``; None for any other name."""
    above, slash, below = name.partition("/∂")
    return (above.removeprefix("∂"), below) if slash and above.startswith("∂") else None


def label(name: str) -> Label:
    """The parts of a name: a path before, places in brackets below, and what it ends with: ``out_h1``, ``w5``."""
    place = re.fullmatch(r"([^\[\]]+)\[([\d, ]+)\]", name)
    if place:
        before, slash, base = place.group(1).rpartition("/")
        return Label(base, before + slash, place.group(2))
    ending = re.fullmatch(r"([A-Za-z]+)_([A-Za-z]?\d*)('*)|([A-Za-z](?:_[a-z]{2,})?|[a-z]{4,})(\d+)('*)", name)
    if ending and (ending[2] or ending[5]):
        return Label(ending[1] or ending[4], "", ending[2] or ending[5], ending[3] or ending[6] or "")
    before, slash, base = name.rpartition("/")
    return Label(base, before + slash) if re.fullmatch(r"\w+", base) else Label(name)


def add_hat(base: str) -> str:
    """``x_hat`` as the letter with a hat on it."""
    return re.sub(r"^([A-Za-z])_hat$", "\\1\N{COMBINING CIRCUMFLEX ACCENT}", base)
