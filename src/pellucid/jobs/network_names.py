"""The networks that have a name: see ``pellucid.jobs.presets``, which imports too much for help to ask it."""

from pellucid.aliases import plain

NETWORKS = ("linear", "mlp", "ensemble", "cnn", "rnn", "lstm", "gru", "transformer", "autoencoder")

ALIASES = {
    name: network
    for network, names in {
        "linear": "linearregression logisticregression softmaxregression",
        "mlp": "dnn dense ffn fnn feedforward multilayerperceptron",
        "cnn": "convnet convolutional",
        "rnn": "recurrent simplernn",
        "transformer": "transformerencoder attention",
        "autoencoder": "ae",
    }.items()
    for name in names.split()
}
"""What else they are called."""


def network_name(name: str) -> str:
    """The network that ``name`` means: ``ConvNet`` is cnn; other names as they are."""
    return ALIASES.get(plain(name), plain(name) if plain(name) in NETWORKS else name)
