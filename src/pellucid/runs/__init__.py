"""One run, one folder: what it holds, how a training is kept in it, and how it is read back."""

from pellucid.runs.fit import fit
from pellucid.runs.folder import RunFolder
from pellucid.runs.load import load_run

__all__ = ["RunFolder", "fit", "load_run"]
