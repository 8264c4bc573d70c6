"""What the generated articles tell of: persons, meetings, measures, and the page they stand on."""
