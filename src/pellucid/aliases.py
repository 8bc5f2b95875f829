"""What PyTorch, Keras and scikit-learn call our things: names as people type them, and what each means here.

Written plainly: in small letters, without ``_`` and ``-``, and without ``loss`` at the end.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping
from typing import Any, NamedTuple


class Alias(NamedTuple):
    """The ``name`` of a class, and the ``fields`` in which it differs from that class as it is."""

    name: str
    fields: Mapping[str, Any] = {}

    def __str__(self) -> str:
        fields = ", ".join(f"{name}={value!r}" for name, value in self.fields.items())
        return f"{self.name}({fields})" if fields else self.name


_MEANINGS: list[tuple[str, *tuple[str | Alias, ...]]] = [
    # update rules
    ("sgd gd steepestdescent", "GradientDescent"),
    ("sgdm sgdmomentum sgdwithmomentum heavyball", "Momentum"),
    ("nag nesterovmomentum sgdnesterov", "Nesterov"),
    # losses
    ("mse l2 squarederror", "MeanSquaredError"),
    ("mae l1 absoluteerror", "MeanAbsoluteError"),
    ("smoothl1 huberloss", "Huber"),
    ("ce crossentropy nll negativeloglikelihood log softmax", "SoftmaxCrossEntropy"),
    ("categoricalcrossentropy sparsecategoricalcrossentropy softmaxcrossentropywithlogits", "SoftmaxCrossEntropy"),
    ("bce bcewithlogits binarycrossentropy binarycrossentropywithlogits", "SigmoidCrossEntropy"),
    ("svm hingeloss", "Hinge"),
    # first weights
    ("xavier xaviernormal glorotnormal", "Glorot"),
    ("xavieruniform glorotuniform", Alias("Glorot", {"distribution": "uniform"})),
    ("kaiming kaimingnormal henormal msra", "He"),
    ("kaiminguniform heuniform", Alias("He", {"distribution": "uniform"})),
    ("lecununiform", "LeCun"),
    ("lecunnormal", Alias("LeCun", {"distribution": "normal"})),
    ("randomnormal", Alias("SmallNormal", {"scale": 0.05})),
    ("zero", "Zeros"),
    ("ones one", Alias("Constant", {"value": 1.0})),
    # activations, and layers
    ("swish", "SiLU"),
    ("logistic sigm", "Sigmoid", "SigmoidCrossEntropy"),
    ("rectifier rectifiedlinear rectifiedlinearunit", "ReLU"),
    ("heaviside", "Step"),
    ("none passthrough", "Identity"),
    ("linear", "Dense", "Identity"),
    ("fc fullyconnected", "Dense"),
    ("batchnormalization batchnorm1d batchnorm2d bn", "BatchNorm"),
    ("layernormalization ln", "LayerNorm"),
    ("groupnormalization", "GroupNorm"),
    ("sequential", "Chain"),
    ("convolution1d", "Conv1D"),
    ("convolution2d", "Conv2D"),
    ("conv1dtranspose deconv1d", "ConvTranspose1D"),
    ("conv2dtranspose deconv2d", "ConvTranspose2D"),
    ("maxpooling1d", "MaxPool1D"),
    ("maxpooling2d", "MaxPool2D"),
    ("avgpool1d averagepooling1d", "AveragePool1D"),
    ("avgpool2d averagepooling2d", "AveragePool2D"),
    ("globalaveragepooling1d globalavgpool1d", "GlobalAveragePool1D"),
    ("globalaveragepooling2d globalavgpool2d", "GlobalAveragePool2D"),
    ("globalmaxpooling1d", "GlobalMaxPool1D"),
    ("globalmaxpooling2d", "GlobalMaxPool2D"),
    ("upsampling1d", "UpSample1D"),
    ("upsampling2d", "UpSample2D"),
    ("dropout1d dropout2d spatialdropout1d spatialdropout2d", "SpatialDropout"),
    ("mha multiheadedattention", "MultiHeadAttention"),
    ("rnn simplernncell rnncell", "SimpleRNN"),
    ("lstmcell", "LSTM"),
    ("grucell", "GRU"),
    # schedules, clipping, penalties
    ("steplr", "StepDecay"),
    ("exponentiallr", "ExponentialDecay"),
    ("cosine cosineannealing cosineannealinglr", "CosineDecay"),
    ("onecyclelr", "OneCycle"),
    ("multisteplr piecewiseconstantdecay", "PiecewiseConstant"),
    ("clipnorm clipgradnorm", "ClipByNorm"),
    ("clipvalue clipgradvalue", "ClipByValue"),
    ("ridge weightdecay", "L2"),
    ("lasso", "L1"),
    ("l1l2", "ElasticNet"),
]

ALIASES: dict[str, tuple[Alias, ...]] = {
    name: tuple(meant if isinstance(meant, Alias) else Alias(meant) for meant in meanings)
    for names, *meanings in _MEANINGS
    for name in names.split()
}
"""What each name may mean; a family, such as the losses, takes the first that it has."""

_FIELDS: list[tuple[str, *tuple[str, ...]]] = [
    # rules and schedules; step_size, T_max and milestones count epochs elsewhere and updates here: they are not known
    ("lr eta", "learning_rate", "initial"),
    ("initiallearningrate initiallr baselr", "initial"),
    ("maxlr peaklr peakvalue", "peak"),
    ("etamin minlr", "final"),
    ("decaysteps totalsteps warmupsteps", "every", "steps"),
    ("decayrate gamma", "factor", "decay"),
    ("pctstart", "rise"),
    ("eps", "epsilon"),
    ("rho", "decay"),
    ("b1", "beta1"),
    ("b2", "beta2"),
    ("betas", "beta1 beta2"),
    ("wd lambda", "weight_decay"),
    ("mu", "momentum"),
    # sizes
    ("hiddensize hiddenunits", "units", "hidden"),
    ("features", "units", "filters"),
    ("outfeatures outputdim outputsize nout numunits nunits neurons nodes width", "units"),
    ("embeddingdim embeddim dmodel", "units"),
    ("numembeddings vocabsize vocabularysize inputdim numtokens", "vocabulary"),
    ("outchannels numfilters channels", "filters"),
    ("kernelsize filtersize", "kernel", "size"),
    ("poolsize scalefactor", "size"),
    ("strides", "stride"),
    ("dilationrate dilations", "dilation"),
    ("depthmultiplier channelmultiplier", "multiplier"),
    ("numgroups ngroups", "groups"),
    ("numheads nhead nheads", "heads"),
    ("dimfeedforward dff ffdim mlpdim", "hidden"),
    ("maxlen maxlength seqlen", "length"),
    ("paddingidx padidx", "padding"),
    ("targetshape", "shape"),
    ("dims", "axes"),
    ("numpieces", "pieces"),
    # noise, activations, first weights
    ("p prob probability dropprob dropoutrate dropout", "rate", "dropout"),
    ("std sigma", "stddev", "scale", "deviation"),
    ("stddev standarddeviation", "scale", "deviation"),
    ("negativeslope", "slope"),
    ("alpha", "slope", "decay"),
    ("iscausal", "causal"),
    ("kernelinitializer weightinitializer embeddingsinitializer kernelinit weightinit", "weight"),
    ("biasinitializer biasinit", "bias"),
    ("recurrentinitializer", "recurrent"),
    ("gobackwards", "reverse"),
    ("smoothing", "label_smoothing"),
    ("maxgradnorm maxvalue threshold", "max_norm", "limit"),
    ("clipvalue", "limit"),
]

FIELDS: dict[str, tuple[tuple[str, ...], ...]] = {
    name: tuple(tuple(meant.split()) for meant in meanings) for names, *meanings in _FIELDS for name in names.split()
}
"""What each name of a field may mean; a class takes the first that it has. Several fields together have a list."""

SETTINGS = {
    name: setting
    for names, setting in [
        ("nepochs numepochs numtrainepochs maxepochs maxiter", "epochs"),
        ("batch bs minibatch minibatchsize trainbatchsize", "batch_size"),
        ("optim opt solver momentum", "optimizer"),
        ("wd weightdecay", "l2"),
        ("act", "activation"),
        ("hiddensizes hiddenlayers hiddenlayersizes", "hidden"),
        ("randomstate randomseed", "seed"),
        ("earlystopping niternochange", "patience"),
        ("output outdir outputdir", "out"),
    ]
    for name in names.split()
}
"""Settings and options of a training, beside those that are called as fields are."""

COUNTERPARTS: dict[str, tuple[str, str]] = {
    name: (near, hint)
    for names, near, hint in [
        # update rules
        ("nadam radam amsgrad adabelief lamb yogi", "Adam", "take Adam or AdamW, or from Python any rule of optax"),
        ("adafactor rprop ftrl lars", "RMSProp", "take RMSProp or AdaGrad, or from Python any rule of optax"),
        ("lbfgs bfgs newton muon shampoo", "Adam", "take Adam, or from Python any rule of optax"),
        ("momentum nesterov", "GradientDescent", "take Momentum or Nesterov, which have a momentum"),
        # losses
        ("rmse", "MeanSquaredError", "take MeanSquaredError, which has the same minimum; results state the rmse"),
        ("multimargin", "Hinge", "take Hinge, which is as many times it as there are classes"),
        ("categoricalhinge squaredhinge", "Hinge", "take Hinge"),
        ("logcosh quantile pinball", "Huber", "take Huber or MeanAbsoluteError"),
        (
            "msle mape poisson meansquaredlogarithmicerror meanabsolutepercentageerror",
            "MeanSquaredError",
            "take MeanSquaredError, on logarithms of the target",
        ),
        ("focal", "SoftmaxCrossEntropy", "take SoftmaxCrossEntropy, with class_weight balanced"),
        ("kl kldiv kullbackleibler", "SoftmaxCrossEntropy", "take SoftmaxCrossEntropy, which takes probabilities too"),
        # first weights
        ("normal gaussian truncatednormal truncnormal", "SmallNormal", "take SmallNormal, with its scale"),
        ("uniform randomuniform", "LeCun", "take LeCun, Glorot or He, whose distribution is uniform"),
        ("eye identity dirac", "Orthogonal", "take Orthogonal"),
        # activations
        ("prelu rrelu", "LeakyReLU", "take LeakyReLU"),
        ("mish hardswish hardsilu", "SiLU", "take SiLU"),
        ("relu6 thresholdedrelu", "ReLU", "take ReLU"),
        ("softsign tanhshrink", "Tanh", "take Tanh"),
        ("hardsigmoid", "Sigmoid", "take Sigmoid"),
        ("exp exponential", "Softplus", "take Softplus"),
        ("celu", "ELU", "take ELU"),
        ("glu geglu swiglu", "GELU", "take GELU or Maxout"),
        ("logsoftmax", "Softmax", "take none before SoftmaxCrossEntropy, which includes it, else Softmax"),
        # layers
        *[
            (cell.lower(), "Recurrent", f'take {{ type = "Recurrent", cell = {{ type = "{cell}", units = 32 }} }}')
            for cell in ("LSTM", "GRU", "SimpleRNN")
        ],
        ("rnn", "Recurrent", 'take { type = "Recurrent", cell = { type = "SimpleRNN", units = 32 } }'),
        ("bidirectional", "Recurrent", "take a Concat of two Recurrent, one with reverse = true"),
        ("transformerencoderlayer transformerencoder transformer", "TransformerBlock", "take TransformerBlock"),
        ("attention", "MultiHeadAttention", "take MultiHeadAttention"),
        ("instancenorm instancenorm1d instancenorm2d", "GroupNorm", "take GroupNorm, a group for each channel"),
        ("adaptiveavgpool1d", "GlobalAveragePool1D", "take GlobalAveragePool1D, if one place shall be left"),
        ("adaptiveavgpool2d", "GlobalAveragePool2D", "take GlobalAveragePool2D, if one place shall be left"),
        ("conv convolution", "Conv2D", "take Conv1D or Conv2D"),
        ("separableconv2d", "DepthwiseConv2D", "take DepthwiseConv2D, and behind it Conv2D of size 1"),
        ("zeropad2d zeropadding2d", "Conv2D", "take the padding of the layer behind it"),
        ("add", "Residual", "take Residual, or Join for several inputs"),
        ("concatenate", "Concat", "take Concat for branches of one input, Join for several inputs"),
        ("view unflatten", "Reshape", "take Reshape, with the shape of one example"),
        ("activation", "ReLU", "write the name of the activation as the type"),
    ]
    for name in names.split()
}
"""Names without an exact counterpart: the nearest class, and what to take; for families that have the class.

