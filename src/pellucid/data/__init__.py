"""Data: known sets, reading tables, preprocessing, splits, and checking what users hand in.

The way of a file: ``read_table`` -> ``Table`` -> ``dataset_from_table`` -> ``Dataset``, whose ``preprocessing`` is kept
with the run and brings later tables into the same form.
"""

from pellucid.data.arrays import check_arrays
from pellucid.data.dataset import Dataset, Split, dataset_from_table
from pellucid.data.preprocessing import Preprocessing
from pellucid.data.sets import DATASETS, load_dataset
from pellucid.data.splits import split
from pellucid.data.tables import Table, read_table
from pellucid.data.task import choose_task, infer_task

__all__ = [
    "DATASETS",
    "Dataset",
    "Preprocessing",
    "Split",
    "Table",
    "check_arrays",
    "choose_task",
    "dataset_from_table",
    "infer_task",
    "load_dataset",
    "read_table",
    "split",
]
