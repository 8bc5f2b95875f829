"""``augment = ["flip", "crop:24"]``: layers before the network that change each example in training."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pellucid.combinators import Chain, WeightNoise
from pellucid.data import Dataset
from pellucid.data.base.kind import Augmentation
from pellucid.data.base.layout import GridLayout, Layout, RowLayout
from pellucid.data.kinds import kind_of, known_kinds
from pellucid.errors import ConfigError, UnknownNameError
from pellucid.layer import Layer
from pellucid.layers import Flatten, GaussianNoise, Reshape


def augmentation_layers(names: list[str], dataset: Dataset) -> tuple[tuple[Layer, ...], Dataset]:
    """The layers of these names, from ``dataset``'s rows on, and the data set as it looks behind them.

    Images come out as images (B, H, W, C). Raises UnknownNameError for a name that is not there, ConfigError for a
    number that is not one, for a layer that inputs of this layout have no use for, for a crop larger than the image,
    a cutout as large as it, and where inputs are the targets too.
    """
    if dataset.task == "reconstruction":
        raise ConfigError(
            "augment changes inputs, which reconstruction is to return as they were: take input_noise instead"
        )
    layout = dataset.layout
    if not isinstance(layout, (GridLayout, RowLayout)):
        kind = kind_of(dataset.preprocessing)
        raise ConfigError(f"augment is for images and plain tables, not for {kind.what}: leave it out")
    layers: list[Layer] = []
    for word in names:
        layer, number, augmentation = _layer(word, dataset)
        layers.append(layer)
        layout = augmentation.layout_after(layout, number)
    if isinstance(dataset.layout, GridLayout):
        layers.insert(0, Reshape((dataset.layout.height, dataset.layout.width, dataset.layout.channels)))
    return tuple(layers), replace(dataset, layout=layout)


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


def _layer(word: str, dataset: Dataset) -> tuple[Layer, Any, Augmentation]:
    name, _, text = word.partition(":")
    known = {augmentation.name: augmentation for kind in known_kinds() for augmentation in kind.augmentations()}
    if name not in known:
        raise UnknownNameError("augmentation", name, list(known))
    augmentation = known[name]
    if not isinstance(dataset.layout, augmentation.layout):
        fitting = ", ".join(other.name for other in known.values() if isinstance(dataset.layout, other.layout))
        what = "a table" if isinstance(dataset.layout, RowLayout) else "images"
        raise ConfigError(f"augment: {dataset.name} is {what}, which {name!r} is not for: take {fitting}")
    if augmentation.number is None:
        if text:
            raise ConfigError(f"augment: {name} takes no number: write {name}, not {word!r}")
        return augmentation.layer(), None, augmentation
    try:
        number = augmentation.number(text)
        layer = augmentation.layer(number)
    except ValueError as error:
        why = f"{error}: " if isinstance(error, ConfigError) else ""
        raise ConfigError(f"augment: {why}write {augmentation}, not {word!r}") from None
    _check_size(word, augmentation, number, dataset.layout, dataset.name)
    return layer, number, augmentation


def _check_size(word: str, augmentation: Augmentation, number: Any, layout: Layout, name: str) -> None:
    """Raise ConfigError for a crop larger than the images, and for a square that covers them."""
    if not isinstance(layout, GridLayout):
        return
    size = f"{layout.height}x{layout.width}"
    if augmentation.covers and number >= max(layout.height, layout.width):
        raise ConfigError(f"augment: {word} is as large as the images of {name}, {size}: take a smaller one")
    if augmentation.cropped and number > min(layout.height, layout.width):
        raise ConfigError(f"augment: {word} is larger than the images of {name}, {size}: take a smaller one")
