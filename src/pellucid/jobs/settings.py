"""All settings of a training as one model: names, values that fit, and help, said once.

Settings come from a TOML file, from options of the command line, and from a stored run; all three are held to this.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, reduce
from operator import or_
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.fields import FieldInfo

from pellucid.data.base.kind import KindOfData
from pellucid.data.kinds import known_kinds
from pellucid.jobs.network_names import NETWORKS


class _Group(BaseModel):
    """Settings that belong together; ``title`` is what help puts above them."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)
    title: ClassVar[str | None] = None


class DataSettings(_Group):
    """What is learnt from, and what; each kind of data adds settings of its own."""

    data: str = Field(
        default="digits",
        description="A data set's name (digits if none is given), a table (- for standard input), or a folder.",
    )
    task: Literal["auto", "classification", "regression", "reconstruction"] = Field(
        default="auto", description="classification, regression or reconstruction; inferred from the data."
    )


class NetworkSettings(_Group):
    """What the network is made of."""

    title: ClassVar[str | None] = "The network"

    network: str | dict[str, Any] | None = Field(
        default=None, description=f"{', '.join(NETWORKS)}: made for the data, which decides if none is given."
    )
    hidden: list[Annotated[int, Field(ge=1)]] | None = Field(
        default=None, description="Units of the hidden layers: 128,64; none for a linear network."
    )
    activation: str | None = Field(default=None, description="relu, tanh, sigmoid, elu, gelu, maxout ...")
    dropout: float | None = Field(
        default=None, ge=0, lt=1, description="Share of numbers left out in training, before layers that have weights."
    )
    code: int | None = Field(default=None, ge=1, description="Numbers in the code of an autoencoder.")
    input_noise: float | None = Field(default=None, gt=0, description="Deviation of the noise on inputs.")
    weight_noise: float | None = Field(default=None, gt=0, description="Deviation of the noise on weights.")
    augment: list[str] | None = None
    """Its help is made from the augmentations of each kind of data."""


class TrainingSettings(_Group):
    """How it is trained."""

    title: ClassVar[str | None] = "How it is trained"

    loss: str | dict[str, Any] | None = Field(
        default=None, description="SoftmaxCrossEntropy, Hinge, MeanSquaredError, Huber ... by the task if not given."
    )
    label_smoothing: float | None = Field(
        default=None, ge=0, lt=1, description="Share of each label given to all classes alike: 0.1."
    )
    optimizer: str | dict[str, Any] = Field(default="adam", description="adam, momentum, rmsprop ...")
    learning_rate: float | None = Field(default=None, gt=0, description="The size of steps.")
    l1: float = Field(default=0.0, ge=0, description="Lambda of the L1 penalty.")
    l2: float = Field(default=0.0, ge=0, description="Lambda of the L2 penalty.")
    mixup: float | None = Field(default=None, gt=0, description="Train on mixtures of two examples: 0.2.")
    max_norm: float | None = Field(default=None, gt=0, description="Longest vector of weights into a unit.")
    clip_norm: float | None = Field(default=None, gt=0, description="Longest gradient.")
    class_weight: Literal["balanced"] | None = Field(default=None, description="balanced: rare classes count more.")
    epochs: int = Field(default=100, ge=1, description="Most passes over the data.")
    batch_size: int | None = Field(default=None, ge=1, description="Examples a step.")
    patience: int = Field(default=20, ge=0, description="Epochs without better validation before stopping; 0: never.")
    monitor: str | None = Field(
        default=None, description="What better means: loss, accuracy, r2, train.loss ... by the network if not given."
    )
    min_delta: float = Field(default=0.0, ge=0, description="By how much an epoch must be better, for patience.")
    generalization_loss: float | None = Field(
        default=None, gt=0, description="Instead of patience: stop when validation is so many % above its best (GL)."
    )
    progress_quotient: float | None = Field(
        default=None, gt=0, description="Instead of patience: stop when that is so much larger than progress (PQ)."
    )
    successive_increases: int | None = Field(
        default=None,
        ge=1,
        description="Instead of patience: stop after so many strips of 5 epochs ended worse (UP).",
    )
    plateau: int | None = Field(
        default=None, ge=1, description="Epochs without better validation before the learning rate is reduced."
    )
    plateau_factor: float = Field(default=0.5, gt=0, lt=1, description="What it is multiplied by then.")
    max_time: str | float | None = Field(default=None, description="How long it may take: 90s, 5m, 1h30m.")
    seed: int = Field(default=0, description="Same seed, same result.")
    engine: Literal["auto", "numpy", "jax"] = Field(default="auto", description="numpy, jax or auto.")
    compute: Literal["bfloat16"] | None = Field(
        default=None, description="bfloat16: in half the bits, on the engine jax."
    )


