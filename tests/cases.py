"""The table of cases: a line registers a layer, combinator, cell or loss for the whole conformance suite."""

from __future__ import annotations

import numpy as np

from pellucid.blocks import TiedAutoencoder, TransformerBlock
from pellucid.cells import GRU, LSTM, SimpleRNN
from pellucid.check import CellCase, LayerCase, LossCase
from pellucid.combinators import (
    Chain,
    Concat,
    Fork,
    FromLast,
    Join,
    Parallel,
    Recurrent,
    Residual,
    TimeDistributed,
    WeightNoise,
)
from pellucid.initializers import Constant, Glorot, He
from pellucid.layers import (
    ELU,
    GELU,
    SELU,
    AlphaDropout,
    AveragePool1D,
    AveragePool2D,
    BatchNorm,
    ContractiveDense,
    Conv1D,
    Conv2D,
    ConvTranspose1D,
    ConvTranspose2D,
    Cutout,
    Dense,
    DenseEnsemble,
    DepthwiseConv2D,
    Dropout,
    Embedding,
    Flatten,
    FrequencyMask,
    GaussianNoise,
    GaussianSample,
    GlobalAveragePool1D,
    GlobalAveragePool2D,
    GlobalMaxPool1D,
    GlobalMaxPool2D,
    GroupNorm,
    HardTanh,
    Identity,
    LayerNorm,
    LeakyReLU,
    LearnedPositions,
    Mask,
    Maxout,
    MaxPool1D,
    MaxPool2D,
    MultiHeadAttention,
    Permute,
    PiecewiseLinear,
    RandomBrightness,
    RandomCrop,
    RandomFlip,
    RandomRotation,
    RandomShift,
    ReLU,
    Reshape,
    Sigmoid,
    SiLU,
    SinusoidalPositions,
    Softmax,
    Softplus,
    SpatialDropout,
    Step,
    SwapNoise,
    Tanh,
    TimeMask,
    TimeShift,
    UpSample1D,
    UpSample2D,
)
from pellucid.losses import (
    ActivityL1,
    EnsembleLoss,
    GaussianKL,
    HalfSquaredError,
    Hinge,
    Huber,
    LossSum,
    MeanAbsoluteError,
    MeanSquaredError,
    MixedLoss,
    SequenceLoss,
    SigmoidCrossEntropy,
    SoftmaxCrossEntropy,
)
from pellucid.masked import Masked

X = (5, 4)  # batch, features
T = (3, 2, 4)  # batch, time, features
S = (3, 7, 2)  # batch, time, channels
CODE = {"mean": (5, 4), "log_variance": (5, 4)}
IMAGE = (2, 5, 6, 2)  # batch, height, width, channels
LABELS = np.array([0, 3, 1, 1, 2])
WORDS = np.array([[0, 3, 1], [2, 2, 0], [1, 0, 3], [3, 1, 2]])  # batch, time
ONE_HOT = np.eye(4)[LABELS]
MASK = np.array([[1.0, 1.0, 0.0, 1.0], [0.0, 1.0, 0.0, 0.0], [1.0, 1.0, 1.0, 1.0]])  # of (3, 4, ...)
SOFT = np.array([[0.7, 0.1, 0.1, 0.1], [0.0, 0.5, 0.5, 0.0], [0.25, 0.25, 0.25, 0.25]])
YES_NO = np.array([0.0, 1.0, 1.0, 0.0, 1.0])

