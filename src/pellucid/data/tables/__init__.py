"""Tables: their cells, what a column means, and the data set that they make."""
