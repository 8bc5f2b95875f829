"""The sentences of a report in other languages, a module each."""
