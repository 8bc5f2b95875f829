"""A matrix of counts as a table of cells: shaded, with a bar and the number in each."""

from __future__ import annotations

from collections.abc import Sequence

from pellucid.report_page.html import Html, element


def matrix(rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]], corner: str) -> Html:
    """Each cell is shaded by its share of the row, and its bar is as long; cells on the diagonal have a border."""
    head = element("tr", element("th", corner, class_="corner"), [element("th", name, scope="col") for name in columns])
    body = []
    for i, (name, row) in enumerate(zip(rows, counts, strict=True)):
        whole = sum(row) or 1
        cells = [_cell(count, count / whole, i == j) for j, count in enumerate(row)]
        body.append(element("tr", element("th", name, scope="row"), cells))
    whole_table = element("table", element("thead", head), element("tbody", body), class_="matrix")
    return element("div", whole_table, class_="wide", tabindex="0", role="group", aria_label=corner)


def _cell(count: int, share: float, diagonal: bool) -> Html:
    shade = f"--share:{100 * share:.1f}%"
    bar = element("i", style=f"width:{100 * share:.1f}%") if count else None
    return element(
        "td", element("b", f"{count:,}") if count else "0", bar, style=shade, class_="hit" if diagonal else None
    )
