"""A series foretold, and clicks on advertisements; alone, the networks of 2 to 6 layers side by side over 10 seeds.

    python benchmarks/series_and_clicks.py

Needs the data sets, in the folder that PELLUCID_DATA names.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from pellucid import (
    AdamW,
    Chain,
    CosineDecay,
    Dataset,
    Dense,
    Dropout,
    EarlyStopping,
    Embedding,
    Flatten,
    FromLast,
    He,
    Identity,
    Join,
    MeanSquaredError,
    Parallel,
    Permute,
    Population,
    ReLU,
    SigmoidCrossEntropy,
    SmallNormal,
    Table,
    dataset_from_clicks,
    dataset_from_series,
    fit,
    read_series,
    read_table,
    train_population,
)
from pellucid.data.files.fetch import FOLDER


def file_of(name: str, file: str) -> Path:
    return Path(os.environ[FOLDER], name, file)


def etth1(seed: int) -> float:
    """ETTh1, all 7 series, window 512, horizon 96, a linear map over time: mean squared error of the test part."""
    series = read_series(file_of("etth1", "ETTh1.csv"), "date")
    data = dataset_from_series(series, window=512, horizon=96, ends=(8640, 11520, 14400))
    epochs, batch = 15, 64
    steps = epochs * -(-len(data.train) // batch)
    trained = fit(
        FromLast(Permute((2, 1)), Dropout(0.2), Dense(96), Permute((2, 1))),
        MeanSquaredError(),
        data,
        optimizer=AdamW(CosineDecay(0.001, steps), weight_decay=1.0),
        epochs=epochs,
        batch_size=batch,
        early_stopping=EarlyStopping(patience=epochs),
        seed=seed,
    )
    errors = {}
    for name, part in (("validation", data.validation), ("test", data.test)):
        off = trained.outputs(part.x) - part.y
        errors[name] = float(np.mean(off**2))
        print(f"    {name}: MSE {errors[name]:.4f}, MAE {np.abs(off).mean():.4f}, {len(part):,} windows")
    return errors["test"]


COUNTS = tuple(f"I{i}" for i in range(1, 14))
CATEGORIES = tuple(f"C{i}" for i in range(1, 27))


def criteo_table(part: str) -> Table:
    """A part of the sample, whose files have no header."""
    table = read_table(file_of("criteo8k", f"{part}.csv"), header=False)
    names = dict(zip(table.columns, ("click", *COUNTS, *CATEGORIES), strict=True))
    return replace(table, frame=table.frame.rename(names), target="click")


@cache
def criteo_data() -> Dataset:
    train, validation, test = map(criteo_table, ("train", "dev", "test"))
    return dataset_from_clicks(train, log=True, categorical=CATEGORIES, validation=validation, test=test)


def click_network(vocabulary: int, layers: int) -> Chain:
    """So many fully connected layers, the last of them the output, over numbers and embedded categories."""
    hidden = [layer for _ in range(layers - 1) for layer in (Dense(128, weight=He()), ReLU(), Dropout(0.5))]
    embedded = Chain(Embedding(vocabulary, 16, weight=SmallNormal(0.02)), Flatten(), Dropout(0.5))
    return Chain(Parallel(numbers=Identity(), categories=embedded), Join(), *hidden, Dense(1))


def train_clicks(layers: int, seeds: range) -> Population:
    data = criteo_data()
    return train_population(
        click_network(data.preprocessing.vocabulary, layers),
        SigmoidCrossEntropy(),
        data,
        sweep={"seed": seeds},
        optimizer=AdamW(0.001, weight_decay=2.0),
        epochs=30,
        batch_size=128,
        early_stopping=EarlyStopping(patience=5),
    )


def criteo(seed: int) -> float:
    """Criteo sample, embeddings and 2 fully connected layers: log-loss of the test part over logistic regression's."""
    data = criteo_data()
    (member,) = train_clicks(2, range(seed, seed + 1))
    found = [member.trained.evaluate(part)["loss"] for part in (data.validation, data.test)]
    linear = [logistic_regression(part) for part in ("validation", "test")]
    print(
        f"    validation {found[0]:.4f}, logistic regression {linear[0]:.4f}; test {found[1]:.4f} and {linear[1]:.4f}"
    )
    return found[1] / linear[1]


@cache
def logistic_regression(part: str) -> float:
    """Log-loss of scikit-learn's logistic regression on the same numbers and ids, its C chosen on validation."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import log_loss
    from sklearn.preprocessing import OneHotEncoder

    data = criteo_data()
    one_hot = OneHotEncoder(handle_unknown="ignore").fit(data.train.x["categories"])

    def loss(model: LogisticRegression, name: str) -> float:
        return float(log_loss(getattr(data, name).y, model.predict_proba(features(name))[:, 1]))

    def features(name: str) -> csr_matrix:
        x = getattr(data, name).x
        return hstack([csr_matrix(x["numbers"]), one_hot.transform(x["categories"])]).tocsr()

    candidates = [
        LogisticRegression(C=c, max_iter=2000).fit(features("train"), data.train.y)
        for c in (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
    ]
    return loss(min(candidates, key=lambda model: loss(model, "validation")), part)


def compare_depths() -> None:
    """Networks of 2, 3, 4, 5 and 6 layers, 10 seeds each: validation and test log-loss, the median of the seeds.

    "Together" is the log-loss of the mean of the ten networks' probabilities.
    """
    data = criteo_data()
    linear = {part: logistic_regression(part) for part in ("validation", "test")}
    print(f"logistic regression: validation {linear['validation']:.4f}, test {linear['test']:.4f}")
    print("| layers | validation | test | lowest | highest | below logistic regression | together | seconds |")
    print("|---|---|---|---|---|---|---|---|")
    for layers in range(2, 7):
        population = train_clicks(layers, range(10))
        held = np.median([member.trained.evaluate(data.validation)["loss"] for member in population])
        test = np.array([member.trained.evaluate(data.test)["loss"] for member in population])
        said = np.mean([member.trained.predict(data.test.x)[:, 0] for member in population], axis=0)
        together = -np.log(np.where(data.test.y == 1, said, 1 - said)).mean()
        below = int((test < linear["test"]).sum())
        print(
            f"| {layers} | {held:.4f} | {np.median(test):.4f} | {test.min():.4f} | {test.max():.4f} "
            f"| {below} of 10 | {together:.4f} | {population.seconds:.1f} |",
            flush=True,
        )


if __name__ == "__main__":
    compare_depths()
