"""Lists with facets: what is listed and by what it is told apart stands in `data/lists.yaml`."""