LAYERS = (
    LayerCase(AlphaDropout(0.4), x=T),
    LayerCase(AveragePool1D(2), x=S),
    LayerCase(AveragePool1D(2, padding=((1, 0),)), x=(3, 4, 2)),
    LayerCase(AveragePool2D((2, 3), stride=2), x=IMAGE),
    LayerCase(AveragePool2D(3, stride=2, padding="same"), x=IMAGE),
    LayerCase(BatchNorm(), x=X, fewest=2),
    LayerCase(BatchNorm(momentum=0.5, epsilon=0.01), x=T),
    LayerCase(BatchNorm(), x=(2, 3, 2, 4)),
    LayerCase(ContractiveDense(3), x=X),
    LayerCase(ContractiveDense(2, use_bias=False, activation=Tanh()), x=T),
    LayerCase(Conv1D(3, 3), x=S),
    LayerCase(Conv1D(2, 2, stride=2, padding=((2, 0),), dilation=3, use_bias=False), x=S),
    LayerCase(Conv1D(6, 2, groups=2), x=(2, 4, 4)),
    LayerCase(Conv2D(3, 3, bias=Constant(0.1)), x=IMAGE),
    LayerCase(Conv2D(2, (3, 2), stride=(2, 1), padding="same", weight=He()), x=IMAGE),
    LayerCase(Conv2D(2, 2, stride=2, padding=((0, 1), (2, 0)), dilation=(1, 2)), x=IMAGE),
    LayerCase(Conv2D(6, 2, stride=2, padding="same", groups=3), x=(2, 3, 4, 6)),
    LayerCase(Conv2D(4, 2, groups=2), x=IMAGE),
    LayerCase(ConvTranspose1D(3, 3, stride=2, padding=((1, 0),), groups=3), x=(2, 4, 6)),
    LayerCase(ConvTranspose2D(3, (2, 3), bias=Constant(0.1)), x=IMAGE),
    LayerCase(ConvTranspose2D(2, 3, stride=(2, 1), padding="same", weight=He()), x=IMAGE),
    LayerCase(ConvTranspose2D(2, 2, padding=((0, 1), (2, 0)), dilation=(1, 2), use_bias=False), x=IMAGE),
    LayerCase(Dense(3), x=X),
    LayerCase(Dense(3), x=T),
    LayerCase(Dense(1, use_bias=False, weight=He()), x=X),
    LayerCase(DenseEnsemble(3, 2), x=X),
    LayerCase(DenseEnsemble(T[1], 2, weight=He(), bias=Constant(0.1)), x=T),
    LayerCase(DepthwiseConv2D(3), x=IMAGE),
    LayerCase(DepthwiseConv2D((2, 3), 2, stride=(1, 2), padding="same", dilation=2, use_bias=False), x=IMAGE),
    LayerCase(Dropout(0.5), x=X),
    LayerCase(Dropout(0.2), x=T),
    LayerCase(ELU(), x=X),
    LayerCase(ELU(alpha=0.3), x=T),
    LayerCase(Embedding(4, 3), x=LABELS),
    LayerCase(Embedding(5, 2, weight=He()), x=WORDS),
    LayerCase(Embedding(4, 2, padding=3), x=WORDS),
    LayerCase(Flatten(), x=X),
    LayerCase(Flatten(), x=T),
    LayerCase(GaussianNoise(0.5), x=X),
    LayerCase(GaussianSample(), x=CODE),
    LayerCase(GELU(), x=X),
    LayerCase(GlobalAveragePool1D(), x=S),
    LayerCase(GlobalAveragePool1D(), x=Masked((3, 4, 2), MASK)),
    LayerCase(GlobalAveragePool2D(), x=IMAGE),
    LayerCase(GlobalMaxPool1D(), x=S),
    LayerCase(GlobalMaxPool2D(), x=IMAGE),
    LayerCase(GroupNorm(2), x=X),
    LayerCase(GroupNorm(1), x=T),
    LayerCase(GroupNorm(3, epsilon=0.01), x=(2, 3, 2, 6)),
    LayerCase(HardTanh(), x=X),
    LayerCase(Identity(), x=X),
    LayerCase(Identity(), x={"code": X, "image": IMAGE}),
    LayerCase(LayerNorm(), x=X),
    LayerCase(LayerNorm(epsilon=0.01), x=T),
    LayerCase(LeakyReLU(), x=X),
    LayerCase(LeakyReLU(slope=0.3), x=T),
    LayerCase(Mask(), x=T),
    LayerCase(Maxout(3), x=X),
    LayerCase(Maxout(2, pieces=3), x=T),
    LayerCase(MaxPool1D(3, stride=1), x=S),
    LayerCase(MaxPool1D(2, padding=((1, 0),)), x=(3, 4, 2)),
    LayerCase(MaxPool2D(2), x=IMAGE),
    LayerCase(MaxPool2D((3, 2), stride=(1, 2)), x=IMAGE),
    LayerCase(MaxPool2D(3, stride=2, padding=((1, 2), (0, 1))), x=IMAGE),
    LayerCase(PiecewiseLinear(((-1.0, 0.1, 0.8), (0.3, 0.5), (-2.0, -0.4, 0.2, 1.1), (0.0, 1.0))), x=X),
    LayerCase(Permute((2, 1)), x=T),
    LayerCase(Permute((3, 1, 2)), x=IMAGE),
    LayerCase(ReLU(), x=X),
    LayerCase(Reshape((2, 2)), x=X),
    LayerCase(Reshape((8,)), x=T),
    LayerCase(SELU(), x=X),
    LayerCase(Sigmoid(), x=X),
    LayerCase(SiLU(), x=X),
    LayerCase(Softmax(), x=X),
    LayerCase(Softmax(), x=T),
    LayerCase(Softplus(), x=X),
    LayerCase(SpatialDropout(0.5), x=IMAGE),
    LayerCase(SpatialDropout(0.3), x=X),
    LayerCase(Step(), x=X),
    LayerCase(Tanh(), x=X),
    LayerCase(UpSample1D(3), x=S),
    LayerCase(UpSample2D((2, 1)), x=IMAGE),
)

