"""A page for each layer and loss, made from its code: formula, code, a derivation in numbers, measured errors."""

from __future__ import annotations

import inspect
import textwrap
from typing import Any

import numpy as np

from pellucid.check import CellCase, LayerCase, LossCase
from pellucid.check.cases.case import Case
from pellucid.check.differences import RIGHT
from pellucid.combinators import Chain
from pellucid.derivation.derive.largest_gradient import element_name
from pellucid.derivation.explain import explain
from pellucid.derivation.explanation import Explanation
from pellucid.errors import ExplainError, PellucidError
from pellucid.layer import Loss
from pellucid.layers import Identity
from pellucid.losses import HalfSquaredError, LossSum, SequenceLoss
from pellucid.masked import Masked
from pellucid.trees import flatten, replace_leaves, tree_map
from pellucid.types import Array, Tree

METHODS = (
    "function",
    "derivative",
    "draw",
    "sources",
    "hidden_mask",
    "forward",
    "project",
    "backward",
    "gather",
    "value",
    "gradient",
)
"""What is shown of the code: what computes the outputs and the gradients."""

PARAGRAPHS = ("Shapes", "Hyper-parameter", "Gradients", "Raises", "The cache", "Source", "Backward")
"""A line of a docstring that begins so begins a paragraph."""

H = 1e-5
"""The step of the central differences."""


def page(cls: type, cases: list[Case]) -> str:
    """The page of a class, in Markdown. ``cases`` are examples of it, as the conformance suite has them.

    Numbers are drawn from fixed seeds, and errors are said as bounds, so the same code makes the same page.
    """
    sections = [f"# {cls.__name__}\n\n{_formula(cls)}"]
    sections.append(f"## The code\n\n{_code(cls)}")
    if (worked := _worked(cases)) is not None:
        sections.append(f"## A gradient, worked\n\n{worked}")
    sections.append(f"## Measured\n\n{_measured(cases[:1])}")
    return "\n\n".join(sections) + "\n"


def _formula(cls: type) -> str:
    lines = inspect.cleandoc(cls.__doc__ or "").splitlines()
    return "\n".join(f"\n{line}" if line.startswith(PARAGRAPHS) else line for line in lines).replace("\n\n\n", "\n\n")


def _code(cls: type) -> str:
    """The source of METHODS, where the class itself or a base has them."""
    methods = [getattr(cls, name, None) for name in METHODS]
    found = [textwrap.dedent(inspect.getsource(method)).rstrip() for method in methods if inspect.isfunction(method)]
    return "```py\n" + "\n\n".join(found) + "\n```"


def _worked(cases: list[Case]) -> str | None:
    """The backward pass of the first case that can be explained, by its first weight or input."""
    for case in sorted(cases, key=lambda case: isinstance(getattr(case, "x", None), Masked)):  # the simple ones first
        try:
            explanation, what = _explained(case)
        except PellucidError:  # such as an input that has no gradient: another case may do
            continue
        only = Explanation(explanation.subject, explanation.value, (), explanation.backward)
        return f"{what}\n\n```text\n{only.text(4, most=4).strip()}\n```"
    return None


def _explained(case: Case) -> tuple[Explanation, str]:
    if isinstance(case, LossCase):
        inputs = case.draw(batch=1)
        target = np.zeros(1) if inputs["target"] is None else inputs["target"]
        explanation = explain(Chain(out=Identity()), case.subject, inputs["y"], target, _first("x", inputs["y"]))
        return explanation, f"`{case.subject!r}` of an example, by its first output."
    if isinstance(case, CellCase):
        raise ExplainError("a cell is explained inside a Recurrent, which takes it through time")
    assert isinstance(case, LayerCase)
    name, inputs = type(case.subject).__name__.lower(), case.draw(batch=1)["train"]
    y = case.run_once(inputs, True)["y"]
    given: dict[str, Any] = {part: {name: inputs[part]} for part in ("params", "state")}
    weight = _first("", given["params"]) if flatten(given["params"]) else _first("x", inputs["x"])
    target = np.zeros(y.values.shape) if isinstance(y, Masked) else tree_map(lambda leaf: np.zeros(leaf.shape), y)
    named: dict[str, Any] = {name: case.subject}
    explanation = explain(Chain(**named), _loss_for(y), inputs["x"], target, weight, train=True, **given)
    steps = ", the mean over the steps that are there" if isinstance(y, Masked) else ""
    return explanation, f"`{case.subject!r}`, by `{weight}`; E is half the sum of all squared outputs{steps}."


def _loss_for(y: Tree) -> Loss:
    """Half the squared length of all outputs; of Masked ones, of the steps that are there.

    Raises ExplainError for outputs that are neither arrays nor a dict of them.
    """
    if isinstance(y, Masked):
        return SequenceLoss(HalfSquaredError())
    if isinstance(y, dict) and all(isinstance(part, np.ndarray) for part in y.values()):
        terms: dict[str, Any] = {name: HalfSquaredError() for name in y}
        return LossSum(**terms)
    if not isinstance(y, np.ndarray):
        raise ExplainError("no loss looks at such outputs")
    return HalfSquaredError()


def _first(root: str, tree: Tree) -> str:
    """The first number of a tree."""
    path, leaf = next(iter(flatten(tree).items()))
    whole = "/".join(part for part in (root, path) if part)
    index = (0,) * leaf.ndim
    return element_name(whole, index[1:] if root and len(leaf) == 1 else index)


def _measured(cases: list[Case]) -> str:
    """A row for each case: backward beside central differences and beside automatic differentiation."""
    rows = ["| case | numbers | central differences | automatic |", "|---|---|---|---|"]
    for case in cases:
        given = case.gradient(case.inputs, case.on_numpy)
        count = sum(given[path].size for path in case.paths)
        errors = (_worst(given, other) for other in (_differences(case), case.automatic))
        rows.append(f"| `{case}` | {count} | {' | '.join(_bound(error) for error in errors)} |")
    said = "The largest error of a gradient, relative to the largest gradient, in float64."
    return f"{said}\n\n" + "\n".join(rows)


def _differences(case: Case) -> dict[str, Array]:
    """The gradient by every leaf as the slope between two points."""
    leaves, found = flatten(case.inputs), {}
    for path in case.paths:
        slopes = np.zeros(leaves[path].shape)
        for index in np.ndindex(slopes.shape):
            ends = []
            for h in (H, -H):
                moved = leaves[path].copy()
                moved[index] += h
                ends.append(float(case.value(replace_leaves(case.inputs, {path: moved}))))
            slopes[index] = (ends[0] - ends[1]) / (2 * H)
        found[path] = slopes
    return found


def _worst(given: dict[str, Array], other: dict[str, Any]) -> float:
    errors = [float(np.abs(given[path] - leaf).max()) for path, leaf in other.items()]
    largest = max((float(np.abs(leaf).max()) for leaf in other.values()), default=0.0)
    return max(errors, default=0.0) / max(largest, H)


def _bound(error: float) -> str:
    return f"below {RIGHT:g}" if error < RIGHT else f"{error:.0e}"
