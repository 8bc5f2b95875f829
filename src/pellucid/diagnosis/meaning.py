"""What each fault means: two or three sentences for someone who meets it the first time."""

from __future__ import annotations

MEANINGS = {
    "rate too high": (
        "Each step leaps over the floor of the valley. Gradient descent settles only where the rate is below "
        "2 over the largest curvature of the loss; above it, oscillations grow until units die or numbers "
        "overflow."
    ),
    "rate too low": ("Steps go the right way, but so short that the training ends long before it arrives."),
    "optimizer": (
        "One rate for all weights is too large for some and too small for others. A rule that finds a rate "
        "for each weight gets on; often scaled inputs do as well."
    ),
    "inputs not scaled": (
        "Inputs of very different or very large size make the loss steep along some weights and flat along "
        "others, and push units to where they saturate: no single rate suits all weights."
    ),
    "inputs correlated": (
        "Inputs that go together make a long narrow valley: the loss is steep where they change together and "
        "almost flat where they differ. Whitening turns and scales them so that the valley is round."
    ),
    "targets not scaled": (
        "Targets far from the size of the first outputs make the first errors and gradients huge: the first "
        "steps throw the weights far away."
    ),
    "initialisation": (
        "The first weights decide how signals and gradients grow from layer to layer. Drawn by fan-in, they "
        "keep their size; much larger ones saturate units or overflow, much smaller or equal ones leave "
        "nothing to learn from."
    ),
    "hidden activation": (
        "The hidden layers' activation stands in the way: without one, layers collapse into a single linear "
        "map; sigmoids in depth let gradients fade; a softmax makes units compete; ReLUs may all be silent."
    ),
    "output does not fit its loss": (
        "The output cannot say what the loss asks for, or its activation and the loss do not belong together: "
        "gradients vanish where the answer is most wrong, or the right answer cannot be reached."
    ),
    "too few units": ("The network has too few units to follow its examples: its training error stays high."),
    "too deep": ("So many layers, as they are, let the signal or its gradient fade on the way."),
    "too few steps": (
        "The training ends while it is still getting better. This is not a fault of settings but of patience."
    ),
    "batch too small": ("A step looks at so few examples that its direction is mostly chance."),
    "exploding gradients": ("Now and then a gradient is so long that one step destroys what was learnt."),
    "overfitting": (
        "The network learns its examples by heart, with their noise: the training error goes on falling while "
        "that on validation does not, or rises."
    ),
    "too much penalty": ("The penalty holds weights so small that the network cannot follow the examples."),
    "too much dropout": ("So many units are left out at each step that what remains cannot learn the task."),
    "labels": (
        "Some labels say something else than their neighbours and a linear model, which have not seen them, "
        "agree on: the network learns errors."
    ),
    "behind a plain model": (
        "A plain model does better on the same examples, so there is something to win that this training does "
        "not get. None of the changes that were tried is proved to be the cure."
    ),
}


def meaning_of(fault: str) -> str:
    """The sentences for a fault, or for several joined by "and"."""
    return MEANINGS.get(fault) or " ".join(MEANINGS[part] for part in fault.split(" and ") if part in MEANINGS)
