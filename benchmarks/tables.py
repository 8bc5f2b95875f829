"""The defaults of ``pellucid train`` on tables, beside scikit-learn's multilayer perceptron and boosted trees.

    PELLUCID_DATA=folder python benchmarks/tables.py                      all tables: the section of docs/results.md
    PELLUCID_DATA=folder python benchmarks/tables.py sonar mpg --quick    some of them, one seed
    PELLUCID_DATA=folder python benchmarks/tables.py --choose             by parts of the training rows alone

Each seed cuts a table into five folds, of which each is the test part once; what a network needs for early stopping it
takes from the other four. ``--choose`` is what defaults were chosen by: it cuts the training rows of the first fold
once more, and reads nothing else. Figures are accuracy, or R^2 of amounts; the last line is JSON.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import table_peers
from sklearn.model_selection import KFold, StratifiedKFold
from table_files import TABLES, RawTable

from pellucid.jobs.training_job import prepare_job

FOLDS = 5
MODELS = ("pellucid", *table_peers.PEERS)


def pellucid(table: RawTable, train: np.ndarray, test: np.ndarray, seed: int) -> float:
    """What ``pellucid train train.csv --test test.csv --seed SEED`` says of the test part."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, "train.csv"), Path(folder, "test.csv")]
        for path, rows in zip(paths, (train, test), strict=True):
            with path.open("w", newline="", encoding="utf-8") as file:
                csv.writer(file).writerows([table.columns, *(table.rows[i] for i in rows)])
        options = {"data": str(paths[0]), "test": str(paths[1]), "seed": seed}
        result = prepare_job(options, out=Path(folder, "run")).run()
    return float(result["test"]["r2" if table.amounts else "accuracy"])


def folds(table: RawTable, rows: np.ndarray, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The rows that train and those that test, five times; of classes each in its proportion."""
    kind = KFold if table.amounts else StratifiedKFold
    cut = kind(FOLDS, shuffle=True, random_state=seed)
    for train, test in cut.split(rows, table.target[rows]):
        yield rows[train], rows[test]


def measure(name: str, seeds: list[int], choose: bool, models: list[str]) -> dict[str, list[float]]:
    """The figures of each model, one for each seed and fold, and the seconds that it took, ``seconds``."""
    table = TABLES[name]()
    everything = np.arange(len(table.rows))
    figures: dict[str, list[float]] = {model: [] for model in models}
    seconds = dict.fromkeys(models, 0.0)
    for seed in seeds:
        rows = next(folds(table, everything, seed))[0] if choose else everything
        for train, test in folds(table, rows, seed):
            for model in models:
                begun = time.perf_counter()
                run = pellucid if model == "pellucid" else table_peers.PEERS[model]
                figures[model].append(run(table, train, test, seed))
                seconds[model] += time.perf_counter() - begun
    runs = len(seeds) * FOLDS
    print(name.ljust(12), *(line(model, figures, seconds[model] / runs) for model in models), sep="  ", flush=True)
    return figures


def line(model: str, figures: dict[str, list[float]], seconds: float) -> str:
    """A model's mean and its standard error; of a peer, how much better pellucid is in the same folds."""
    own = np.array(figures[model])
    text = f"{model} {own.mean():.4f} ±{standard_error(own):.4f} ({seconds:.1f} s)"
    if model == "pellucid" or "pellucid" not in figures:
        return text
    gain = np.array(figures["pellucid"]) - own
    return f"{text} {gain.mean():+.4f} ±{standard_error(gain):.4f}"


def standard_error(values: np.ndarray) -> float:
    """Of the mean of these values, taken as independent."""
    return float(values.std(ddof=1) / np.sqrt(len(values)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", help=f"tables: {', '.join(TABLES)}; all if none is named")
    parser.add_argument("--quick", action="store_true", help="one seed in place of three")
    parser.add_argument("--choose", action="store_true", help="cut the training rows of the first fold once more")
    parser.add_argument("--models", default=",".join(MODELS), help="those to run, with commas between them")
    given = parser.parse_args()
    seeds = [0] if given.quick else [0, 1, 2]
    names = given.names or list(TABLES)
    print(json.dumps({name: measure(name, seeds, given.choose, given.models.split(",")) for name in names}))


if __name__ == "__main__":
    main()
