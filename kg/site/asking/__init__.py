"""The bundled questions as pages: a form, an answer, and how to ask the same elsewhere."""
