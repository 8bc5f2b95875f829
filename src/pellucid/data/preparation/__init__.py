"""Preparing columns of numbers in five steps: raw, centre, normalise, decorrelate, whiten."""
