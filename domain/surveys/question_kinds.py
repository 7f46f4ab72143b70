"""Kinds of questions: what each is, as one record. How it is shown, answered and worded: `FORMS` in `conversations/surveys/questions.py`."""

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


class Counting(enum.Enum):
    """How the answers of a kind are counted in a survey's results.

    `POINTS`: each number, and their mean; `PROMOTERS`: promoters, passives and detractors, and the net promoter score; `OPTIONS`: each
    option; `RESPONSES`: only how many answered.
    """

    POINTS = enum.auto()
    PROMOTERS = enum.auto()
    YES_NO = enum.auto()
    OPTIONS = enum.auto()
    RESPONSES = enum.auto()


@dataclass(frozen=True, slots=True)
class KindFacts:
    """`counting` is how its answers are counted; `scores` are the lowest and highest number that answers it, None where it is not
    answered with a number.

    `least_options` is how many options it needs, 0 where it has none; `is_written`: by writing or sending something; `is_one_step`:
    complete after one press or message; `is_one_option`: at most one option answers it; `has_dimension`: a figure can be made of it;
    `has_category`: a low answer can say what a complaint is about; `names_customer`: its answer says whose it is, so it has no place in
    an anonymous survey.
    """

    counting: Counting
    scores: tuple[int, int] | None = None
    least_options: int = 0
    is_written: bool = False
    is_one_step: bool = True
    is_one_option: bool = False
    has_dimension: bool = False
    has_category: bool = False
    names_customer: bool = False


KINDS: Mapping[QuestionKind, KindFacts] = {
    QuestionKind.RATING: KindFacts(Counting.POINTS, (1, 5), has_dimension=True, has_category=True),
    QuestionKind.NPS: KindFacts(Counting.PROMOTERS, (0, 10), has_dimension=True),
    QuestionKind.CHOICE: KindFacts(Counting.OPTIONS, least_options=2, is_one_option=True, has_category=True),
    QuestionKind.CHOICES: KindFacts(Counting.OPTIONS, least_options=1, is_one_step=False, has_category=True),
    QuestionKind.YESNO: KindFacts(Counting.YES_NO, (0, 1), has_dimension=True),
    QuestionKind.TEXT: KindFacts(Counting.RESPONSES, is_written=True),
    QuestionKind.PHOTOS: KindFacts(Counting.RESPONSES, is_written=True, is_one_step=False, names_customer=True),
    QuestionKind.CONTACT: KindFacts(Counting.RESPONSES, is_written=True, names_customer=True),
}
"""Every kind has its record: `KINDS[kind]` never fails, a test says so."""

SCORED_KINDS = tuple(kind for kind, facts in KINDS.items() if facts.scores)
"""Kinds that are answered with a number."""

OPTION_KINDS = tuple(kind for kind, facts in KINDS.items() if facts.least_options)
"""Kinds that are answered by choosing among options."""
