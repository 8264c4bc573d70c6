"""The site as a server: addresses in, pages, data and answers out."""
