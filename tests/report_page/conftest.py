"""Runs of every kind, small and trained once, with the evidence that their reports are made from."""

from __future__ import annotations

import numpy as np
import pytest
import soundfile
from PIL import Image

from pellucid.jobs.training_job import prepare_job
from pellucid.report_page.evidence import Evidence
from pellucid.runtime.deadline import Deadline

HOSTILE = "<script>alert('x')</script>&\""


class Trained:
    """A job that was run, in ``path``, with its ``result``; ``evidence`` is made anew each time."""

    def __init__(self, folder, **options):
        options = {"epochs": 2, "hidden": [4], "engine": "numpy", **options}
        self.job = prepare_job(options, out=folder / "run", command="pellucid train it")
        self.result = self.job.run()
        self.path = folder / "run"

    def evidence(self, seconds=0.0):
        """The evidence of the run, with so much time for what may be left out."""
        return Evidence(self.path, Deadline(seconds), self.job.dataset)


@pytest.fixture(scope="session")
def iris(tmp_path_factory):
    return Trained(tmp_path_factory.mktemp("iris"), data="iris", epochs=6, watch_every=2, learning_rate=0.05)


@pytest.fixture(scope="session")
def prices(tmp_path_factory):
    """Amounts of one column, with a column of words, missing cells and a hostile name."""
    folder = tmp_path_factory.mktemp("prices")
    rng = np.random.default_rng(0)
    name = HOSTILE.replace('"', '""')
    lines = [f'size,"{name}",town,price']
    for i in range(120):
        size, town = rng.uniform(1, 9), ["<b>east</b>", "west"][i % 2]
        lines.append(f"{'' if i % 12 == 5 else f'{size:.2f}'},{rng.normal():.3f},{town},{10 + 3 * size:.2f}")
    (folder / "prices.csv").write_text("\n".join(lines) + "\n")
    return Trained(folder, data=str(folder / "prices.csv"), target="price", epochs=30, learning_rate=0.05)


@pytest.fixture(scope="session")
def labels(tmp_path_factory):
    folder = tmp_path_factory.mktemp("labels")
    a, b = np.random.default_rng(0).normal(size=(2, 120))
    lines = [
        f"{x:.3f},{y:.3f},{'yes' if x > 0 else 'no'},{'yes' if y > 0.5 else 'no'}" for x, y in zip(a, b, strict=True)
    ]
    (folder / "labels.csv").write_text("\n".join(["a,b,wet,cold", *lines]) + "\n")
    return Trained(folder, data=str(folder / "labels.csv"), target="wet,cold")


@pytest.fixture(scope="session")
def week(tmp_path_factory):
    folder = tmp_path_factory.mktemp("week")
    lines = [f"{i},{10 + 5 * np.sin(i / 7 * 6.28):.2f},{i % 3}" for i in range(120)]
    (folder / "week.csv").write_text("\n".join(["time,sold,rain", *lines]) + "\n")
    options = {"time": "time", "target": "sold", "window": 7, "horizon": 3, "network": "linear", "hidden": None}
    return Trained(folder, data=str(folder / "week.csv"), **options)


@pytest.fixture(scope="session")
def autoencoder(tmp_path_factory):
    return Trained(tmp_path_factory.mktemp("auto"), data="digits", network="autoencoder", epochs=1)


def _picture(file, k, i):
    pixels = np.random.default_rng(i).integers(0, 60, (6, 6)) + 150 * k
    Image.fromarray(pixels.astype(np.uint8)).save(file)


def _text(file, k, i):
    file.write_text(f"{'good <b>fine</b> day' if k else 'bad awful rain'} {'so ' * (i % 3)}", encoding="utf-8")


def _sound(file, k, i):
    soundfile.write(file, 0.5 * np.sin(2 * np.pi * (300 + 900 * k) * np.arange(1600) / 8000 + i), 8000)


def _collection(folder, write, ending, **options):
    for k, name in enumerate(("one", "<i>two</i>")):
        (folder / "data" / name.replace("/", "∕")).mkdir(parents=True)
        for i in range(10):
            write(folder / "data" / name.replace("/", "∕") / f"{i}{ending}", k, i)
    return Trained(folder, data=str(folder / "data"), **options)


@pytest.fixture(scope="session")
def pictures(tmp_path_factory):
    return _collection(tmp_path_factory.mktemp("pictures"), _picture, ".png")


@pytest.fixture(scope="session")
def texts(tmp_path_factory):
    return _collection(tmp_path_factory.mktemp("texts"), _text, ".txt")


@pytest.fixture(scope="session")
def sounds(tmp_path_factory):
    return _collection(tmp_path_factory.mktemp("sounds"), _sound, ".wav")
