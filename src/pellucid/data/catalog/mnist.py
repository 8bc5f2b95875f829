"""MNIST and Fashion-MNIST: 70,000 grey images of 28x28 pixels in ten classes."""

from __future__ import annotations

import numpy as np

from pellucid.data.catalog.raw import RawData
from pellucid.data.files.fetch import fetch
from pellucid.data.files.idx import read_idx
from pellucid.errors import DataError

MNIST = "https://ossci-datasets.s3.amazonaws.com/mnist"
MNIST_FILES = {
    "train-images-idx3-ubyte.gz": "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
    "train-labels-idx1-ubyte.gz": "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
    "t10k-images-idx3-ubyte.gz": "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
    "t10k-labels-idx1-ubyte.gz": "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
}

FASHION = "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion"
FASHION_FILES = {
    "train-images-idx3-ubyte.gz": "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
    "train-labels-idx1-ubyte.gz": "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
    "t10k-images-idx3-ubyte.gz": "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
    "t10k-labels-idx1-ubyte.gz": "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
}
FASHION_CLASSES = (
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"
)  # fmt: skip


def mnist() -> RawData:
    """Handwritten digits (LeCun, Cortes and Burges); as in Nielsen's book, the last 10,000 for training validate."""
    return _images("mnist", MNIST, MNIST_FILES, "digit", tuple("0123456789"), validation=10_000)


def fashion_mnist() -> RawData:
    """Pieces of clothing (Xiao, Rasul and Vollgraf 2017, arXiv 1708.07747); the last 5,000 for training validate."""
    return _images("fashion-mnist", FASHION, FASHION_FILES, "article", FASHION_CLASSES, validation=5_000)


def _images(
    name: str, url: str, files: dict[str, str], target: str, classes: tuple[str, ...], validation: int
) -> RawData:
    arrays = [read_idx(fetch(name, file, url, sha256)) for file, sha256 in files.items()]
    train_x, train_y, test_x, test_y = arrays
    if not all(x.shape == (len(y), 28, 28) and y.ndim == 1 for x, y in ((train_x, train_y), (test_x, test_y))):
        shapes = ", ".join(str(array.shape) for array in arrays)
        raise DataError(f"the files of {name} do not belong together: their shapes are {shapes}; get them again")
    y = np.concatenate([train_y, test_y])
    if y.max() >= len(classes) or len(train_y) <= validation:
        raise DataError(
            f"the labels of {name} are not those of {len(classes)} classes in {len(y):,} images: get the files again"
        )
    x = np.concatenate([train_x, test_x]).reshape(len(y), -1)
    ends = (len(train_y) - validation, len(train_y))
    train, validate, test = np.split(np.arange(len(y)), ends)
    features = tuple(f"pixel_{row}_{column}" for row in range(28) for column in range(28))
    return RawData(x, y, features, target, classes, 255.0, (28, 28), (train, validate, test))
