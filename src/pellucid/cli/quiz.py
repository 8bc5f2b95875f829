"""The quiz on a terminal: questions out, answers in."""

from __future__ import annotations

import sys
from textwrap import fill

from pellucid.derivation.quiz import Question, Quiz

LEAVE = ("q", "quit", "exit")


def hold(quiz: Quiz, title: str) -> None:
    """Ask every question until the end, or until the reader leaves; then say how many were right."""
    print(_wrapped(title, ""))
    print("Answer to two digits or more; ? shows it, an empty line skips it, q leaves.")
    try:
        while (question := quiz.question) is not None:
            _show(question, f"{quiz.at + 1} of {len(quiz.questions)}")
            before = quiz.at
            while quiz.at == before:
                given = _hear(question.name)
                if given.lower() in LEAVE:
                    raise EOFError
                print(_wrapped(quiz.answer(given).message))
    except (EOFError, KeyboardInterrupt):
        print()
    print(f"{quiz.right} right of {quiz.asked}; {len(quiz.questions)} in all.")


def _show(question: Question, place: str) -> None:
    print(f"\n{question.section}, {place}")
    print(_wrapped(f"{question.name} = {question.formula}"))
    if question.known:
        print(_wrapped(", ".join(f"{name} = {number}" for name, number in question.known)))


def _hear(name: str) -> str:
    given = input(f"  {name} = ").strip()
    if not sys.stdin.isatty():
        print(given)  # so that a transcript shows what was answered
    return given


def _wrapped(text: str, indent: str = "  ") -> str:
    return fill(text, 80, initial_indent=indent, subsequent_indent=indent + "  ", break_long_words=False)
