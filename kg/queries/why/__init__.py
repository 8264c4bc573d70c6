"""Why something stands in the graph: the claims, quotes, judgements and rules behind it."""
