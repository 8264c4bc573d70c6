"""Claims judged against those that a careful reader wrote down: gold, drafts of gold, figures."""
