"""Plots of what a network does."""
