"""What counts as a right answer."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pellucid.derivation.lessons import EXAMPLES
from pellucid.derivation.lessons.quiz import Outcome, Question, Quiz, agrees, judge, significant

RIGHT, WRONG, VAGUE, UNCLEAR = Outcome.RIGHT, Outcome.WRONG, Outcome.VAGUE, Outcome.UNCLEAR


def outcome(value, text):
    return judge(Question("forward", "y", "a * b", (), "1 * 2 = 3", value, "so"), text, 6).outcome


@pytest.mark.parametrize(
    ("value", "text", "expected"),
    [
        (0.593269992, "0.593269992", RIGHT),
        (0.593269992, ".59", RIGHT),
        (0.593269992, "0,593", RIGHT),
        (0.593269992, "5.93e-1", RIGHT),
        (0.593269992, "0.593271", RIGHT),  # the numbers shown have six digits
        (0.593269992, "0.5934", WRONG),
        (0.593269992, "0.60", WRONG),
        (0.593269992, "0.6", VAGUE),
        (0.593269992, "0.5", WRONG),
        (-0.0380982, "-0.038", RIGHT),
        (-0.0380982, "−0.038", RIGHT),
        (-0.0380982, "0.038", WRONG),
        (0.5, "0.5", RIGHT),
        (1.0, "1", RIGHT),
        (0.0, "0", RIGHT),
        (0.0, "0.00", RIGHT),
        (0.3, "0", WRONG),
        (12.4, "12", RIGHT),
        (12.5, "13", RIGHT),
        (0.3775, "0.38", RIGHT),
        (0.3775, "abc", UNCLEAR),
        (0.3775, "1e9999", UNCLEAR),
        (0.3775, "nan", UNCLEAR),
        (0.3775, "1/2", UNCLEAR),
        (0.3775, "1e999", WRONG),
    ],
)
def test_an_answer_is_judged(value, text, expected):
    assert outcome(value, text) is expected


def test_a_wrong_sign_is_named():
    question = Question("forward", "y", "a", (), "1", 0.5, "so")
    assert "the sign is wrong" in judge(question, "-0.50", 6).message


def test_digits_are_counted_as_written():
    assert [significant(Decimal(text)) for text in ("0.050", "12", "1e5", "0")] == [2, 2, 1, 0]
    assert agrees(Decimal("0.35"), 0.345, 6)


def test_whoever_calculates_gets_all_points():
    quiz = Quiz(EXAMPLES["two-two-two"].explain("w1"), digits=6)
    while (question := quiz.question) is not None:
        assert quiz.answer(f"{question.value:.3g}").outcome is RIGHT, question
    assert quiz.right == quiz.asked == len(quiz.questions) > 15
    with pytest.raises(IndexError):
        quiz.answer("1")


def test_every_number_of_a_question_has_been_met_or_is_given():
    quiz = Quiz(EXAMPLES["two-two-two"].explain("w1"))
    met = {f"w{n}" for n in range(1, 9)} | {"i1", "i2", "b1", "b2", "target_o1", "target_o2"}
    met |= {"w", "g", "learning_rate", "E before", "E after"}
    for question in quiz.questions:
        assert {name for name, _ in question.known} <= met, question
        met.add(question.name)


def test_what_is_skipped_does_not_count_and_what_is_shown_does():
    quiz = Quiz(EXAMPLES["two-two-two"].explain())
    assert [quiz.answer(text).outcome.value for text in ("", "?", "x", "5.0")] == [
        "skipped",
        "shown",
        "unclear",
        "wrong",
    ]
    assert (quiz.at, quiz.asked, quiz.right) == (3, 2, 0)


def test_a_comma_is_read_as_a_point_and_that_is_said():
    question = Question("forward", "y", "a", (), "1", 0.5, "so")
    assert judge(question, "0,50", 6).message.startswith("right: 0,50 is read as 0.50; y = ")
    assert "is read as" not in judge(question, "0.50", 6).message


def test_why_the_chain_rule_gives_the_answer_again_is_said_once_and_after_it():
    quiz = Quiz(EXAMPLES["two-two-two"].explain(automatic=False))
    places = [i for i, question in enumerate(quiz.questions) if question.lead]
    assert [quiz.questions[i - 1].name for i in places] == ["∂E/∂w5"]
    assert "once more" in quiz.questions[places[0]].lead
    text = " ".join(EXAMPLES["two-two-two"].explain(automatic=False).text().split())
    assert text.count("That is the answer. The same gradient once more, as textbooks write it") == 1
