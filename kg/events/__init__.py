"""Stage 4: claims and entities in; events and disagreements out."""