AUGMENTATION = (
    LayerCase(Cutout(3), x=IMAGE),
    LayerCase(FrequencyMask(2, count=2), x=(3, 4, 6)),
    LayerCase(RandomBrightness(0.5), x=IMAGE),
    LayerCase(RandomCrop(4, 3), x=IMAGE),
    LayerCase(RandomCrop(5, 6, padding=2), x=IMAGE),
    LayerCase(RandomFlip(), x=IMAGE),
    LayerCase(RandomFlip(horizontal=False, vertical=True), x=IMAGE),
    LayerCase(RandomRotation(30.0), x=IMAGE),
    LayerCase(RandomShift(2), x=IMAGE),
    LayerCase(RandomShift((1, 7)), x=IMAGE),
    LayerCase(SwapNoise(0.5), x=X),
    LayerCase(TimeMask(3), x=S),
    LayerCase(TimeMask(9, count=2), x=X),
    LayerCase(TimeShift(2), x=S),
    LayerCase(TimeShift(9), x=X),
)

ATTENTION = (
    LayerCase(MultiHeadAttention(2), x=(3, 5, 6)),
    LayerCase(MultiHeadAttention(1, use_bias=False, weight=He()), x=T),
    LayerCase(MultiHeadAttention(3, units=9, causal=True), x=T),
    LayerCase(MultiHeadAttention(2, causal=True), x=(3, 1, 4)),
    LayerCase(MultiHeadAttention(2), x=Masked((3, 4, 6), MASK)),
    LayerCase(TransformerBlock(2, hidden=3, dropout=0.2), x=Masked((3, 4, 4), MASK)),
    LayerCase(SinusoidalPositions(), x=Masked((3, 4, 3), MASK)),
    LayerCase(LearnedPositions(5), x=Masked((3, 4, 3), MASK)),
    LayerCase(MultiHeadAttention(3, causal=True), x=Masked((3, 4, 6), MASK)),
    LayerCase(LearnedPositions(2), x=T),
    LayerCase(LearnedPositions(9, weight=He()), x=S),
    LayerCase(SinusoidalPositions(), x=T),
    LayerCase(SinusoidalPositions(), x=(2, 3, 5)),
    LayerCase(TransformerBlock(2), x=T),
    LayerCase(TransformerBlock(2, hidden=3, causal=True, dropout=0.2), x=(2, 3, 6)),
    LayerCase(Chain(Embedding(4, 6), LearnedPositions(3), TransformerBlock(3, causal=True), Dense(4)), x=WORDS),
)

