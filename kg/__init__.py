"""News articles and statements in, a checked and published knowledge graph out.

Folders are stages, in the order the data takes; each is named after what it
yields: articles, claims, entities, events, graph, then queries and shapes side
by side, then site. Files are the ground that every stage stands on.
"""

__version__ = "0.8.0"