class WatchSettings(_Group):
    """What is recorded on the way, and what is done again."""

    title: ClassVar[str | None] = "What is watched"

    watch_every: Annotated[int, Field(ge=0)] | Literal["auto"] = Field(
        default="auto",
        description="Record every so many steps how each layer fares: a number, auto, or 0 for never.",
        json_schema_extra={"wanted": "should be a number of steps, 0 or auto"},
    )
    sharpness: bool = Field(default=False, description="Find at times the largest eigenvalue of the Hessian.")
    repeat_changes: str | None = Field(
        default=None, description="A run folder: make the changes again that it was asked for, at the same steps."
    )


class Settings(WatchSettings, TrainingSettings, NetworkSettings, DataSettings):
    """What ``pellucid train`` does; every field is a key of the TOML file and, but for tables, an option.

    ``network`` is the name of one that is made for the data, of sizes that ``hidden``, ``activation`` and ``code``
    may set, with the noise and augmentation asked for; or a whole one, output layer and all, as ``pellucid.spec``
    writes it. ``optimizer`` and ``loss`` are names, or tables with a ``type`` and its fields. ``settings_model`` adds
    what each kind of data takes.
    """

    title: ClassVar[str | None] = None

    def options_of(self, kind: KindOfData[Any]) -> dict[str, Any]:
        """The settings that this kind of data takes."""
        return {name: getattr(self, name) for name in kind.options.model_fields}


def settings_model() -> type[Settings]:
    """Settings with those of every kind of data."""
    return _model(known_kinds())


@cache
def _model(known: tuple[KindOfData[Any], ...]) -> type[Settings]:
    fields = {name: _merged([kind.options.model_fields[name] for kind in takers]) for name, takers in takers_of(known)}
    offered = {kind.what: ", ".join(map(str, kind.augmentations())) for kind in known}
    description = "; ".join(f"{what}: {names}" for what, names in offered.items() if names)
    fields["augment"] = (list[str] | None, Field(default=None, description=f"For {description}."))
    model: type[Settings] = create_model("Settings", __base__=Settings, **fields)
    return model


def takers_of(known: tuple[KindOfData[Any], ...]) -> list[tuple[str, list[KindOfData[Any]]]]:
    """Each setting about data, with the kinds that take it."""
    takers: dict[str, list[KindOfData[Any]]] = {}
    for kind in known:
        for name in kind.options.model_fields:
            takers.setdefault(name, []).append(kind)
    return list(takers.items())


def _merged(fields: list[FieldInfo]) -> Any:
    """A field that takes what any of these takes: each kind of data then looks whether it is what it can use."""
    first = fields[0]
    different = {str(field.annotation): field for field in fields}
    if len(different) == 1 and len({field.description for field in fields}) == 1:
        return first.annotation, first
    whole = "; ".join(dict.fromkeys(str(field.description).removesuffix(".").lower() for field in fields))
    merged = FieldInfo.merge_field_infos(first, description=f"{whole[:1].upper()}{whole[1:]}.")
    return reduce(or_, (field.annotation for field in different.values())), merged


def help_group(name: str) -> str | None:
    """What help puts above a setting: the title of its group; for one of a single kind of data, of that kind."""
    for group in (WatchSettings, TrainingSettings, NetworkSettings, DataSettings):
        if name in group.model_fields:
            return group.title
    takers: Mapping[str, list[KindOfData[Any]]] = dict(takers_of(known_kinds()))
    return takers[name][0].what.capitalize() if len(takers[name]) == 1 else None
