"""How fast the page and its server are."""
