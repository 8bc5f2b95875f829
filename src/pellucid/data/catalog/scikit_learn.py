"""The data sets that come with scikit-learn."""

from __future__ import annotations

from typing import Any

from pellucid.data.catalog.raw import Source


def digits() -> Source:
    """1,797 digits written by hand, 8x8 pixels from 0 to 16 (Alpaydin and Kaynak 1998, UCI)."""
    from sklearn.datasets import load_digits

    data = load_digits()
    return Source(data.data, data.target, tuple(data.feature_names), "digit", tuple("0123456789"), 16.0, (8, 8))


def iris() -> Source:
    """150 flowers of three species, four lengths (Fisher 1936)."""
    from sklearn.datasets import load_iris

    return _classes(load_iris(), "species")


def wine() -> Source:
    """178 wines of three growers, 13 chemical properties (Forina 1991, UCI)."""
    from sklearn.datasets import load_wine

    return _classes(load_wine(), "cultivar")


def breast_cancer() -> Source:
    """569 tumours, malignant or benign, 30 measures of the cells' nuclei (Wolberg and others 1995, UCI)."""
    from sklearn.datasets import load_breast_cancer

    return _classes(load_breast_cancer(), "diagnosis")


def diabetes() -> Source:
    """442 patients, ten measures, and how far the illness went within a year (Efron and others 2004): regression."""
    from sklearn.datasets import load_diabetes

    data = load_diabetes(scaled=False)
    return Source(data.data, data.target, tuple(data.feature_names), "progression")


def _classes(data: Any, target: str) -> Source:
    features, classes = (tuple(map(str, names)) for names in (data.feature_names, data.target_names))
    return Source(data.data, data.target, features, target, classes)
