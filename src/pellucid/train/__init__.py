"""Training: one pure step, two engines that run it, and ``fit``."""

from pellucid.train.fit import fit
from pellucid.train.generate import generate
from pellucid.train.history import History
from pellucid.train.listener import Listener, Snapshot
from pellucid.train.load import load_run
from pellucid.train.population import Member, Population
from pellucid.train.run import RunFolder
from pellucid.train.stopping import EarlyStopping
from pellucid.train.train_population import train_population
from pellucid.train.trained import Trained

__all__ = [
    "EarlyStopping",
    "History",
    "Listener",
    "Member",
    "Population",
    "RunFolder",
    "Snapshot",
    "Trained",
    "fit",
    "generate",
    "load_run",
    "train_population",
]
