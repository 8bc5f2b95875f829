"""The data sets that have a name."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pellucid import validate
from pellucid.data.base.dataset import Dataset, Split
from pellucid.data.base.layout import GridLayout
from pellucid.data.base.splits import split
from pellucid.data.base.targets import ClassTarget, NumberTarget
from pellucid.data.catalog import mnist, scikit_learn, toys
from pellucid.data.catalog.raw import RawData
from pellucid.data.catalog.sms_spam import sms_spam
from pellucid.data.catalog.spoken_digits import spoken_digits
from pellucid.data.preparation.plan import StepChoice
from pellucid.data.preparation.scaling import Scaling
from pellucid.data.tables.preparation import Preprocessing
from pellucid.errors import ConfigError, UnknownNameError

FIXED: dict[str, Callable[[], RawData]] = {
    "digits": scikit_learn.digits,
    "iris": scikit_learn.iris,
    "wine": scikit_learn.wine,
    "breast-cancer": scikit_learn.breast_cancer,
    "diabetes": scikit_learn.diabetes,
    "mnist": mnist.mnist,
    "fashion-mnist": mnist.fashion_mnist,
}

DRAWN: dict[str, tuple[Callable[[int, float, int], RawData], float]] = {
    "moons": (toys.moons, 0.2),
    "circles": (toys.circles, 0.1),
    "spirals": (toys.spirals, 0.03),
    "xor": (toys.xor, 0.1),
    "gauss": (toys.gauss, 0.8),
}
"""How to draw the points of each toy set, and the noise it has unless told otherwise."""

PREPARED: dict[str, Callable[[int], Dataset]] = {"sms-spam": sms_spam, "spoken-digits": spoken_digits}
"""Sets of texts and sounds, made numbers by what is made for their kind."""

POINTS = 1000

DATASETS = (*FIXED, *DRAWN, *PREPARED)
"""The names that ``load_dataset`` knows."""


def load_dataset(
    name: str,
    seed: int = 0,
    *,
    n: int | None = None,
    noise: float | None = None,
    standardise: bool | None = None,
    prepare: StepChoice | str = "auto",
) -> Dataset:
    """The data set of that name, split into training, validation and test, and prepared.

    Args:
        name: one of ``DATASETS``.
        seed: draws the points of toy sets and, stratified, the parts of sets that have no official ones.
        n: how many points of a toy set; None is 1,000.
        noise: that of a toy set; None is the usual one of the set.
        standardise: short for ``prepare``: True is "normalise", False "raw".
        prepare: the step that prepares inputs, "raw" to "whiten", or a ``StepChoice``. "auto" is "normalise", which
            scales each column to mean 0 and standard deviation 1 (all pixels of images together), but for MNIST and
            Fashion-MNIST "raw", which leaves numbers as they are, pixels between 0 and 1.

    Returns:
        The data set.

    Raises:
        UnknownNameError: for another name.
        ConfigError: for a seed, n or noise that cannot be, and for options that the set does not take.
        DataError: where its files cannot be had.
    """
    validate.whole("load_dataset", "seed", seed)
    if name in PREPARED:
        if n is not None or noise is not None or standardise is not None:
            raise ConfigError(f"{name} has fixed examples and steps of its own: leave n, noise and standardise out")
        return PREPARED[name](seed)
    source = _source(name, seed, n, noise)
    labels = source.y if source.classes else None
    parts = source.parts or split(len(source.y), seed=seed, stratify=labels)
    prepare = StepChoice.of(_step_choice(prepare, standardise), "normalise" if source.parts is None else "raw")
    scaling = _scaling(source, parts[0], prepare)
    rotation = prepare.rotation(scaling.apply(source.x[parts[0]])) if prepare.rotates else None
    notes = (prepare.advice("images" if source.pixels else "tables"), *(rotation.notes if rotation else ()))
    target, y = _target(source, parts[0])
    preprocessing = Preprocessing(scaling, (), target, notes=notes, rotation=rotation)
    whole = Split(preprocessing.prepare_numbers(source.x), y)
    train, validation, test = (whole.take(rows) for rows in parts)
    is_image = rotation is None or rotation.keeps_columns
    layout = GridLayout(source.image_shape) if source.image_shape and is_image else preprocessing.layout
    return Dataset(name, train, validation, test, preprocessing, notes, layout)


def _step_choice(prepare: StepChoice | str, standardise: bool | None) -> StepChoice | str:
    if standardise is None:
        return prepare
    if prepare != "auto":
        raise ConfigError(f"standardise={standardise} and prepare={prepare!r} say the same thing: give one of them")
    return "normalise" if standardise else "raw"


def _source(name: str, seed: int, n: int | None, noise: float | None) -> RawData:
    if name in FIXED:
        if n is not None or noise is not None:
            raise ConfigError(f"{name} has fixed examples: leave n and noise out; they are for {', '.join(DRAWN)}")
        return FIXED[name]()
    if name not in DRAWN:
        raise UnknownNameError("data set", name, DATASETS)
    draw, usual = DRAWN[name]
    n, noise = POINTS if n is None else n, usual if noise is None else noise
    validate.positive_int(name, "n", n)
    validate.non_negative(name, "noise", noise)
    return draw(n, noise, seed)


def _target(source: RawData, rows: np.ndarray) -> tuple[ClassTarget | NumberTarget, np.ndarray]:
    if source.classes:
        return ClassTarget(source.target, source.classes), source.y.astype(np.int32)
    amounts = NumberTarget.fit(source.target, source.y[rows])
    return amounts, amounts.encode(source.y)


def _scaling(source: RawData, rows: np.ndarray, prepare: StepChoice) -> Scaling:
    if not source.pixels:
        return prepare.scaling(Scaling.fit(source.features, source.x[rows]))
    if prepare.step == "raw":
        return Scaling.uniform(source.features, 0.0, source.pixels)
    pixels = source.x[rows]
    shared = Scaling.uniform(source.features, float(pixels.mean()), float(pixels.std()))
    return prepare.scaling(shared, source.pixels)
