"""Recordings: files, folders and archives of them, as spectrograms."""
