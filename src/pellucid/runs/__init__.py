"""One run, one folder: what it holds, how a training is kept in it, how it is read back, and what it answers.

``fit`` -> ``RunFolder``, the recorder -> the files that ``layout`` names -> ``load_run`` -> ``Run``.
"""

from pellucid.runs.events import changes_of
from pellucid.runs.fit import fit
from pellucid.runs.folder import RunFolder
from pellucid.runs.run import Run, load_run
from pellucid.runs.steering import ask

__all__ = ["Run", "RunFolder", "ask", "changes_of", "fit", "load_run"]
