"""Studies: instruments that measure a trained network, and comparisons of trainings."""

from pellucid.studies.error_surface import ErrorSurface, MeanLoss, error_surface
from pellucid.studies.plane import Plane, plane_of_path, plane_of_weights, random_plane
from pellucid.studies.plane_regions import LayerRegions, plane_regions

__all__ = [
    "ErrorSurface",
    "LayerRegions",
    "MeanLoss",
    "Plane",
    "error_surface",
    "plane_of_path",
    "plane_of_weights",
    "plane_regions",
    "random_plane",
]
