"""What a network learns: labels of classes, scaled amounts, the next steps of a series, or its own inputs."""

from pellucid.data.base.targets.classes import ClassTarget
from pellucid.data.base.targets.inputs import InputsTarget
from pellucid.data.base.targets.number import NumberTarget
from pellucid.data.base.targets.series import SeriesTarget
from pellucid.data.base.targets.several import AmountsTarget, LabelsTarget

TableTarget = ClassTarget | NumberTarget | InputsTarget | AmountsTarget | LabelsTarget
Target = TableTarget | SeriesTarget

__all__ = [
    "AmountsTarget",
    "ClassTarget",
    "InputsTarget",
    "LabelsTarget",
    "NumberTarget",
    "SeriesTarget",
    "TableTarget",
    "Target",
]
