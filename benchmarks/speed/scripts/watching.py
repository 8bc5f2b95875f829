"""A training of the mlp with layers watched each tenth step ("ours"), or without ("peer"): its seconds, as JSON."""

import json
import sys

import numpy as np

from pellucid import Adam, Chain, Dense, ReLU, SoftmaxCrossEntropy, fit

STEPS, BATCH, EPOCHS = 100, 128, 5

draw = np.random.default_rng(0)
x = draw.standard_normal((STEPS * BATCH, 784), dtype=np.float32)
y = draw.integers(0, 10, len(x)).astype(np.int32)
model = Chain(Dense(512), ReLU(), Dense(256), ReLU(), Dense(10))
how = {"optimizer": Adam(), "batch_size": BATCH, "engine": "jax", "watch_every": 10 if sys.argv[1] == "ours" else None}
fit(model, SoftmaxCrossEntropy(), (x, y), epochs=1, **how)
trained = fit(model, SoftmaxCrossEntropy(), (x, y), epochs=EPOCHS, **how)
print(json.dumps({"seconds": trained.seconds, "loss": trained.history.epochs[-1]["train"]["loss"]}))
