"""Stage 5: records in, an RDF dataset and its store out."""
