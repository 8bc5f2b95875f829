"""Studies: instruments that measure a trained network, and comparisons of trainings."""
