"""Texts: files and columns of them, as sequences of terms or as weights of terms."""
