"""A penalty of its own for each layer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pellucid import validate
from pellucid.errors import ConfigError, UnknownNameError
from pellucid.regularize.penalty import Penalty
from pellucid.trees import items
from pellucid.types import HasShape, Params, Tree


class PerLayer(Penalty, init=False):
    """``PerLayer({"dense_1": L2(1e-3), "head/dense_2": L1(1e-4)})``: layers that are not named are not charged.

    A name is the path of a layer, of a combinator (then it holds for all inside), or of one array (``dense_1/W``);
    the longest that fits an array counts. Raises ConfigError for anything else than penalties by path and, when it
    meets the weights, UnknownNameError for a path that leads to none.
    """

    penalties: tuple[tuple[str, Penalty], ...]

    def __init__(self, penalties: Mapping[str, Penalty] | Iterable[tuple[str, Penalty]]) -> None:
        try:
            by_path = dict(penalties)
        except (TypeError, ValueError):
            raise ConfigError(
                f"PerLayer: write {{'dense_1': L2(0.001)}}, a penalty by path, not {penalties!r}"
            ) from None
        for path, penalty in by_path.items():
            validate.instance(self, f"the penalty of {path!r}", penalty, Penalty)
        object.__setattr__(self, "penalties", tuple(by_path.items()))

    def lambdas(self, path: str, w: HasShape) -> tuple[float, float]:
        fitting = {name: penalty for name, penalty in self.penalties if f"{path}/".startswith(f"{name}/")}
        return fitting[max(fitting, key=len)].lambdas(path, w) if fitting else (0.0, 0.0)

    def strengths(self, params: Params) -> Tree:
        known = {path.rsplit("/", cut)[0] for path, _ in items(params) for cut in range(path.count("/") + 1)}
        for path, _ in self.penalties:
            if path not in known:
                raise UnknownNameError("layer with weights", path, known)
        return super().strengths(params)

    def __repr__(self) -> str:
        return f"PerLayer({dict(self.penalties)!r})"
