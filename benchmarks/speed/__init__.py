"""How fast pellucid trains, beside what else one could take: ``python -m benchmarks.speed``."""
