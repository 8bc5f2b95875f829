"""Training on data that is read as it is used: what comes out is what comes out of memory."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from pellucid import (
    Adam,
    Chain,
    ConfigError,
    DataError,
    Dense,
    EarlyStopping,
    GradientDescent,
    MappedArrays,
    MeanSquaredError,
    NonFiniteError,
    OnDisk,
    ReLU,
    SoftmaxCrossEntropy,
    StepsDone,
    fit,
    train_population,
)
from pellucid.train.feed.prefetch import map_ahead
from pellucid.train.feed.streamed import Streamed
from pellucid.trees import flatten

ENGINES = ("numpy", "jax")
NET = Chain(Dense(6), ReLU(), Dense(3))
ROW = 3 * 4  # bytes of an example: two float32, one int32


def blobs(n=203, seed=0):
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 3, n)
    centres = np.array([[0, 2], [2, -1], [-2, -1]])
    return (centres[y] + 0.3 * rng.normal(size=(n, 2))).astype(np.float32), y


class Memory(OnDisk):
    """Arrays that act as if they lay on disk, and count how they are read."""

    def __init__(self, x, y):
        self.x, self.y, self.reads = x, y, []

    @property
    def examples(self):
        return len(self.x)

    def read(self, start, stop):
        self.reads.append((start, stop, threading.current_thread()))
        return self.x[start:stop].copy(), self.y[start:stop].copy()


def same(a, b):
    a, b = flatten(a.params), flatten(b.params)
    return a.keys() == b.keys() and all((a[path] == b[path]).all() for path in a)


def numbers_of(seed, epoch, window_bytes=40 * ROW, n=203, batch=8):
    """The rows in the order in which an epoch takes them, by window."""
    rows = np.arange(n, dtype=np.float32)
    streamed = Streamed(Memory(np.column_stack([rows, rows]), np.zeros(n, int)), window_bytes)
    rng = None if seed is None else np.random.default_rng([seed, epoch])
    return [w.placed.x[w.order, 0].astype(int).tolist() for w in streamed.shards(rng, batch, lambda batch: batch)]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("window", [10**6, 40])
def test_in_order_it_is_training_in_memory_to_the_bit(engine, window, tmp_path):
    """In one window or in several: they hold whole batches."""
    x, y = blobs()
    np.save(tmp_path / "x.npy", x)
    np.save(tmp_path / "y.npy", y)
    how = {"epochs": 3, "batch_size": 8, "shuffle": False, "engine": engine, "seed": 3, "validation": blobs(30, 1)}
    inside = fit(NET, SoftmaxCrossEntropy(), (x, y), **how)
    data = MappedArrays(tmp_path / "x.npy", tmp_path / "y.npy")
    streamed = fit(NET, SoftmaxCrossEntropy(), data, window_bytes=window * ROW, **how)
    assert same(inside, streamed)
    for name, values in inside.history.steps.items():
        assert (values == streamed.history.steps[name]).all()
    assert streamed.history.column("validation", "loss") == inside.history.column("validation", "loss")
    assert streamed.evaluate(data) == pytest.approx(inside.evaluate(x, y), rel=1e-6)


def test_every_example_is_seen_once_an_epoch():
    windows = numbers_of(seed=0, epoch=0)
    assert sorted([row for window in windows for row in window]) == list(range(203))
    assert [len(window) for window in windows] == [40] * 5 + [3]
    assert [len(window) for window in numbers_of(0, 0, window_bytes=1)] == [8] * 25 + [3]  # a batch at least


def test_the_order_depends_on_seed_and_epoch():
    assert numbers_of(0, 0) == numbers_of(0, 0)
    assert numbers_of(0, 0) != numbers_of(0, 1)
    assert numbers_of(0, 0) != numbers_of(1, 0)
    assert [row for window in numbers_of(None, 0) for row in window] == list(range(203))


def test_shuffling_is_by_block_and_within_the_window():
    first = numbers_of(seed=0, epoch=0)[0]
    assert first != sorted(first)
    assert max(first) - min(first) > 100  # blocks from all over
    blocks = {row // 11 for row in first}  # 203 rows in 20 blocks: 11 each
    assert len(blocks) <= 5


def test_never_more_than_two_windows_are_in_memory():
    loaded, released, most = [], [], []

    class Result:
        def __init__(self, item):
            loaded.append(item)
            most.append(len(loaded) - len(released))

        def __del__(self):
            released.append(1)

    for before, _ in enumerate(map_ahead(Result, range(20))):
        assert len(loaded) <= before + 2
    assert loaded == list(range(20))
    assert max(most) <= 3  # two, and for an instant the one that is just let go


def test_reading_goes_on_in_another_thread_while_training_computes():
    data = Memory(*blobs())
    fit(NET, SoftmaxCrossEntropy(), data, epochs=2, batch_size=8, window_bytes=40 * ROW)
    rows = sum(stop - start for start, stop, thread in data.reads if thread is not threading.main_thread())
    assert rows == 2 * 203
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("pellucid")]


@pytest.mark.parametrize("engine", ENGINES)
def test_learns_shuffled_with_a_share_held_out(engine):
    data = Memory(*blobs(600))
    trained = fit(
        NET,
        SoftmaxCrossEntropy(),
        data,
        validation=0.2,
        epochs=60,
        optimizer=Adam(0.02),
        engine=engine,
        window_bytes=100 * ROW,
        early_stopping=EarlyStopping(30),
    )
    assert trained.evaluate(blobs(seed=1))["accuracy"] > 0.99
    assert trained.evaluate(Memory(*blobs(seed=1))) == pytest.approx(trained.evaluate(blobs(seed=1)))
    assert trained.history.column("validation", "accuracy")[-1] > 0.98
    assert len(trained.history.steps["loss"]) == len(trained.history.epochs) * 15  # 480 of 600 in batches of 32


def test_what_is_held_out_is_not_trained_on():
    data = Memory(*blobs())
    train, held = Streamed(data).held_out(0.3, seed=4)
    assert train.examples + held.examples == 203
    assert not set(train.blocks) & set(held.blocks)
    assert held.blocks == Streamed(data).held_out(0.3, seed=4)[1].blocks
    assert held.blocks != Streamed(data).held_out(0.3, seed=5)[1].blocks
    with pytest.raises(DataError, match="1 examples are too few to hold out"):
        fit(NET, SoftmaxCrossEntropy(), Memory(*blobs(1)), validation=0.5)


def test_r2_by_parts_is_r2_of_the_whole():
    x = np.linspace(-1, 1, 2000, dtype=np.float32)[:, None]
    y = 100 + x**2
    trained = fit(Chain(Dense(1)), MeanSquaredError(), (x, y), epochs=1)
    said = trained.outputs(x).astype(np.float64)
    expected = 1 - ((said - y) ** 2).sum() / ((y - y.mean(dtype=np.float64)) ** 2).sum()
    assert trained.evaluate(Memory(x, y))["r2"] == pytest.approx(expected, rel=1e-9)
    parts = Streamed(Memory(x, y), 1024 * 8).parts()
    assert [part.examples for part in parts] == [1024, 976]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_run_goes_on_where_it_was(engine, tmp_path):
    how = {"batch_size": 8, "window_bytes": 40 * ROW, "engine": engine, "validation": 0.2}
    whole = fit(NET, SoftmaxCrossEntropy(), Memory(*blobs()), epochs=4, **how)
    fit(NET, SoftmaxCrossEntropy(), Memory(*blobs()), epochs=2, run=tmp_path / "run", **how)
    resumed = fit(NET, SoftmaxCrossEntropy(), Memory(*blobs()), epochs=4, run=tmp_path / "run", resume=True, **how)
    assert same(whole, resumed)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_step_that_breaks_in_a_later_window_is_named(engine):
    """Rows 100 and on are huge; batches of 8 in windows of 40: row 100 is in the epoch's step 13."""
    x, y = blobs()
    x[100:] *= np.float32(1e36)
    start = fit(NET, SoftmaxCrossEntropy(), (x[:40], y[:40]), epochs=1, engine="numpy")
    start.params["dense_1"]["W"] = start.params["dense_1"]["W"] * 1e4
    how = {"batch_size": 8, "shuffle": False, "engine": engine, "start": start, "optimizer": GradientDescent(1e-6)}
    said = []
    for data in ((x, y), Memory(x, y)):
        with pytest.raises(NonFiniteError, match=r"step 13 \(epoch 1\): the output of layer dense_1") as caught:
            fit(NET, SoftmaxCrossEntropy(), data, window_bytes=40 * ROW, **how)
        said.append(str(caught.value))
    assert said[0] == said[1]


