"""Pages of things: an IRI in, what is stated of it and what leads to it out."""
