"""The machine: what XLA is told, aligned memory, compiled programs on disk, threads, random bits. No mathematics."""