COMBINATORS = (
    LayerCase(Chain(), x=X),
    LayerCase(Chain(Dense(5, bias=Constant(0.1)), ReLU(), Dense(2)), x=X),
    LayerCase(Chain(encoder=Chain(Dense(3), Tanh()), decoder=Dense(4)), x=T),
    LayerCase(Chain(Embedding(4, 3), Flatten(), Dense(4), BatchNorm(), Tanh(), Dropout(0.3)), x=WORDS, fewest=2),
    LayerCase(Chain(Conv2D(3, 3, padding="same"), Tanh(), MaxPool2D(2), Conv2D(2, 2), GlobalAveragePool2D()), x=IMAGE),
    LayerCase(Residual(Dense(4), Tanh()), x=X),
    LayerCase(FromLast(Permute((2, 1)), Dense(3), Permute((2, 1))), x=T),
    LayerCase(FromLast(Conv1D(2, 2), Tanh()), x=T),
    LayerCase(WeightNoise(deviation=0.1), x=X),
    LayerCase(WeightNoise(Dense(3), Tanh(), Dropout(0.3), Dense(2), deviation=0.1), x=X),
    LayerCase(Concat(Dense(3), Identity(), Chain(Dense(2), Sigmoid())), x=X),
    LayerCase(Fork(mean=Dense(3), log_variance=Chain(Dense(2), Dropout(0.3))), x=X),
    LayerCase(Chain(Fork(Dense(3), Identity()), Join(), Dense(2)), x=T),
    LayerCase(Join(), x=(X, (5, 1), (5, 3))),
    LayerCase(Join(), x={"second": T, "first": (3, 2, 1)}),
    LayerCase(Parallel(table=Identity(), image=Chain(Flatten(), Dense(3))), x={"image": IMAGE, "table": (2, 3)}),
    LayerCase(
        Chain(Parallel(a=Fork(Dense(2), Dense(1)), b=Dense(2)), Parallel(a=Join(), b=Tanh())), x={"a": X, "b": X}
    ),
    LayerCase(
        Chain(
            latent=Fork(mean=Dense(2), log_variance=Dense(2)),
            out=Fork(reconstruction=Chain(GaussianSample(), Dense(4)), latent=Identity()),
        ),
        x=X,
    ),
    LayerCase(TiedAutoencoder(Chain(Dense(3, bias=Constant(0.1)), Tanh(), Dense(2))), x=X),
    LayerCase(TiedAutoencoder(Chain(code=Dense(2, use_bias=False), out=Sigmoid())), x=T),
    LayerCase(Chain(Concat(left=Dense(2), right=Residual(Tanh())), Softmax()), x=X),
)

OTHER_RULES = {"weight": He(), "recurrent": Glorot(), "bias": Constant(0.1)}

CELLS = (
    CellCase(SimpleRNN(3), x=X),
    CellCase(SimpleRNN(2, **OTHER_RULES), x=(3, 1)),
    CellCase(LSTM(3), x=X),
    CellCase(LSTM(1, forget_bias=-0.5), x=X),
    CellCase(LSTM(2, **OTHER_RULES, forget_bias=0.0), x=(3, 1)),
    CellCase(GRU(3), x=X),
    CellCase(GRU(3, reset="after"), x=X),
    CellCase(GRU(1, **OTHER_RULES), x=(3, 1)),
    CellCase(GRU(2, **OTHER_RULES, reset="after"), x=(1, 4)),
)

RUNS = ((True, False, 1), (True, False, 2), (True, True, 5), (False, False, 5), (False, True, 2))
"""Whether all outputs are given, whether time runs backwards, and how long it is: each value with each other."""

