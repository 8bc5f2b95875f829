"""The playground: small networks that are built, trained and explained while one looks on.

Read ``state.py`` first: everything on the page follows from one value. ``messages.py`` has what the page may say.
"""
