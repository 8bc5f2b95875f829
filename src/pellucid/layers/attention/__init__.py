"""Attention, and the positions that it needs to tell steps apart."""
