"""One run, one folder: what it holds, how a training is kept in it, how it is read back, and what it answers.

``fit`` -> ``RunFolder``, the listener that writes -> the files that ``layout`` names -> ``load_run`` -> ``Run``.
"""

from pellucid.runs.fit import fit
from pellucid.runs.folder import RunFolder
from pellucid.runs.run import Run, load_run

__all__ = ["Run", "RunFolder", "fit", "load_run"]
