"""The families by name, with their settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pellucid.playground.families import settings
from pellucid.playground.families.attention import AttentionFamily
from pellucid.playground.families.autoencoder import AutoencoderFamily
from pellucid.playground.families.convolution import ConvolutionFamily
from pellucid.playground.families.family import Family
from pellucid.playground.families.recurrent import RecurrentFamily

FAMILIES: Mapping[str, tuple[type[Family[Any]], type[settings.Settings]]] = {
    "convolution": (ConvolutionFamily, settings.ConvolutionSettings),
    "recurrent": (RecurrentFamily, settings.RecurrentSettings),
    "autoencoder": (AutoencoderFamily, settings.AutoencoderSettings),
    "attention": (AttentionFamily, settings.AttentionSettings),
}
