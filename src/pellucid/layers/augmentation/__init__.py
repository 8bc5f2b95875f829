"""Augmentation: layers that change examples at random, in training only, a file each."""

from pellucid.layers.augmentation.cutout import Cutout
from pellucid.layers.augmentation.frequency_mask import FrequencyMask
from pellucid.layers.augmentation.random_brightness import RandomBrightness
from pellucid.layers.augmentation.random_crop import RandomCrop
from pellucid.layers.augmentation.random_flip import RandomFlip
from pellucid.layers.augmentation.random_rotation import RandomRotation
from pellucid.layers.augmentation.random_shift import RandomShift
from pellucid.layers.augmentation.swap_noise import SwapNoise
from pellucid.layers.augmentation.time_mask import TimeMask
from pellucid.layers.augmentation.time_shift import TimeShift

__all__ = [
    "Cutout",
    "FrequencyMask",
    "RandomBrightness",
    "RandomCrop",
    "RandomFlip",
    "RandomRotation",
    "RandomShift",
    "SwapNoise",
    "TimeMask",
    "TimeShift",
]
