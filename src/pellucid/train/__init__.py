"""Training: one pure step, two engines that run it, and fit."""
