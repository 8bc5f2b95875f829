"""File formats: folders, delimited text, Parquet, idx; and how public files are fetched."""
