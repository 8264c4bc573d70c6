"""Stage 2: articles in, claims with their evidence out."""
