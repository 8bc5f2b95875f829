"""Markup that cannot be broken by what is put into it: every text is escaped, once."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TypeAlias

from pellucid.files import printable
from pellucid.report_page.language import say


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


Content: TypeAlias = str | int | float | Iterable["Content"] | None
"""What may stand inside an element: markup, text to escape, numbers, nothing, or several of these."""

VOID = frozenset({"img", "meta"})
"""Elements of HTML without an end tag."""

EMPTY = frozenset({"path", "rect"})
"""Elements of SVG that hold nothing."""


def element(name: str, /, *content: Content, **attributes: str | float | bool | None) -> Html:
    """An element; ``class_`` and ``aria_label`` are ``class`` and ``aria-label``; None and False are left out."""
    written = "".join(
        f" {_attribute(key)}" if value is True else f' {_attribute(key)}="{_escaped(value)}"'
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in VOID or name in EMPTY:
        return Html(f"<{name}{written}{'/' if name in EMPTY else ''}>")
    return Html(f"<{name}{written}>{join(content)}</{name}>")


def join(content: Content) -> Html:
    """The parts one after another, texts escaped."""
    if content is None:
        return Html("")
    if isinstance(content, Html):
        return content
    if isinstance(content, (str, int, float)):
        return Html(_escaped(content))
    return Html("".join(map(join, content)))


def table(head: Iterable[Content], rows: Iterable[Iterable[Content]], class_: str = "") -> Html:
    """A table that scrolls by itself where it is too wide; the first cell of each row names the row."""
    heads = [join(cell) for cell in head]
    names = [element("th", cell, scope="col") if cell else element("td") for cell in heads]
    body = []
    for row in rows:
        first, *others = row
        body.append(element("tr", element("th", first, scope="row"), [element("td", cell) for cell in others]))
    whole = element("table", element("thead", element("tr", names)), element("tbody", body), class_=class_ or None)
    return element("div", whole, class_="wide", tabindex="0", role="group", aria_label=say("table"))


def details(summary: str, *content: Content) -> Html:
    """Content behind a line to open it."""
    return element("details", element("summary", summary), content)


def _attribute(name: str) -> str:
    return name.rstrip("_").replace("_", "-") if name not in ("viewBox", "preserveAspectRatio") else name


def _escaped(value: str | float) -> str:
    return escape(printable(str(value)))
