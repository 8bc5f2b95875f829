"""The quiz: the reader computes a derivation number by number. Input and output are left to the caller."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.explanation import Explanation
from pellucid.derivation.render.formulas import format_number, format_numbers, format_symbols
from pellucid.derivation.render.outline import AGAIN


class Outcome(Enum):
    """What became of an answer. After ``VAGUE`` and ``UNCLEAR`` the same question is asked again."""

    RIGHT = "right"
    WRONG = "wrong"
    SHOWN = "shown"
    SKIPPED = "skipped"
    VAGUE = "vague"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Question:
    """One number that is asked for: the formula, and what is known of the numbers in it."""

    section: str
    name: str
    formula: str
    known: tuple[tuple[str, str], ...]
    worked: str
    value: float
    why: str
    lead: str = ""
    """What is said before the question is asked."""


@dataclass(frozen=True)
class Reply:
    """What an answer came to, and what there is to say about it."""

    outcome: Outcome
    message: str


class Quiz:
    """The questions of a derivation in order, where the reader stands, and the score.

    Numbers are shown rounded to ``digits``. An answer is right if it agrees with the value to the digits given, at
    least two significant ones; what it has beyond the digits shown is not held against the reader.
    """

    def __init__(self, explanation: Explanation, digits: int = 6) -> None:
        self.digits = digits
        self.questions = tuple(self._questions(explanation))
        self.at = self.right = self.asked = 0

    @property
    def question(self) -> Question | None:
        """What is asked now; None at the end."""
        return self.questions[self.at] if self.at < len(self.questions) else None

    def answer(self, text: str) -> Reply:
        """Hear an answer to the question: a number, "?" to be shown it, or nothing to skip it.

        Raises IndexError when there is no question left.
        """
        question = self.questions[self.at]
        reply = judge(question, text.strip(), self.digits)
        if reply.outcome in (Outcome.VAGUE, Outcome.UNCLEAR):
            return reply
        self.at += 1
        self.asked += reply.outcome is not Outcome.SKIPPED
        self.right += reply.outcome is Outcome.RIGHT
        return reply

    def _questions(self, explanation: Explanation) -> list[Question]:
        """Every number once; before the chain rule, which gives the answer again, a word on why."""
        found: dict[tuple[str, float], Question] = {}
        for step in explanation.steps():
            if step.section != "check" and step.formula is not None:
                found.setdefault((step.name, step.value), self._question(step))
        questions = list(found.values())
        answers = [(step.name, step.value) for step in explanation.backward[-1:] if explanation.chain]
        after = 1 + max((list(found).index(answer) for answer in answers if answer in found), default=len(found))
        if after < len(questions):
            questions[after] = replace(questions[after], lead=AGAIN)
        return questions

    def _question(self, step: DerivationStep) -> Question:
        assert step.formula is not None
        known = {symbol.name: format_number(symbol.number, self.digits) for symbol in step.formula.symbols()}
        worked = f"{format_numbers(step.formula, digits=self.digits)} = {format_number(step.value, self.digits)}"
        formula = format_symbols(step.formula, digits=self.digits)
        return Question(step.section, step.name, formula, tuple(known.items()), worked, step.value, step.why)


def judge(question: Question, text: str, digits: int) -> Reply:
    """What the answer ``text`` is to the question, the numbers having been shown to so many digits."""
    line = f"{question.name} = {question.worked}"
    if not text:
        return Reply(Outcome.SKIPPED, f"skipped: {line}")
    if text == "?":
        return Reply(Outcome.SHOWN, f"{line}: {question.why}")
    plain = text.replace("−", "-").replace(",", ".", 1).replace(" ", "")
    if re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?", plain) is None:
        return Reply(Outcome.UNCLEAR, f"{text!r} is no number: give one, ? to see it, nothing to skip it, q to leave")
    given = Decimal(plain)
    line = f"{text} is read as {plain}; {line}" if "," in text else line
    if abs(float(given) - question.value) <= 1e-9 * abs(question.value):
        return Reply(Outcome.RIGHT, f"right: {line}")
    if significant(given) and agrees(given, question.value, digits):
        if significant(given) == 1:
            return Reply(Outcome.VAGUE, "as far as it goes that is right: give at least two significant digits")
        return Reply(Outcome.RIGHT, f"right: {line}")
    hint = "; the sign is wrong" if agrees(-given, question.value, digits) else ""
    return Reply(Outcome.WRONG, f"wrong{hint}: {line}: {question.why}")


def agrees(given: Decimal, value: float, digits: int) -> bool:
    """Whether ``value``, rounded to the places that ``given`` has, is ``given``; or they differ by rounding alone."""
    exponent = given.as_tuple().exponent
    half_a_place = float(Decimal(5).scaleb(int(exponent) - 1))
    slack = abs(value) * 10.0 ** (1 - digits)  # the numbers shown were rounded too
    return given.adjusted() < 300 and abs(float(given) - value) <= max(half_a_place * (1 + 1e-9), slack)


def significant(given: Decimal) -> int:
    """How many significant digits a number is written with; zeros before them do not count."""
    return len("".join(map(str, given.as_tuple().digits)).lstrip("0"))
