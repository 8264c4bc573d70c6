"""Stage 6: a dataset and shapes in, a validation report out."""
