"""The networks that have a name: see ``pellucid.jobs.presets``, which imports too much for help to ask it."""

NETWORKS = ("linear", "mlp", "cnn", "rnn", "lstm", "gru", "transformer", "autoencoder")
