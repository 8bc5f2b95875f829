"""The data of a playground: points in the plane that are drawn by a seed, or points of one's own."""
