"""Which signs the playground shows in trainings that go well and in some that go wrong.

``python -m benchmarks.playground_signs`` trains each setting for 200 epochs from two seeds, looks every 20 epochs, and
prints its warnings, of 20 looks.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from pellucid.playground.data.play_data import make_data
from pellucid.playground.network import make_network
from pellucid.playground.signs import SignWatch
from pellucid.playground.state import DataState, LayerState, NetworkState
from pellucid.playground.training import Training

Setting = tuple[dict[str, Any], dict[str, Any]]

SEEDS, LOOKS, EPOCHS = 2, 10, 20


def units(*counts: int, activation: str = "tanh") -> list[LayerState]:
    """Hidden layers of one activation."""
    return [LayerState(units=count, activation=activation) for count in counts]  # type: ignore[arg-type]


GOOD: dict[str, Setting] = {
    "circle": ({}, {}),
    "xor": ({"name": "xor"}, {}),
    "gauss": ({"name": "gauss"}, {}),
    "spiral": ({"name": "spiral"}, {"layers": units(8, 8), "optimizer": "adam", "learning_rate": 0.01}),
    "moons": (
        {"name": "moons"},
        {"layers": units(8, 8, activation="relu"), "initializer": "he", "learning_rate": 0.1},
    ),
    "rings": ({"name": "rings"}, {"layers": units(8, activation="sigmoid"), "learning_rate": 0.3}),
    "noise 30": ({"noise": 30}, {}),
    "gauss, noise 50": ({"name": "gauss", "noise": 50}, {}),
    "four classes": ({"name": "blobs", "classes": 4}, {}),
    "plane": ({"problem": "regression", "name": "plane"}, {}),
    "hills": ({"problem": "regression", "name": "hills"}, {"layers": units(8, 8)}),
    "squared error": ({}, {"loss": "squared"}),
    "hinge": ({}, {"loss": "hinge"}),
    "momentum": ({}, {"optimizer": "momentum", "learning_rate": 0.01}),
    "adam": ({}, {"optimizer": "adam", "learning_rate": 0.03}),
    "rmsprop": ({}, {"optimizer": "rmsprop", "learning_rate": 0.01}),
    "rate 0.3": ({}, {"learning_rate": 0.3}),
    "full batch": ({}, {"batch_size": 500, "learning_rate": 0.3}),
    "dropout": ({}, {"layers": units(8, 8), "dropout": 0.2}),
    "l2": ({}, {"penalty": "l2", "penalty_rate": 0.001}),
    "deep relu": (
        {},
        {
            "layers": units(6, 6, 6, 6, activation="relu"),
            "initializer": "he",
            "optimizer": "adam",
            "learning_rate": 0.01,
        },
    ),
}
BAD: dict[str, Setting] = {
    "rate 10": ({}, {"learning_rate": 10}),
    "rate 1, l2 0.5": ({}, {"learning_rate": 1, "penalty": "l2", "penalty_rate": 0.5}),
    "zeros": ({}, {"initializer": "zeros"}),
    "deep sigmoid": ({"name": "xor"}, {"layers": units(4, 4, 4, 4, 4, 4, activation="sigmoid")}),
    "relu, rate 3": ({}, {"layers": units(4, 2, activation="relu"), "learning_rate": 3}),
    "stretched": ({"stretch": 100}, {}),
    "too few points": (
        {"count": 40, "noise": 40, "name": "moons"},
        {"layers": units(8, 8, 8), "optimizer": "adam", "learning_rate": 0.01},
    ),
    "very large": ({}, {"layers": units(8, 8), "initializer": "large"}),
    "above the limit": (
        {"problem": "regression", "name": "plane"},
        {"layers": [], "batch_size": 600, "learning_rate": 0.2},
    ),
    "momentum, rate 1": ({}, {"optimizer": "momentum", "learning_rate": 1}),
    "infinite": (
        {"problem": "regression", "name": "hills", "stretch": 100},
        {"learning_rate": 3, "layers": units(8, activation="relu")},
    ),
}


def warnings_of(setting: Setting) -> tuple[Counter[str], int]:
    """How many looks found each sign to be a warning, and how many found any."""
    found: Counter[str] = Counter()
    looks = 0
    for seed in range(SEEDS):
        data, network = setting
        training = Training(make_network(NetworkState(**network, seed=seed), make_data(DataState(**data, seed=seed))))
        watch = SignWatch(training)
        for look in range(1, LOOKS + 1):
            while training.can_go_on and training.progress.epoch < look * EPOCHS:
                training.advance(1_000)
            names = {sign["sign"] for sign in watch.signs(running=False) if sign["level"] == "warning"}
            found.update(names)
            looks += bool(names)
    return found, looks


def main() -> None:
    """The table."""
    for title, settings in (("train well", GOOD), ("go wrong", BAD)):
        looks = 0
        print(f"settings that {title}: warnings of {SEEDS * LOOKS} looks")
        for name, setting in settings.items():
            found, some = warnings_of(setting)
            looks += some
            print(f"  {name:18} {', '.join(f'{sign} {count}' for sign, count in found.most_common()) or '-'}")
        print(f"  looks with a warning: {looks} of {len(settings) * SEEDS * LOOKS}\n")


if __name__ == "__main__":
    main()
