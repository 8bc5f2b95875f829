"""Iris on pellucid, from nothing to a trained network."""

from pellucid import Adam, Chain, Dense, ReLU, SoftmaxCrossEntropy, fit, load_dataset

data = load_dataset("iris")
model = Chain(Dense(16), ReLU(), Dense(3))
trained = fit(model, SoftmaxCrossEntropy(), data.train, optimizer=Adam(0.01), epochs=100, batch_size=32)
print(trained.evaluate(data.test)["accuracy"])
