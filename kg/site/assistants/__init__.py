"""What assistants use: the bundled questions, things, words and evidence, as tools."""
