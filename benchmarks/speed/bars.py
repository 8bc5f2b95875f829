"""How fast pellucid is meant to be, as ratios of a peer's time to its own: above 1 it is faster."""

from __future__ import annotations

BARS: dict[tuple[str, str], float] = {
    ("tiny", "torch_eager"): 15.0,
    ("tiny", "sklearn_mlp"): 10.0,
    ("tabular", "torch_eager"): 3.0,
    ("mlp", "torch_eager"): 2.0,
    ("mlp", "products"): 1 / 1.25,
    ("cnn", "torch_channels_last"): 1.3,
    ("cnn", "torch_channels_last_compile"): 1.3,
    ("lstm", "torch_eager"): 1.2,
    ("gru", "torch_eager"): 1.2,
    ("autoencoder", "torch_eager"): 2.0,
    ("cold start", "sklearn"): 1 / 1.5,
    ("second fit on jax", "first fit"): 5.0,
    ("population", "torch one by one"): 100.0,
    ("gradient check", "torch gradcheck"): 10.0,
    ("watching", "not watching"): 1 / 1.05,
}
"""By workload and peer. Against JAX by hand every workload has to reach ``BY_HAND``."""

BY_HAND = 1.0


def bar(workload: str, peer: str) -> float | None:
    """The ratio to reach; None where nothing is asked."""
    return BY_HAND if peer == "jax_by_hand" else BARS.get((workload, peer))


def verdict(ratio: float, bar: float | None) -> str:
    """ "met", or how much is missing."""
    if bar is None:
        return ""
    return f">= {bar:.3g} met" if ratio >= bar else f">= {bar:.3g} missed by {100 * (1 - ratio / bar):.0f} %"
