"""Networks beyond points in the plane: one family a file, each with its data and what a frame shows of it."""
