"""The quiz on a terminal: questions out, answers in."""

from __future__ import annotations

import sys
from textwrap import fill

from pellucid.cli.output import harmless, text_width, write
from pellucid.derivation.lessons.quiz import Question, Quiz

LEAVE = ("q", "quit", "exit")

PART = 20
"""After so many questions comes a pause."""


def run_quiz(quiz: Quiz, title: str) -> None:
    """Ask every question until the end, in parts, or until the reader leaves; then say how many were right."""
    count = len(quiz.questions)
    try:
        write(_wrapped(title, ""))
        write("Answer to two digits or more; ? shows it, an empty line skips it, q leaves.")
        if count > PART:
            write(_wrapped(f"There are {count} questions, in parts of {PART}; --only backward asks for fewer.", ""))
        while (question := quiz.question) is not None:
            if quiz.at and quiz.at % PART == 0:
                _pause(quiz)
            _show(question, f"{quiz.at + 1} of {count}")
            before = quiz.at
            while quiz.at == before:
                write(_wrapped(quiz.answer(_hear(f"  {question.name} = ")).message))
    except (EOFError, KeyboardInterrupt):
        write("")
    write(f"{quiz.right} right of {quiz.asked}; {count} in all.")


def _pause(quiz: Quiz) -> None:
    """The score so far; raises EOFError where the reader leaves."""
    write(f"\n{quiz.right} right of {quiz.asked} so far, {len(quiz.questions) - quiz.at} to go.")
    _hear("  An empty line goes on, q leaves: ")


def _show(question: Question, place: str) -> None:
    if question.lead:
        write("\n" + _wrapped(question.lead))
    write(f"\n{question.section}, {place}")
    write(_wrapped(f"{question.name} = {question.formula}"))
    if question.known:
        write(_wrapped(", ".join(f"{name} = {number}" for name, number in question.known)))


def _hear(prompt: str) -> str:
    """What the reader says; raises EOFError for a word that leaves."""
    given = input(harmless(prompt)).strip()
    if not sys.stdin.isatty():
        write(given)  # so that a transcript shows what was answered
    if given.lower() in LEAVE:
        raise EOFError
    return given


def _wrapped(text: str, indent: str = "  ") -> str:
    return fill(text, text_width(), initial_indent=indent, subsequent_indent=indent + "  ", break_long_words=False)
