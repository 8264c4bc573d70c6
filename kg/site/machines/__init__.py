"""What a site tells machines of itself: descriptions, dumps, feeds, addresses."""
