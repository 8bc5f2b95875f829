"""The data sets that come with scikit-learn, read from its files: to import it takes longer than to explain a run."""

from __future__ import annotations

import gzip
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from pellucid.data.catalog.raw import RawData
from pellucid.errors import DataError
from pellucid.types import Array

IRIS = tuple(f"{part} {measure} (cm)" for part in ("sepal", "petal") for measure in ("length", "width"))

WINE = (
    *("alcohol", "malic_acid", "ash", "alcalinity_of_ash", "magnesium", "total_phenols", "flavanoids"),
    *("nonflavanoid_phenols", "proanthocyanins", "color_intensity", "hue", "od280/od315_of_diluted_wines", "proline"),
)

NUCLEI = (
    *("radius", "texture", "perimeter", "area", "smoothness"),
    *("compactness", "concavity", "concave points", "symmetry", "fractal dimension"),
)
CANCER = (
    *(f"mean {measure}" for measure in NUCLEI),
    *(f"{measure} error" for measure in NUCLEI),
    *(f"worst {measure}" for measure in NUCLEI),
)

DIABETES = ("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6")


def digits() -> RawData:
    """1,797 digits written by hand, 8x8 pixels from 0 to 16 (Alpaydin and Kaynak 1998, UCI)."""
    rows = np.loadtxt(_lines("digits.csv.gz"), delimiter=",")
    pixels = tuple(f"pixel_{row}_{column}" for row in range(8) for column in range(8))
    return RawData(rows[:, :-1], rows[:, -1].astype(int), pixels, "digit", tuple("0123456789"), 16.0, (8, 8))


def iris() -> RawData:
    """150 flowers of three species, four lengths (Fisher 1936)."""
    return _classes("iris.csv", IRIS, "species")


def wine() -> RawData:
    """178 wines of three growers, 13 chemical properties (Forina 1991, UCI)."""
    return _classes("wine_data.csv", WINE, "cultivar")


def breast_cancer() -> RawData:
    """569 tumours, malignant or benign, 30 measures of the cells' nuclei (Wolberg and others 1995, UCI)."""
    return _classes("breast_cancer.csv", CANCER, "diagnosis")


def diabetes() -> RawData:
    """442 patients, ten measures, and how far the illness went within a year (Efron and others 2004): regression."""
    x, y = (np.loadtxt(_lines(f"diabetes_{name}.csv.gz")) for name in ("data_raw", "target"))
    return RawData(x, y, DIABETES, "progression")


def _classes(file: str, features: tuple[str, ...], target: str) -> RawData:
    """A file whose first line has the number of rows and columns and the classes, and whose last column the class."""
    head, *lines = _lines(file)
    rows: Array = np.loadtxt(lines, delimiter=",")
    return RawData(rows[:, :-1], rows[:, -1].astype(int), features, target, tuple(head.strip().split(",")[2:]))


def _lines(file: str) -> list[str]:
    """The lines of a file of scikit-learn. Raises DataError where it is not installed or has no such file."""
    installed = find_spec("sklearn")
    folders = installed.submodule_search_locations if installed else None
    path = Path(folders[0] if folders else "") / "datasets" / "data" / file
    try:
        content = path.read_bytes()
    except OSError:
        raise DataError(f"{path} is not there: install scikit-learn, with which this data set comes") from None
    return (gzip.decompress(content) if path.suffix == ".gz" else content).decode().splitlines()
