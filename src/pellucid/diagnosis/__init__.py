"""Diagnosis: symptoms of a training that goes wrong, exact tests, and experiments that prove a cause."""
