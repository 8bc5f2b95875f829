"""Data: known sets, reading tables, preprocessing, splits, and checking what users hand in.

The way of a file: ``read_table`` -> ``Table`` -> ``dataset_from_table`` -> ``Dataset``, whose ``preprocessing`` is kept
with the run and brings later tables into the same form.
"""

from pellucid.data.arrays import check_arrays
from pellucid.data.dataset import Dataset, Split, dataset_from_table
from pellucid.data.preparation import Preparation
from pellucid.data.preprocessing import Preprocessing
from pellucid.data.sets import DATASETS, load_dataset
from pellucid.data.splits import split
from pellucid.data.steps import Centre, Decorrelate, Normalise, Whiten
from pellucid.data.streams import cut_in_streams
from pellucid.data.tables import Table, read_table
from pellucid.data.task import choose_task, infer_task
from pellucid.data.text import TEXTS, Vocabulary, load_text

__all__ = [
    "DATASETS",
    "TEXTS",
    "Centre",
    "Dataset",
    "Decorrelate",
    "Normalise",
    "Preparation",
    "Preprocessing",
    "Split",
    "Table",
    "Vocabulary",
    "Whiten",
    "check_arrays",
    "choose_task",
    "cut_in_streams",
    "dataset_from_table",
    "infer_task",
    "load_dataset",
    "load_text",
    "read_table",
    "split",
]
