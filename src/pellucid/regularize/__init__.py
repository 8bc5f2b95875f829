"""Penalties and constraints on weights."""

from pellucid.regularize.constraint import Constraint
from pellucid.regularize.elastic_net import ElasticNet
from pellucid.regularize.l1 import L1
from pellucid.regularize.l2 import L2
from pellucid.regularize.max_norm import MaxNorm
from pellucid.regularize.penalty import Penalty, is_weight, penalty_gradient, penalty_value
from pellucid.regularize.per_layer import PerLayer

__all__ = [
    "L1",
    "L2",
    "Constraint",
    "ElasticNet",
    "MaxNorm",
    "Penalty",
    "PerLayer",
    "is_weight",
    "penalty_gradient",
    "penalty_value",
]
