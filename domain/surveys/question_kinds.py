"""Kinds of questions: what each is, as one record. How it is shown and answered: `conversations/surveys/questions.py`."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass


class QuestionKind(enum.StrEnum):
    RATING = "rating"
    NPS = "nps"
    CHOICE = "choice"
    CHOICES = "choices"
    YESNO = "yesno"
    TEXT = "text"
    PHOTOS = "photos"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class KindFacts:
    """`scores` are the lowest and highest number that answers it, None where it is not answered with a number.

    `least_options` is how many options it needs, 0 where it has none; `is_written`: by writing or sending something; `is_one_step`:
    complete after one press or message; `has_dimension`: a figure can be made of it; `has_category`: a low answer can say what a
    complaint is about; `names_customer`: its answer says whose it is, so it has no place in an anonymous survey.
    """

    scores: tuple[int, int] | None = None
    least_options: int = 0
    is_written: bool = False
    is_one_step: bool = True
    has_dimension: bool = False
    has_category: bool = False
    names_customer: bool = False


KINDS: Mapping[QuestionKind, KindFacts] = {
    QuestionKind.RATING: KindFacts((1, 5), has_dimension=True, has_category=True),
    QuestionKind.NPS: KindFacts((0, 10), has_dimension=True),
    QuestionKind.CHOICE: KindFacts(least_options=2, has_category=True),
    QuestionKind.CHOICES: KindFacts(least_options=1, is_one_step=False, has_category=True),
    QuestionKind.YESNO: KindFacts((0, 1), has_dimension=True),
    QuestionKind.TEXT: KindFacts(is_written=True),
    QuestionKind.PHOTOS: KindFacts(is_written=True, is_one_step=False, names_customer=True),
    QuestionKind.CONTACT: KindFacts(is_written=True, names_customer=True),
}
"""Every kind has its record: `KINDS[kind]` never fails, a test says so."""
