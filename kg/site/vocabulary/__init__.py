"""What the terms mean, made from the ontology itself: its files in, pages to read out."""
