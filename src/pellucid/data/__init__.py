"""Data: known sets, reading tables, preprocessing, splits, and checking what users hand in.

The way of a file: ``read_table`` -> ``Table`` -> ``dataset_from_table`` -> ``Dataset``, whose ``preprocessing`` is kept
with the run and brings later tables into the same form. Texts, recordings and pictures go the same way: files ->
``Collection`` -> ``Dataset``, each kind with a ``Preparation`` of its own.
Data larger than memory is ``OnDisk``, and read as it is used.
"""

from pellucid.data.arrays import check_arrays, check_finite
from pellucid.data.base.dataset import Dataset, Split, dataset_from_table
from pellucid.data.base.preparation import Inputs, Preparation, Reading
from pellucid.data.base.splits import split
from pellucid.data.catalog.registry import DATASETS, load_dataset
from pellucid.data.images.dataset import dataset_from_images
from pellucid.data.images.preparation import Pictures
from pellucid.data.kinds import find_kind, ignored_in, restore_preparation
from pellucid.data.preparation.plan import StepChoice
from pellucid.data.preparation.scaling import fit_scaling
from pellucid.data.preparation.transforms import Centre, Decorrelate, Normalise, Whiten
from pellucid.data.series.batching import cut_in_streams
from pellucid.data.series.files import Series, read_series, series_of
from pellucid.data.series.windows import SeriesPreparation, dataset_from_series, windows
from pellucid.data.sound.dataset import dataset_from_sounds
from pellucid.data.sound.preparation import Spectrogram
from pellucid.data.streaming.base import OnDisk
from pellucid.data.streaming.files import ListedFiles
from pellucid.data.streaming.memmap import MappedArrays
from pellucid.data.streaming.parquet import ParquetRows
from pellucid.data.tables.embedded import ClickPreparation, dataset_from_clicks
from pellucid.data.tables.preparation import Preprocessing
from pellucid.data.tables.table import Table, read_table
from pellucid.data.tables.task import choose_task, infer_task
from pellucid.data.text.dataset import dataset_from_texts
from pellucid.data.text.files import find_text_column, read_text_table
from pellucid.data.text.preparation import TextBag, TextSequence
from pellucid.data.text.vocabulary import TEXTS, Vocabulary, load_text

__all__ = [
    "DATASETS",
    "TEXTS",
    "Centre",
    "ClickPreparation",
    "Dataset",
    "Decorrelate",
    "Inputs",
    "ListedFiles",
    "MappedArrays",
    "Normalise",
    "OnDisk",
    "ParquetRows",
    "Pictures",
    "Preparation",
    "Preprocessing",
    "Reading",
    "Series",
    "SeriesPreparation",
    "Spectrogram",
    "Split",
    "StepChoice",
    "Table",
    "TextBag",
    "TextSequence",
    "Vocabulary",
    "Whiten",
    "check_arrays",
    "check_finite",
    "choose_task",
    "cut_in_streams",
    "dataset_from_clicks",
    "dataset_from_images",
    "dataset_from_series",
    "dataset_from_sounds",
    "dataset_from_table",
    "dataset_from_texts",
    "find_kind",
    "find_text_column",
    "fit_scaling",
    "ignored_in",
    "infer_task",
    "load_dataset",
    "load_text",
    "read_series",
    "read_table",
    "read_text_table",
    "restore_preparation",
    "series_of",
    "split",
    "windows",
]
