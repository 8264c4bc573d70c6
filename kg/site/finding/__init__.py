"""Search: names, words, IRIs and places in articles."""
