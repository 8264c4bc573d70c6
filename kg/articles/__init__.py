"""Stage 1: files, folders, standard input in, articles out."""
