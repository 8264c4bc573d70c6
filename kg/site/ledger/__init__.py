"""The ledger of disagreements as a page that one can argue with."""
