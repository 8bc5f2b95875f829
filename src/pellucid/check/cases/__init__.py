"""The cases of the conformance suite: a case is a layer, a cell or a loss with an example to try it on."""
