"""The classic worked example, to the digit: a 2-2-2 network of sigmoids, one step of gradient descent by hand.

Two inputs, two hidden units, two outputs; half squared error; learning rate 0.5. The biases stay as they are.
"""

from __future__ import annotations

import numpy as np

from pellucid import Chain, Dense, GradientDescent, HalfSquaredError, Sigmoid

x = np.array([[0.05, 0.10]])
target = np.array([[0.01, 0.99]])
model = Chain(hidden=Dense(2), hidden_out=Sigmoid(), output=Dense(2), output_out=Sigmoid())
params = {
    "hidden": {"W": np.array([[0.15, 0.25], [0.20, 0.30]]), "b": np.array([0.35, 0.35])},  # w1 w3 / w2 w4
    "hidden_out": {},
    "output": {"W": np.array([[0.40, 0.50], [0.45, 0.55]]), "b": np.array([0.60, 0.60])},  # w5 w7 / w6 w8
    "output_out": {},
}
state = {name: {} for name in params}
loss = HalfSquaredError()


def main() -> None:
    y, cache, _ = model.forward(params, state, x)
    grads, _ = model.backward(params, cache, loss.gradient(y, target))
    rule = GradientDescent(learning_rate=0.5)
    updated, _ = rule.update(params, grads, rule.init(params), rule.learning_rate, 1, rule.numbers())

    print(f"net_h1 = {cache['hidden_out']['x'][0, 0]:.4f}   out_h1 = {cache['hidden_out']['y'][0, 0]:.9f}")
    print(f"out_h2 = {cache['hidden_out']['y'][0, 1]:.9f}")
    print(f"out_o1 = {y[0, 0]:.8f}   out_o2 = {y[0, 1]:.9f}   E = {loss.value(y, target)[0]:.9f}")
    print(f"dE/dw5 = {grads['output']['W'][0, 0]:.9f}   dE/dw1 = {grads['hidden']['W'][0, 0]:.9f}")
    for name, layer, row, column in (
        ("w5", "output", 0, 0),
        ("w6", "output", 1, 0),
        ("w7", "output", 0, 1),
        ("w8", "output", 1, 1),
        ("w1", "hidden", 0, 0),
    ):
        print(f"{name}+ = {updated[layer]['W'][row, column]:.9f}")


if __name__ == "__main__":
    main()
