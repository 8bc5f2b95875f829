"""What a training job is, without a terminal: settings, data, network, loss, and the training itself."""
