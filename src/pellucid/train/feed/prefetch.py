"""Reading ahead: the next item is made in a thread while the last one is in use."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any


def map_ahead(function: Callable[[Any], Any], items: Iterable[Any]) -> Generator[Any, None, None]:
    """``function(item)`` of every item in order, one ahead, and never more: two results are in memory at most.

    What ``function`` raises is raised here, in its turn. The thread is over when this generator is, or is closed.
    """
    items = iter(items)
    with ThreadPoolExecutor(1, "pellucid-prefetch") as thread:
        coming = [thread.submit(function, item) for item in islice(items, 1)]
        while coming:
            result = coming.pop().result()
            coming = [thread.submit(function, item) for item in islice(items, 1)]
            yield result
            del result
