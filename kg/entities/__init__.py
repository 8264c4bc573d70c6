"""Stage 3: claims in; mentions, judgements of identity and entities out."""
