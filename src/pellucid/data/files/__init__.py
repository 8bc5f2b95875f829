"""Files as they lie on a disk: folders, delimited text, Parquet, idx; and how public ones are fetched."""
