"""Data sets, tables, preprocessing, splits."""