Fields that the nearest class lacks stand here too.
"""


def plain(name: str) -> str:
    """``name`` as names are compared: case, ``_``, ``-`` and spaces do not matter."""
    return name.replace("_", "").replace("-", "").replace(" ", "").lower()


def find_alias(name: str, known: Container[str]) -> Alias | None:
    """What others call ``name``, among the classes ``known`` of a family; None for a name that means none of them."""
    meanings = ALIASES.get(plain(name)) or ALIASES.get(plain(name).removesuffix("loss"), ())
    return next((meant for meant in meanings if meant.name in known), None)


def find_hint(name: str, known: Container[str]) -> str | None:
    """What to take of a family for a name that has no exact counterpart in it; None for a name that says nothing."""
    near, hint = COUNTERPARTS.get(plain(name)) or COUNTERPARTS.get(plain(name).removesuffix("loss")) or (None, None)
    return hint if near in known else None


def find_fields(name: str, known: Collection[str]) -> tuple[str, ...]:
    """The field that ``name`` is among the ``known`` ones of a class, or the fields that it stands for together.

    () for a name that means none of them.
    """
    if name in known:
        return (name,)
    own = next((field for field in known if plain(field) == plain(name)), None)
    if own is not None:
        return (own,)
    return next((meant for meant in FIELDS.get(plain(name), ()) if set(meant) <= set(known)), ())


def find_settings(name: str, known: Collection[str]) -> tuple[str, ...]:
    """The setting, among the ``known`` ones, that ``name`` means, as ``find_fields`` says that of a field."""
    meant = SETTINGS.get(plain(name))
    return find_fields(name, known) or ((meant,) if meant and meant in known else ())
