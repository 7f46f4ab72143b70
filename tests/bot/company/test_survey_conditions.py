"""What `when` may say, by the kind of question it looks at; the messages as a file gets them are in test_survey_file.py."""

from typing import Any

import pytest

from bot.company.survey_conditions import ConditionReader
from bot.company.survey_reading import FileReading
from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import Condition, Option, Question

KNOWN = {
    "rated": Question("rated", QuestionKind.RATING, {}),
    "nps": Question("nps", QuestionKind.NPS, {}),
    "sure": Question("sure", QuestionKind.YESNO, {}),
    "some": Question("some", QuestionKind.CHOICES, {}, options=(Option("a", {}), Option("b", {}))),
    "unfinished": Question("unfinished", QuestionKind.CHOICE, {}),
    "words": Question("words", QuestionKind.TEXT, {}),
}


def read(when: Any) -> tuple[tuple[Condition, ...], list[str]]:  # noqa: ANN401 -- whatever a file says
    """The conditions, and what is wrong."""
    reading = FileReading(("en",))
    conditions = ConditionReader(reading, KNOWN, {*KNOWN, "own", "later"}, {"broken"})
    return conditions.read({"when": when}, ("questions", 7), "own"), [why for _, why in reading.found]


@pytest.mark.parametrize(
    ("when", "condition"),
    [
        ({"question": "rated", "at_most": 2}, Condition("rated", 2, 1)),
        ({"question": "nps", "at_least": 9}, Condition("nps", 10, 9)),
        ({"question": "sure", "is": True}, Condition("sure", 1, 1)),
        ({"question": "sure", "is": "no"}, Condition("sure", 0, 0)),
        ({"question": "some", "any_of": ["b"]}, Condition("some", any_of=("b",))),
    ],
)
def test_one_condition(when: dict[str, object], condition: Condition) -> None:
    """As it is kept: a yes is a one, bounds are filled in."""
    assert read(when) == ((condition,), [])
    assert read([when, when]) == ((condition, condition), [])


@pytest.mark.parametrize(
    ("name", "said"), [("words", 1), ("own", 1), ("later", 1), ("moon", 1), ("broken", 0), ("", 1)]
)
def test_what_it_cannot_look_at(name: str, said: int) -> None:
    """Words, itself, what comes later, what is not there; about a question that is wrong itself nothing more is said."""
    conditions, why = read({"question": name, "at_most": 2})
    assert conditions == ()
    assert len(why) == said


def test_nothing_more_is_said_about_what_is_wrong_already() -> None:
    """Options that could not be read, and a key that is misspelt."""
    assert read({"question": "unfinished", "is": "a"}) == ((), [])
    assert read({"question": "rated", "at_mots": 2}) == ((), ["is not known here; did you mean 'at_most'?"])
