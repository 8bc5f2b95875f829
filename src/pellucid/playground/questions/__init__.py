"""What the page may ask an engine, a question a file: each a pure function of a ``Subject`` and what it is about."""
