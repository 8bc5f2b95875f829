"""How well the doctor finds faults, and leaves healthy trainings alone: ``python -m benchmarks.doctor``."""
