"""What the conformance suite is run over: a case is a layer, a cell or a loss with an example to try it on."""