RECURRENT = (
    *(
        LayerCase(Recurrent(cell, return_sequences=sequences, reverse=reverse), x=(3, time, 4))
        for cell in (SimpleRNN(3), LSTM(3), GRU(3), GRU(3, reset="after"))
        for sequences, reverse, time in RUNS
    ),
    LayerCase(Chain(Concat(ahead=Recurrent(LSTM(2)), back=Recurrent(LSTM(2), reverse=True)), Dense(2)), x=T),
    *(
        LayerCase(Recurrent(cell, return_sequences=sequences, reverse=reverse), x=Masked((3, 4, 2), MASK))
        for cell, sequences, reverse in (
            (SimpleRNN(2), True, False),
            (LSTM(2), True, True),
            (GRU(2), False, False),
            (GRU(2, reset="after"), False, True),
        )
    ),
    LayerCase(Recurrent(LSTM(3), streams=3), x=(3, 2, 4), fewest=3),
    LayerCase(Recurrent(GRU(3), return_sequences=False, streams=3), x=(3, 2, 4), fewest=3),
    LayerCase(TimeDistributed(Dense(3), Tanh()), x=T),
    LayerCase(TimeDistributed(Conv1D(2, 2)), x=(2, 3, 4, 2)),
    LayerCase(Concat(Recurrent(GRU(2)), Recurrent(GRU(2), reverse=True)), x=Masked((3, 4, 2), MASK)),
    LayerCase(Chain(Recurrent(LSTM(2)), TimeDistributed(Dense(3))), x=Masked((3, 4, 2), MASK)),
    LayerCase(Chain(Embedding(4, 2, padding=3), Recurrent(GRU(2), return_sequences=False)), x=WORDS),
    LayerCase(Chain(Recurrent(GRU(2)), Recurrent(SimpleRNN(2), return_sequences=False)), x=T),
)

LOSSES = (
    LossCase(ActivityL1(0.5), y=X),
    LossCase(ActivityL1(0.1), y=T),
    LossCase(GaussianKL(), y=CODE),
    LossCase(GaussianKL(strength=0.3), y={"mean": T, "log_variance": T}),
    LossCase(HalfSquaredError(), y=X, target=X),
    LossCase(HalfSquaredError(), y=(5, 1), target=YES_NO),
    LossCase(Hinge(), y=X, target=LABELS),
    LossCase(Hinge(margin=0.5), y=X, target=ONE_HOT),
    LossCase(Hinge(), y=(5, 1), target=YES_NO),
    LossCase(Huber(), y=X, target=X),
    LossCase(Huber(delta=0.3), y=T, target=T),
    LossCase(
        LossSum(amount=MeanSquaredError(), kind=SoftmaxCrossEntropy()),
        y={"kind": X, "amount": (5, 1)},
        target={"amount": YES_NO, "kind": LABELS},
    ),
    LossCase(
        LossSum(out=MeanSquaredError(), code=ActivityL1(0.5), weights=(2.0, 0.1)),
        y={"out": T, "code": (3, 2)},
        target=T,
    ),
    LossCase(LossSum(code=ActivityL1(0.5)), y={"code": X}),
    LossCase(MeanAbsoluteError(), y=X, target=X),
    LossCase(MeanSquaredError(), y=X, target=X),
    LossCase(MeanSquaredError(), y=T, target=T),
    LossCase(
        MixedLoss(SoftmaxCrossEntropy()),
        y=X,
        target={"first": LABELS, "second": LABELS[::-1], "share": np.array([0.5, 0.6, 0.7, 0.8, 1.0])},
    ),
    LossCase(
        MixedLoss(MeanSquaredError()),
        y=T,
        target={"first": T, "second": T, "share": np.array([0.5, 0.9, 1.0])},
    ),
    LossCase(SigmoidCrossEntropy(), y=(5, 1), target=YES_NO),
    LossCase(SigmoidCrossEntropy(label_smoothing=0.1), y=X, target=ONE_HOT),
    LossCase(SoftmaxCrossEntropy(), y=X, target=LABELS),
    LossCase(SoftmaxCrossEntropy(), y=(3, 4), target=SOFT),
    LossCase(SoftmaxCrossEntropy(label_smoothing=0.1), y=X, target=ONE_HOT),
    LossCase(EnsembleLoss(MeanSquaredError()), y=T, target=T[::2]),
    LossCase(EnsembleLoss(SoftmaxCrossEntropy()), y=(5, 3, 4), target=LABELS),
    LossCase(SequenceLoss(MeanSquaredError()), y=T, target=T),
    LossCase(SequenceLoss(SoftmaxCrossEntropy()), y=Masked((4, 3, 4), MASK.T), target=WORDS),
    LossCase(SoftmaxCrossEntropy(), y=(2, 3, 4), target=np.array([[0, 3, 1], [2, 2, 0]])),
)

CASES = (*LAYERS, *AUGMENTATION, *ATTENTION, *COMBINATORS, *CELLS, *RECURRENT, *LOSSES)
