"""A derivation as text, Markdown, HTML or JSON: all from the same steps."""
