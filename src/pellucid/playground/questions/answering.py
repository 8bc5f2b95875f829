"""Questions are answered one after another in a thread beside the training."""

from __future__ import annotations

import queue
import threading
import traceback
from collections.abc import Callable

import numpy as np

from pellucid.envelope import pack
from pellucid.errors import PellucidError, UnknownNameError, describe
from pellucid.playground.messages import Ask, refusal
from pellucid.playground.questions.answer import Answer
from pellucid.playground.questions.registry import QUESTIONS
from pellucid.playground.questions.scene import Scene

MOST_WAITING = 8
"""So many questions wait; more are refused."""


class Answering:
    """The thread that answers; ``send`` takes answers and errors, packed."""

    def __init__(self, send: Callable[[bytes], None]) -> None:
        self._send = send
        self._waiting: queue.Queue[tuple[Ask, Scene]] = queue.Queue(MOST_WAITING)
        self._thread: threading.Thread | None = None

    def put(self, asked: Ask, scene: Scene) -> None:
        """Answer this when its turn comes."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, daemon=True)
            self._thread.start()
        try:
            self._waiting.put_nowait((asked, scene))
        except queue.Full:
            self._send(refusal(f"{MOST_WAITING} questions wait already: ask again in a moment", asked.id))

    def _run(self) -> None:
        while True:
            self._send(answer_to(*self._waiting.get()))


def answer_to(asked: Ask, scene: Scene) -> bytes:
    """The message that answers a question, or says why there is no answer."""
    try:
        if asked.what not in QUESTIONS:
            raise UnknownNameError("question", asked.what, QUESTIONS)
        with np.errstate(all="ignore"):  # of a network that diverged the answer has numbers that are none
            return _packed(asked, QUESTIONS[asked.what](scene, asked.about))
    except PellucidError as error:
        why = describe(error)
    except MemoryError:
        why = "there is not enough memory for this answer"
    except Exception as error:
        traceback.print_exc()
        why = f"the answer could not be worked out ({type(error).__name__})"
    return refusal(why, asked.id)


def _packed(asked: Ask, found: Answer) -> bytes:
    arrays = [{"name": name, "shape": list(array.shape)} for name, array in found.arrays.items()]
    header = {"type": "answer", "id": asked.id, "what": asked.what, **found.values, "arrays": arrays}
    return pack(header, list(found.arrays.values()))
