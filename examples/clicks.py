"""Who clicks? Numbers, and categories of very many values as embeddings: known ones by frequency, or all by hashing.

Reads a part of the Criteo sample from $PELLUCID_DATA if it is there; else draws visits to sites.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from pellucid import (
    AdamW,
    Chain,
    Dense,
    Dropout,
    EarlyStopping,
    Embedding,
    Flatten,
    He,
    Identity,
    Join,
    Parallel,
    ReLU,
    SigmoidCrossEntropy,
    Table,
    dataset_from_clicks,
    fit,
    read_table,
)

ROWS = 3000


def visits() -> Table:
    """The first rows of the real sample, or drawn ones: a click depends on the site, and on how often one was there."""
    real = Path(os.environ.get("PELLUCID_DATA", ""), "criteo8k", "train.csv")
    if real.is_file():
        table = read_table(real, header=False)
        return replace(table, frame=table.frame[:ROWS], lines=table.lines[:ROWS], target=table.columns[0])
    rng = np.random.default_rng(0)
    site, shown = rng.zipf(1.5, ROWS) % 500, rng.poisson(5.0, ROWS)
    liked = rng.normal(0.0, 2.0, 500)[site] - 0.3 * (shown - 5)
    click = rng.random(ROWS) < 1 / (1 + np.exp(-liked))
    rows = ["click,shown,site"]
    rows += [f"{int(c)},{'' if rng.random() < 0.1 else n},site-{s}" for c, n, s in zip(click, shown, site, strict=True)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "visits.csv")
        path.write_text("\n".join(rows), encoding="utf-8")
        return read_table(path, "click")


def main() -> None:
    table = visits()
    for embed in ("frequent", "hash"):
        data = dataset_from_clicks(table, embed=embed, buckets=200, log=True)
        vocabulary = data.preprocessing.vocabulary
        model = Chain(
            Parallel(numbers=Identity(), categories=Chain(Embedding(vocabulary, 8), Flatten(), Dropout(0.5))),
            Join(),
            Dense(32, weight=He()),
            ReLU(),
            Dropout(0.5),
            Dense(1),
        )
        trained = fit(
            model,
            SigmoidCrossEntropy(),
            data,
            optimizer=AdamW(0.001, weight_decay=1.0),
            epochs=40,
            early_stopping=EarlyStopping(patience=5),
        )
        share = data.train.y.mean()
        rate = np.log([1 - share, share])[data.test.y]
        print(f"{embed}: {vocabulary} ids, log-loss {trained.evaluate(data.test)['loss']:.4f}", end=", ")
        print(f"by the rate of clicks alone {-rate.mean():.4f}")


if __name__ == "__main__":
    main()
