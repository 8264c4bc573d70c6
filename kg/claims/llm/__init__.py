"""A language model as a second reader: optional, never trusted, checked word by word."""
