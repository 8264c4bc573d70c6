"""The site as files that any web server can send."""
