"""Pictures as plain shapes: numbers in, places and sizes out; templates write them as SVG."""
