"""``--augment flip,crop:24``: layers before the network that change each example in training."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pellucid.combinators import Chain, WeightNoise
from pellucid.data import Dataset
from pellucid.errors import ConfigError, UnknownNameError
from pellucid.layer import Layer
from pellucid.layers import (
    Cutout,
    Flatten,
    GaussianNoise,
    RandomBrightness,
    RandomCrop,
    RandomFlip,
    RandomRotation,
    RandomShift,
    Reshape,
    SwapNoise,
)

FLIPS: dict[str, Layer] = {
    "flip": RandomFlip(),
    "flip-vertical": RandomFlip(horizontal=False, vertical=True),
}
"""Those that take no number."""

OF_IMAGES: dict[str, tuple[Callable[[Any], Layer], type, str]] = {
    "crop": (lambda n: RandomCrop(n, n), int, "24"),
    "shift": (RandomShift, int, "2"),
    "rotate": (RandomRotation, float, "10"),
    "brightness": (RandomBrightness, float, "0.2"),
    "cutout": (Cutout, int, "8"),
}
"""Those that take a number: what makes the layer, what kind of number, and an example of one."""

OF_TABLES: dict[str, tuple[Callable[[Any], Layer], type, str]] = {"swap": (SwapNoise, float, "0.1")}
"""The same for rows of a table."""


def augmentation(asked: list[str], dataset: Dataset) -> tuple[Layer, ...]:
    """The layers asked for, from ``dataset``'s rows on; images come out as images (B, H, W, C).

    Raises UnknownNameError for a name that is not there, ConfigError for a number that is not one, for images' layers
    on a table and the other way round, for a crop larger than the image, a cutout as large as it, and where
    inputs are the targets too.
    """
    layers = tuple(_layer(word, dataset) for word in asked)
    if dataset.task == "reconstruction":
        raise ConfigError(
            "augment changes inputs, which reconstruction is to give back as they were: take input_noise instead"
        )
    if dataset.preprocessing.kind in ("series", "clicks"):
        raise ConfigError(f"augment is for images and plain tables, not for {dataset.preprocessing.kind}: leave it out")
    if dataset.image_shape is None:
        return layers
    height, width, *colours = dataset.image_shape
    return Reshape((height, width, *(colours or [1]))), *layers


def seen_through(layers: tuple[Layer, ...], dataset: Dataset) -> Dataset:
    """The data set as it is after these layers: cropped images are smaller."""
    for layer in layers:
        if isinstance(layer, RandomCrop):
            colours = (dataset.image_shape or ())[2:]
            dataset = replace(dataset, image_shape=(layer.height, layer.width, *colours))
    return dataset


def put_before(layers: tuple[Layer, ...], model: Layer) -> Layer:
    """``layers``, and after them those of ``model``, whose names stay as they are where they were given."""
    inside, names = (model.layers, model.names) if type(model) is Chain else ((model,), ())
    if layers and isinstance(layers[0], Reshape) and not isinstance(inside[0], Reshape):
        layers = (*layers, Flatten())
    given = names if Chain(*inside).names != names else None
    return Chain(*layers, *inside, names=given and (*Chain(*layers).names, *given))


def with_noise(model: Layer, inputs: float | None, weights: float | None) -> Layer:
    """The network with noise on its inputs and on its weights, where asked for."""
    if inputs is not None:
        model = put_before((GaussianNoise(inputs),), model)
    if weights is not None and type(model) is Chain:
        return WeightNoise(*model.layers, names=model.names, deviation=weights)
    return model if weights is None else WeightNoise(model, deviation=weights)


def _layer(word: str, dataset: Dataset) -> Layer:
    name, _, text = word.partition(":")
    numbered = {**OF_IMAGES, **OF_TABLES}
    if name not in FLIPS and name not in numbered:
        raise UnknownNameError("augmentation", name, (*FLIPS, *numbered))
    if (name in OF_TABLES) != (dataset.image_shape is None):
        fitting, kind = (OF_TABLES, "a table") if dataset.image_shape is None else ((*FLIPS, *OF_IMAGES), "images")
        raise ConfigError(f"augment: {dataset.name} is {kind}, which {name!r} is not for: take {', '.join(fitting)}")
    if name in FLIPS:
        if text:
            raise ConfigError(f"augment: {name} takes no number: write {name}, not {word!r}")
        return FLIPS[name]
    make, kind_of_number, example = numbered[name]
    try:
        layer = make(kind_of_number(text))
    except ValueError as error:
        why = f"{error}: " if isinstance(error, ConfigError) else ""
        raise ConfigError(f"augment: {why}write {name}:{example}, not {word!r}") from None
    space = (dataset.image_shape or ())[:2]
    size = "x".join(map(str, space))
    if isinstance(layer, Cutout) and layer.size >= max(space):
        raise ConfigError(f"augment: {word} is as large as the images of {dataset.name}, {size}: take a smaller one")
    if isinstance(layer, RandomCrop) and layer.height > min(space):
        raise ConfigError(f"augment: {word} is larger than the images of {dataset.name}, {size}: take a smaller one")
    return layer
