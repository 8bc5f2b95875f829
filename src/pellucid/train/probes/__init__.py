"""What is recorded of a step beside its loss."""
