"""What every kind of data has in common: parts, targets, preparation, the data set."""
