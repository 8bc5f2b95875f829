"""The language of a report: sentences stand in English where they are used, and a catalogue has them in another one.

``say`` is for every sentence that a report makes. What a run has written, such as its remarks, stays as it is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from pellucid.errors import UnknownNameError
from pellucid.report_page.catalogues import zh

CATALOGUES: Mapping[str, Mapping[str, str]] = {"en": {}, "zh": zh.SENTENCES}
"""Sentences by their English, by the name of the language. A new language is a module of ``catalogues``, named here."""

HTML_LANGUAGES = {"en": "en", "zh": "zh-CN"}
"""What the attribute ``lang`` of a page says."""

_language: ContextVar[str] = ContextVar("language", default="en")


@contextmanager
def speak(language: str) -> Iterator[None]:
    """Within it ``say`` gives sentences in this language. Raises UnknownNameError."""
    if language not in CATALOGUES:
        raise UnknownNameError("language", language, list(CATALOGUES))
    before = _language.set(language)
    try:
        yield
    finally:
        _language.reset(before)


def say(sentence: str, /, **values: object) -> str:
    """The sentence in the language of the report, the ``{name}`` in it replaced by ``values``."""
    return CATALOGUES[_language.get()].get(sentence, sentence).format(**values)


def sentence(text: str) -> str:
    """``text`` itself: says that it is a sentence of the catalogue, which ``say`` gets where it is used."""
    return text


def html_language() -> str:
    """The language of the report, as the attribute ``lang`` names it."""
    return HTML_LANGUAGES[_language.get()]


def language_of_locale(environment: Mapping[str, str] = os.environ) -> str:
    """The language that LC_ALL, LC_MESSAGES or LANG asks for, where there is a catalogue of it; else English."""
    told = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environment.get(name))), "")
    name = told.replace("-", "_").partition("_")[0].partition(".")[0].lower()
    return name if name in CATALOGUES else "en"
