"""The trained part: claims that the rules left out, proposed by linear models over the reading.

It reads what the rules read (sentences, parties, things, dates) and only speaks of a kind where the
rules are silent in a sentence. Weights travel in `kg/claims/data/learned.txt`;
`python -m benchmarks.train` makes them anew.
"""