def test_what_ends_training_ends_reading():
    def interrupt(event):
        if isinstance(event, StepsDone) and event.step > 8:
            raise KeyboardInterrupt

    how = {"epochs": 5, "batch_size": 8, "window_bytes": 40 * ROW, "listeners": [interrupt]}
    assert fit(NET, SoftmaxCrossEntropy(), Memory(*blobs()), **how).stopped == "interrupted"
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("pellucid")]


def test_what_goes_wrong_in_reading_is_heard():
    x, y = blobs()
    x[150, 1] = np.nan
    with pytest.raises(DataError, match=r"the data, row 150: x\[1\] is nan"):
        fit(NET, SoftmaxCrossEntropy(), Memory(x, y), batch_size=8, window_bytes=40 * ROW)
    x, y = blobs()
    y[170] = 3
    with pytest.raises(DataError, match=r"the data, row 170: .*3"):
        fit(NET, SoftmaxCrossEntropy(), Memory(x, y), batch_size=8, window_bytes=40 * ROW)

    class Short(Memory):
        def read(self, start, stop):
            return super().read(start, max(start + 1, min(stop, 105)))

    with pytest.raises(DataError, match=r"rows 100 to 109: 5 examples"):
        fit(NET, SoftmaxCrossEntropy(), Short(*blobs(190)), batch_size=8)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("pellucid")]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sample_weight": np.ones(203)}, "in memory"),
        ({"class_weight": "balanced"}, "in memory"),
        ({"window_bytes": 0}, "window_bytes"),
        ({"validation": 1.5}, "validation"),
    ],
)
def test_refuses_what_does_not_go_with_data_on_disk(change, message):
    with pytest.raises(ConfigError, match=message):
        fit(NET, SoftmaxCrossEntropy(), Memory(*blobs()), **change)


def test_a_population_trains_on_data_in_memory():
    with pytest.raises(ConfigError, match="in memory, not on disk"):
        train_population(NET, SoftmaxCrossEntropy(), Memory(*blobs()), sweep={"seed": [0, 1]})
