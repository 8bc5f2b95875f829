"""Data: from a file to the numbers that a network trains on.

=================  ====================================================================================================
room               what happens there, in the order of the way of a file
=================  ====================================================================================================
``files``          bytes become cells, arrays, lists of files: encoding, header, delimited text, Parquet, idx, folders
``preparation``    columns of numbers are centred, scaled, decorrelated, whitened; ``StepChoice`` says which
``streaming``      data larger than memory, ``OnDisk``, is read a stretch at a time
``base``           what all kinds share: ``Dataset``, ``Preparation``, targets, the split into three parts
``tables``         ``read_table`` -> ``Table`` -> ``dataset_from_table``; ``tables/preparation.py`` makes cells numbers
``text``           files or a column of texts -> ``dataset_from_texts``: sequences of terms, or their weights
``images``         files or arrays of images -> ``dataset_from_images``: rows of pixels
``sound``          recordings -> ``dataset_from_sounds``: spectrograms
``series``         ``read_series`` -> ``Series`` -> ``dataset_from_series``: windows of the past and what came after
``catalog``        data sets that have a name: ``load_dataset("iris")``
``kinds``          the list of kinds: which one a path holds, which one a stored preparation is of
=================  ====================================================================================================

Each kind's room holds ``files`` (reading), ``preparation`` (examples become x; fitted on training rows, stored with a
run, applied to later data), ``dataset`` (parts, targets, notes) and ``kind`` (its options, and what it recognises).
``arrays`` checks the arrays that users hand in.
A room imports only rooms above it in this table. A name from here opens its module when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pellucid.data.arrays import check_arrays as check_arrays
    from pellucid.data.arrays import check_finite as check_finite
    from pellucid.data.base.dataset import Dataset as Dataset
    from pellucid.data.base.dataset import Split as Split
    from pellucid.data.base.kind import Augmentation as Augmentation
    from pellucid.data.base.kind import KindOfData as KindOfData
    from pellucid.data.base.layout import EmbeddedLayout as EmbeddedLayout
    from pellucid.data.base.layout import GridLayout as GridLayout
    from pellucid.data.base.layout import Layout as Layout
    from pellucid.data.base.layout import RowLayout as RowLayout
    from pellucid.data.base.layout import SequenceLayout as SequenceLayout
    from pellucid.data.base.layout import TokenLayout as TokenLayout
    from pellucid.data.base.options import FolderOptions as FolderOptions
    from pellucid.data.base.options import Options as Options
    from pellucid.data.base.preparation import Inputs as Inputs
    from pellucid.data.base.preparation import Preparation as Preparation
    from pellucid.data.base.preparation import Reading as Reading
    from pellucid.data.base.source import Source as Source
    from pellucid.data.base.splits import split as split
    from pellucid.data.catalog.registry import DATASETS as DATASETS
    from pellucid.data.catalog.registry import load_dataset as load_dataset
    from pellucid.data.catalog.texts import TEXTS as TEXTS
    from pellucid.data.catalog.texts import load_text as load_text
    from pellucid.data.images.dataset import dataset_from_images as dataset_from_images
    from pellucid.data.images.preparation import ImagePreparation as ImagePreparation
    from pellucid.data.kinds import find_kind as find_kind
    from pellucid.data.kinds import forget_kind as forget_kind
    from pellucid.data.kinds import known_kinds as known_kinds
    from pellucid.data.kinds import register_kind as register_kind
    from pellucid.data.kinds import restore_preparation as restore_preparation
    from pellucid.data.preparation.centre import Centre as Centre
    from pellucid.data.preparation.decorrelate import Decorrelate as Decorrelate
    from pellucid.data.preparation.normalise import Normalise as Normalise
    from pellucid.data.preparation.plan import StepChoice as StepChoice
    from pellucid.data.preparation.whiten import Whiten as Whiten
    from pellucid.data.series.batching import cut_in_streams as cut_in_streams
    from pellucid.data.series.batching import split_into_streams as split_into_streams
    from pellucid.data.series.columns import SeriesColumns as SeriesColumns
    from pellucid.data.series.dataset import dataset_from_series as dataset_from_series
    from pellucid.data.series.files import all_series_of as all_series_of
    from pellucid.data.series.files import read_series as read_series
    from pellucid.data.series.files import series_of as series_of
    from pellucid.data.series.preparation import SeriesPreparation as SeriesPreparation
    from pellucid.data.series.series import Series as Series
    from pellucid.data.series.windows import windows as windows
    from pellucid.data.sound.dataset import dataset_from_sounds as dataset_from_sounds
    from pellucid.data.sound.preparation import Spectrogram as Spectrogram
    from pellucid.data.streaming.base import OnDisk as OnDisk
    from pellucid.data.streaming.files import ListedFiles as ListedFiles
    from pellucid.data.streaming.memmap import MappedArrays as MappedArrays
    from pellucid.data.streaming.parquet import ParquetRows as ParquetRows
    from pellucid.data.streaming.scaling import fit_scaling as fit_scaling
    from pellucid.data.tables.dataset import dataset_from_table as dataset_from_table
    from pellucid.data.tables.embedded import ClickPreparation as ClickPreparation
    from pellucid.data.tables.embedded import dataset_from_clicks as dataset_from_clicks
    from pellucid.data.tables.labelled_lines import read_text_table as read_text_table
    from pellucid.data.tables.preparation import Preprocessing as Preprocessing
    from pellucid.data.tables.table import Table as Table
    from pellucid.data.tables.table import read_table as read_table
    from pellucid.data.tables.task import choose_task as choose_task
    from pellucid.data.tables.task import infer_task as infer_task
    from pellucid.data.text.bag import TextBag as TextBag
    from pellucid.data.text.dataset import dataset_from_texts as dataset_from_texts
    from pellucid.data.text.sequence import TextSequence as TextSequence
    from pellucid.data.text.tables import find_text_column as find_text_column
    from pellucid.data.text.vocabulary import Vocabulary as Vocabulary

_NAMES: dict[str, tuple[str, ...]] = {
    "base.kind": (
        "Augmentation",
        "KindOfData",
    ),
    "base.layout": (
        "EmbeddedLayout",
        "GridLayout",
        "Layout",
        "RowLayout",
        "SequenceLayout",
        "TokenLayout",
    ),
    "base.options": (
        "FolderOptions",
        "Options",
    ),
    "base.source": ("Source",),
    "kinds": (
        "find_kind",
        "forget_kind",
        "known_kinds",
        "register_kind",
        "restore_preparation",
    ),
    "tables.labelled_lines": ("read_text_table",),
    "arrays": (
        "check_arrays",
        "check_finite",
    ),
    "base.dataset": (
        "Dataset",
        "Split",
    ),
    "base.preparation": (
        "Inputs",
        "Preparation",
        "Reading",
    ),
    "base.splits": ("split",),
    "catalog.registry": (
        "DATASETS",
        "load_dataset",
    ),
    "catalog.texts": (
        "TEXTS",
        "load_text",
    ),
    "images.dataset": ("dataset_from_images",),
    "images.preparation": ("ImagePreparation",),
    "preparation.centre": ("Centre",),
    "preparation.decorrelate": ("Decorrelate",),
    "preparation.normalise": ("Normalise",),
    "preparation.plan": ("StepChoice",),
    "preparation.whiten": ("Whiten",),
    "series.batching": ("cut_in_streams", "split_into_streams"),
    "series.columns": ("SeriesColumns",),
    "series.dataset": ("dataset_from_series",),
    "series.files": (
        "all_series_of",
        "read_series",
        "series_of",
    ),
    "series.preparation": ("SeriesPreparation",),
    "series.series": ("Series",),
    "series.windows": ("windows",),
    "sound.dataset": ("dataset_from_sounds",),
    "sound.preparation": ("Spectrogram",),
    "streaming.base": ("OnDisk",),
    "streaming.files": ("ListedFiles",),
    "streaming.memmap": ("MappedArrays",),
    "streaming.parquet": ("ParquetRows",),
    "streaming.scaling": ("fit_scaling",),
    "tables.dataset": ("dataset_from_table",),
    "tables.embedded": (
        "ClickPreparation",
        "dataset_from_clicks",
    ),
    "tables.preparation": ("Preprocessing",),
    "tables.table": (
        "Table",
        "read_table",
    ),
    "tables.task": (
        "choose_task",
        "infer_task",
    ),
    "text.bag": ("TextBag",),
    "text.dataset": ("dataset_from_texts",),
    "text.sequence": ("TextSequence",),
    "text.tables": ("find_text_column",),
    "text.vocabulary": ("Vocabulary",),
}
"""The public names of each module, which is opened when one of them is first asked for."""

_MODULE = {name: module for module, names in _NAMES.items() for name in names}

__all__ = sorted(_MODULE)

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name not in _MODULE:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_MODULE[name]}"), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return __all__
