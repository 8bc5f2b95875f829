"""The state of a playground: data, one to four networks beside each other, and what is shown. All else follows from it.

It is a value: the page holds it, the address of the page says it, the engine works it out. Same state, same numbers.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

VERSION: Literal[1] = 1
"""The version of the state; links say it."""

MOST_NETWORKS = 4
MOST_LAYERS = 20
MOST_UNITS = 64
MOST_POINTS = 5_000

Classification = Literal[
    "circle", "xor", "gauss", "spiral", "moons", "rings", "checkerboard", "blobs", "and", "or", "xor_gate"
]  # fmt: skip
Regression = Literal["plane", "hills", "valley"]
Feature = Literal["x1", "x2", "x1^2", "x2^2", "x1x2", "sin(x1)", "sin(x2)"]
Activation = Literal[
    "identity", "step", "sigmoid", "tanh", "hard_tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "silu", "softplus",
    "maxout",
]  # fmt: skip
Optimizer = Literal[
    "gradient_descent", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam", "adamw", "adamax", "lion"
]
Initializer = Literal["glorot", "he", "lecun", "orthogonal", "uniform", "small", "large", "zeros"]
Preparation = Literal["none", "centre", "normalise", "decorrelate", "whiten"]
Penalty = Literal["none", "l1", "l2"]
Schedule = Literal["constant", "step", "exponential", "inverse_time", "cosine", "warmup"]
Control = Literal[
    "run", "step", "reset", "speed", "learning_rate", "activation", "penalty", "penalty_rate", "problem", "data",
    "train_share", "noise", "batch_size", "features", "layers", "units", "show_test", "discretize", "optimizer", "loss",
    "initializer", "preparation", "dropout", "networks", "presets", "export", "course",
]  # fmt: skip


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, frozen=True)


class OwnPoint(_Part):
    """A point of one's own: its inputs, and its label: the number of its class from 0, or an amount."""

    x: Annotated[list[float], Field(min_length=1, max_length=20)]
    y: float
    test: bool = False


class DataState(_Part):
    """What is learnt. The inputs of the data sets that are drawn lie in [-6, 6]; labels of two classes are 0 and 1."""

    problem: Literal["classification", "regression"] = "classification"
    name: Classification | Regression | Literal["own"] = "circle"
    noise: Annotated[float, Field(ge=0, le=80)] = 0
    """Percent."""
    train_share: Annotated[float, Field(ge=10, le=90)] = 50
    """Percent of the points."""
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 0
    count: Annotated[int, Field(ge=4, le=MOST_POINTS)] | None = None
    """How many points are drawn; None: as many as is usual for the data set."""
    stretch: Annotated[float, Field(ge=1, le=100)] = 1
    """The second input is multiplied by it: badly scaled data."""
    tilt: Annotated[float, Field(ge=-0.99, le=0.99)] = 0
    """Correlation that the two inputs are given: x2 <- tilt x1 + sqrt(1 - tilt^2) x2."""
    columns: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=20)] = ["x1", "x2"]
    points: Annotated[list[OwnPoint], Field(max_length=MOST_POINTS)] = []
    """Those of one's own, where the name is own; where none is for the test, all train."""
    classes: Annotated[int, Field(ge=2, le=8)] = 2
    """Of rings, blobs and one's own points; other data sets have two."""
    axes: tuple[int, int] = (0, 1)
    """Which two inputs the map shows, where there are more; (-1, -1): the first two principal components."""


class LayerState(_Part):
    """A hidden layer."""

    units: Annotated[int, Field(ge=1, le=MOST_UNITS)] = 4
    activation: Activation = "tanh"


class NetworkState(_Part):
    """A network and how it is trained."""

    features: Annotated[list[Feature], Field(max_length=7)] = ["x1", "x2"]
    """What is made of the first two inputs; of data with other columns all columns go in as they are."""
    preparation: Preparation = "none"
    layers: Annotated[list[LayerState], Field(max_length=MOST_LAYERS)] = [LayerState(units=4), LayerState(units=2)]
    loss: Literal["cross_entropy", "squared", "hinge", "absolute", "huber"] = "cross_entropy"
    """squared: half the squared error; in classification of tanh outputs and targets of -1 and 1. So are absolute and
    huber. In regression cross_entropy and hinge are squared."""
    optimizer: Optimizer = "gradient_descent"
    learning_rate: Annotated[float, Field(gt=0, le=1000)] = 0.03
    momentum: Annotated[float, Field(ge=0, lt=1)] = 0.9
    schedule: Schedule = "constant"
    schedule_epochs: Annotated[int, Field(ge=1, le=100_000)] = 100
    """How long a schedule takes to halve the rate (step, exponential, inverse_time), to take it to 0 (cosine), or to
    raise it from 0 (warmup)."""
    batch_size: Annotated[int, Field(ge=1, le=MOST_POINTS)] = 10
    penalty: Penalty = "none"
    penalty_rate: Annotated[float, Field(ge=0, le=100)] = 0
    dropout: Annotated[float, Field(ge=0, lt=1)] = 0
    input_noise: Annotated[float, Field(ge=0, le=10)] = 0
    weight_noise: Annotated[float, Field(ge=0, le=10)] = 0
    clip_norm: Annotated[float, Field(gt=0, le=1e6)] | None = None
    initializer: Initializer = "glorot"
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 0
    """Of the first weights, the order of the batches, and dropout and noise."""
    patience: Annotated[int, Field(ge=0, le=100_000)] = 0
    """Epochs without a better test loss before training stops and the best weights come back; 0: never."""


class ViewState(_Part):
    """What is shown; nothing of it changes a number."""

    network: Annotated[int, Field(ge=0, lt=MOST_NETWORKS)] = 0
    show_test: bool = False
    discretize: bool = False
    hide: list[Control] = []
    """Controls that a teacher took away."""
    embed: bool = False
    """Without header and panels, for a frame in another page."""
    tab: Annotated[str, Field(max_length=40)] = ""
    course: Annotated[str, Field(max_length=80)] = ""


class PlayState(_Part):
    """All of a playground."""

    version: Literal[1] = VERSION
    data: DataState = DataState()
    networks: Annotated[list[NetworkState], Field(min_length=1, max_length=MOST_NETWORKS)] = [NetworkState()]
    view: ViewState = ViewState()
