"""Formulas as values, and the steps of a derivation that are made of them."""
