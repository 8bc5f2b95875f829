"""What a kind of data is: one value that says all that the rest of the system asks about it.

A new kind is a subclass in a room of its own and a line in ``pellucid.data.kinds``; one of a user's own is given to
``register_kind``. Loading settings, training, prediction, ``show`` and ``explain`` then work on it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from pellucid.data.base.layout import GridLayout, Layout
from pellucid.data.base.options import Options
from pellucid.data.base.source import Source
from pellucid.errors import DataError

if TYPE_CHECKING:
    from pellucid.data.base.dataset import Dataset
    from pellucid.data.base.preparation import Preparation
    from pellucid.layer import Layer

KindOptions = TypeVar("KindOptions", bound=Options)


@dataclass(frozen=True)
class Augmentation:
    """A layer that changes each example in training, as ``--augment NAME:NUMBER`` asks for it.

    ``layer`` is what makes it, given the number, where it takes one: then ``number`` is int or float, and ``example``
    one that is usual. It is for inputs of the ``layout`` named.
    """

    name: str
    layer: Callable[..., Layer]
    layout: type[Layout]
    number: type | None = None
    example: str = ""
    cropped: bool = False
    """Whether what comes out is as large as the number says, height and width."""
    covers: bool = False
    """Whether the number is the side of a square, which must be smaller than the image."""

    def __str__(self) -> str:
        return f"{self.name}:{self.example}" if self.number else self.name

    def layout_after(self, layout: Layout, number: Any) -> Layout:
        """What examples look like behind the layer."""
        if not self.cropped or not isinstance(layout, GridLayout):
            return layout
        return GridLayout((number, number, *layout.shape[2:]))


class KindOfData(ABC, Generic[KindOptions]):
    """One kind of data. Everything heavy is imported where it is used: looking at a kind costs nothing."""

    name: ClassVar[str]
    """What messages and stored settings call it: "images"."""
    what: ClassVar[str]
    """What its data are, in the plural: "images"."""
    options: type[KindOptions]
    """The settings it takes."""
    tasks: ClassVar[tuple[str, ...]] = ("auto", "classification")
    """What can be asked of it: "auto", "classification", "regression", "reconstruction"."""
    network: ClassVar[str] = "mlp"
    """The network to take where none is asked for."""
    how: ClassVar[str] = ""
    """What to give so that data that could be of another kind is taken as this one: "name its column of times"."""

    @abstractmethod
    def load(self, source: Source, options: KindOptions, task: str, seed: int) -> Dataset:
        """The data set, split and prepared. Raises DataError for what cannot be read or used."""

    @abstractmethod
    def preparations(self) -> tuple[type[Preparation], ...]:
        """How its data become x: what a run stores, and reads back by its ``kind`` tag."""

    @property
    def endings(self) -> tuple[str, ...]:
        """What its files end in, in a folder: ``(".png", ".jpg")``."""
        return ()

    def holds(self, file: Path) -> bool:
        """Whether a file whose ending is of no kind is of this kind by its content."""
        return False

    def augmentations(self) -> tuple[Augmentation, ...]:
        """The layers that may change its examples in training."""
        return ()

    def recognises(self, source: Source) -> bool:
        """Whether a name or a single file is of this kind; a folder is of the kind that most of its files are of.

        Raises DataError for a single file of a kind that comes in folders.
        """
        if source.path.suffix.lower() in self.endings and not source.path.is_dir():
            raise DataError(
                f"{source.path} is a single file of the kind {self.name!r}: name a folder of class folders of such"
            )
        return False

    def __repr__(self) -> str:
        return f"<kind of data {self.name!r}>"
