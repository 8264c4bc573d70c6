"""Stage 7: a checked dataset in, exports out."""
