"""Proof that gradients are right: two oracles, the gradient check, the conformance suite."""
