"""One server that reads run folders and steers trainings: answers as JSON or numbers, news over a WebSocket.

No domain logic is here: what a run is and says is asked of ``runs``, ``jobs`` and ``derivation``.
"""
