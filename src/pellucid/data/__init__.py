"""Data: known sets, reading tables, preprocessing, splits, and checking what users hand in.

The way of a file: ``read_table`` -> ``Table`` -> ``dataset_from_table`` -> ``Dataset``, whose ``preprocessing`` is kept
with the run and brings later tables into the same form. Texts, recordings and pictures go the same way: files ->
``Collection`` -> ``Dataset``, each kind with a ``Preparation`` of its own.
Data larger than memory is ``OnDisk``, and read as it is used.
"""

from pellucid.data.arrays import check_arrays, check_finite
from pellucid.data.clicks import ClickPreparation, dataset_from_clicks
from pellucid.data.dataset import Dataset, Split, dataset_from_table
from pellucid.data.kinds import find_kind, ignored_in, restore_preparation
from pellucid.data.listed import ListedFiles
from pellucid.data.mapped import MappedArrays
from pellucid.data.ondisk import OnDisk
from pellucid.data.picture_preparation import Pictures
from pellucid.data.pictures import dataset_from_images
from pellucid.data.preparation import Inputs, Preparation, Reading
from pellucid.data.preprocessing import Preprocessing
from pellucid.data.rows import ParquetRows
from pellucid.data.scaling import fit_scaling
from pellucid.data.series import Series, read_series, series_of
from pellucid.data.sets import DATASETS, load_dataset
from pellucid.data.sounds import dataset_from_sounds
from pellucid.data.spectrogram import Spectrogram
from pellucid.data.splits import split
from pellucid.data.step_choice import StepChoice
from pellucid.data.steps import Centre, Decorrelate, Normalise, Whiten
from pellucid.data.streams import cut_in_streams
from pellucid.data.tables import Table, read_table
from pellucid.data.task import choose_task, infer_task
from pellucid.data.text import TEXTS, Vocabulary, load_text
from pellucid.data.text_files import find_text_column, read_text_table
from pellucid.data.text_preparation import TextBag, TextSequence
from pellucid.data.texts import dataset_from_texts
from pellucid.data.windows import SeriesPreparation, dataset_from_series, windows

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
