"""Stage 6: a dataset and a question in, rows out."""
