"""The worked example of any gradient in any network: ``explain``; and of training, a step or several."""

from pellucid.derivation.explain import explain
from pellucid.derivation.explanation import Explanation
from pellucid.derivation.first_steps import Moment, first_steps
from pellucid.derivation.whole_step import explain_step

__all__ = ["Explanation", "Moment", "explain", "explain_step", "first_steps"]
