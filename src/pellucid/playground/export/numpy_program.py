"""A program in plain NumPy that says what the network says, its weights put in."""

from __future__ import annotations

import numpy as np

from pellucid.data.preparation.normalise import Normalise
from pellucid.data.preparation.whiten import Whiten
from pellucid.playground.export.file import Exported, File, feature_lines
from pellucid.playground.network import LayerPlace
from pellucid.types import Params

SIGMOID = "np.exp(-np.logaddexp(0.0, -z))"
ACTIVATIONS = {
    "identity": "z",
    "step": "(z > 0) * 1.0",
    "sigmoid": SIGMOID,
    "tanh": "np.tanh(z)",
    "hard_tanh": "np.clip(z, -1.0, 1.0)",
    "relu": "np.maximum(z, 0.0)",
    "leaky_relu": "np.where(z > 0, z, 0.01 * z)",
    "elu": "np.where(z > 0, z, np.expm1(np.minimum(z, 0.0)))",
    "selu": "1.0507009873554805 * np.where(z > 0, z, 1.6732632423543772 * np.expm1(np.minimum(z, 0.0)))",
    "gelu": "z * 0.5 * (1.0 + np.vectorize(math.erf)(z / math.sqrt(2.0)))",
    "silu": f"z * {SIGMOID}",
    "softplus": "np.logaddexp(0.0, z)",
}
"""Each activation of its pre-activations z."""

MAXOUT = "np.einsum('nd,dpk->npk', x, {W}) + {b}"


def numpy_program(exported: Exported) -> list[File]:
    """The program: ``predict(x)`` gives what the map shows, for inputs as the data have them."""
    places, params = exported.network.places, exported.progress.weights.params
    body = [
        "x = np.asarray(x, dtype=float)",
        *feature_lines(exported),
        *_preparation_lines(exported),
        *(line for place in places for line in _layer_lines(place, params[place.path])),
        f"return {_answer(exported)}",
    ]
    arrays = [
        f"{name}_{place.path} = np.array({params[place.path][name].tolist()})" for place in places for name in "Wb"
    ]
    example = exported.data.x[: min(3, len(exported.data.x))].tolist()
    lines = [
        '"""What a network of the pellucid playground says, in plain NumPy."""',
        "",
        *(["import math", ""] if any("math." in line for line in body) else []),
        "import numpy as np",
        "",
        f"COLUMNS = {list(exported.data.columns)!r}",
        '"""The inputs, in order."""',
        "",
        *arrays,
        "",
        "",
        "def predict(x):",
        f'    """{_meaning(exported)}"""',
        *(f"    {line}" for line in body),
        "",
        "",
        'if __name__ == "__main__":',
        f"    print(predict({example}))",
    ]
    return [File("network_numpy.py", "\n".join(lines) + "\n")]


def _layer_lines(place: LayerPlace, params: Params) -> list[str]:
    W, b = f"W_{place.path}", f"b_{place.path}"
    if place.activation == "maxout":
        return [f"x = ({MAXOUT.format(W=W, b=b)}).max(axis=1)"]
    if place.activation == "identity":
        return [f"x = x @ {W} + {b}"]
    return [f"z = x @ {W} + {b}", f"x = {ACTIVATIONS[place.activation]}"]


def _preparation_lines(exported: Exported) -> list[str]:
    step = exported.network.inputs.step
    if step is None:
        return []
    line = f"x = (x - np.array({step.mean.tolist()}))"
    if isinstance(step, Normalise):
        return [f"{line} / np.array({step.scale.tolist()})"]
    basis = getattr(step, "basis", None)
    if isinstance(step, Whiten):
        basis = step.basis / np.sqrt(step.variances + step.epsilon)
    return [line if basis is None else f"{line} @ np.array({basis.tolist()})"]


def _answer(exported: Exported) -> str:
    objective = exported.network.objective
    if not objective.classes or (objective.bounded and objective.outputs == 1):
        return "x"
    if objective.outputs > 1:
        return "np.exp(x - np.logaddexp.reduce(x, axis=1, keepdims=True))"
    if objective.loss.gives_probabilities:
        return "2.0 * np.exp(-np.logaddexp(0.0, -x)) - 1.0"
    return "np.clip(x, -1.0, 1.0)"


def _meaning(exported: Exported) -> str:
    objective, width = exported.network.objective, len(exported.data.columns)
    if not objective.classes:
        return f"The amount (N, 1) for inputs (N, {width})."
    if objective.outputs == 1:
        return f"From -1, class 0, to 1, class 1, (N, 1), for inputs (N, {width})."
    return f"The probability of each class, (N, {objective.classes}), for inputs (N, {width})."
