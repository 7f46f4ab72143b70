"""Survey: a versioned list of questions, and which of them comes next.

1. A question is asked when all its conditions hold for the answers that count; an answer whose question no longer
   applies does not count, and neither do answers to questions asked because of it.
2. Progress counts the questions that apply now, so it never runs backwards without a visible reason.
3. Words on screen come from the survey's own file, one text per language.
4. Surveys are kept forever as they were: a new field has a default that says what every earlier version meant.
"""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from domain.surveys.question_kinds import KINDS, QuestionKind

LocalizedText = Mapping[str, str]
"""One text per language code."""

Answer = int | str | tuple[str, ...]
"""An answer; its type follows from the kind of question.

rating, nps, yesno: a number (yes is 1, no is 0). text, contact: somebody's words. choice, choices: the keys of the
options chosen, one or several. photos: what was sent, in order, each as `kind:file id`, with any words as `said:words`.
"""


class Origin(enum.StrEnum):
    """How a survey came about: we sent it, a link was opened, /rate was used, a campaign, a phone call."""

    SENT = "sent"
    LINK = "link"
    RATE = "rate"
    CAMPAIGN = "campaign"
    PHONE = "phone"


class InvitationState(enum.StrEnum):
    """What became of an invitation: it can be answered, its time is over, or it never arrived and was not answered in time."""

    OPEN = "open"
    EXPIRED = "expired"
    UNDELIVERED = "undelivered"


OUR_ORIGINS = frozenset({Origin.SENT, Origin.CAMPAIGN, Origin.PHONE})
"""Surveys that we began: they count towards the frequency cap."""


@dataclass(frozen=True, slots=True)
class Option:
    key: str
    label: LocalizedText


class RatingLabels(enum.StrEnum):
    """The sets of labels for ratings, from 5 down: satisfied, fairly satisfied …; very satisfied, satisfied …; four levels."""

    SATISFIED = "satisfied"
    VERY_SATISFIED = "very_satisfied"
    FOUR_LEVELS = "four_levels"


RATING_POINTS = {
    RatingLabels.SATISFIED: (1, 2, 3, 4, 5),
    RatingLabels.VERY_SATISFIED: (1, 2, 3, 4, 5),
    RatingLabels.FOUR_LEVELS: (1, 2, 4, 5),
}
"""The points of each set's answers, worst first: four levels have no middle."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when `question` was answered with a number from `at_least` to `at_most`, or with one of the options `any_of`."""

    question: str
    at_most: int = 10
    at_least: int = 0
    any_of: tuple[str, ...] = ()

    def holds(self, answers: Mapping[str, Answer]) -> bool:
        match answers.get(self.question):
            case int() as number:
                return not self.any_of and self.at_least <= number <= self.at_most
            case tuple() as chosen:
                return any(key in chosen for key in self.any_of)
            case _:
                return False


@dataclass(frozen=True, slots=True)
class Question:
    """`dimension` says what a rating is about; `category` where a low one goes; `labels` which words a rating is shown in.

    Without `labels` it is a version from before they existed: its hint says what the digits mean.
    """

    id: str
    kind: QuestionKind
    text: LocalizedText
    dimension: str = ""
    category: str = ""
    options: tuple[Option, ...] = ()
    when: Condition | tuple[Condition, ...] | None = None
    hint: LocalizedText = field(default_factory=dict)
    labels: RatingLabels | None = None

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions that must all hold."""
        if self.when is None:
            return ()
        return self.when if isinstance(self.when, tuple) else (self.when,)

    @property
    def scores(self) -> tuple[int, ...]:
        """The numbers allowed as an answer."""
        if self.kind is QuestionKind.RATING:
            return RATING_POINTS[self.labels or RatingLabels.VERY_SATISFIED]
        low, high = KINDS[self.kind].scores or (0, -1)
        return tuple(range(low, high + 1))

    @property
    def levels(self) -> int:
        """How many levels the form offers; 5 where that does not apply."""
        return len(self.scores) or 5


@dataclass(frozen=True, slots=True)
class Survey:
    """`version` is the first eight digits of the file's hash: a changed file is another version."""

    key: str
    version: str
    title: LocalizedText
    questions: tuple[Question, ...]
    thanks: LocalizedText
    anonymous: bool = False

    @property
    def name(self) -> str:
        """The permanent name of this version."""
        return f"{self.key}@{self.version}"

    def question(self, key: str) -> Question | None:
        return next((question for question in self.questions if question.id == key), None)

    def list_asked(self, answers: Mapping[str, Answer]) -> tuple[Question, ...]:
        """The questions that apply given these answers, in order."""
        asked: list[Question] = []
        counted: dict[str, Answer] = {}
        for question in self.questions:
            if question.when is None or all(condition.holds(counted) for condition in question.conditions):
                asked.append(question)
                if question.id in answers:
                    counted[question.id] = answers[question.id]
        return tuple(asked)

    def keep_asked(self, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        """The answers whose questions apply: what is stored, and what everything else reads."""
        return {question.id: answers[question.id] for question in self.list_asked(answers) if question.id in answers}

    def after(self, key: str, answers: Mapping[str, Answer]) -> Question | None:
        """The question after `key`, None when the survey is over."""
        order = [question.id for question in self.questions]
        asked = {question.id for question in self.list_asked(answers)}
        return next((self.questions[i] for i in range(order.index(key) + 1, len(order)) if order[i] in asked), None)

    def before(self, key: str, answers: Mapping[str, Answer]) -> Question | None:
        asked = [question.id for question in self.list_asked(answers)]
        at = asked.index(key) if key in asked else 0
        return self.question(asked[at - 1]) if at else None

    def find_lowest(self, answers: Mapping[str, Answer]) -> int | None:
        """The lowest rating given, None if there is none yet."""
        return self.find_lowest_counted(self.keep_asked(answers))

    def find_lowest_counted(self, counted: Mapping[str, Answer]) -> int | None:
        """The same for answers already known to count."""
        ratings = (question.id for question in self.questions if question.kind is QuestionKind.RATING)
        return min((given for key in ratings if isinstance(given := counted.get(key), int)), default=None)

    def find_category(self, answers: Mapping[str, Answer], low: int) -> str | None:
        """The category of the first low rating that names one; specific dimensions take precedence over the overall one."""
        rated = [
            q
            for q in self.list_asked(answers)
            if q.kind is QuestionKind.RATING and isinstance(a := answers.get(q.id), int) and a <= low
        ]
        return next((question.category for question in [*rated[1:], *rated[:1]] if question.category), None)

    def list_chosen_options(self, answers: Mapping[str, Answer], category: str) -> tuple[str, ...]:
        """The options chosen in the questions of this category, in the order of the file."""
        return tuple(
            option.key
            for question in self.list_asked(answers)
            if KINDS[question.kind].least_options and question.category == category
            for option in question.options
            if isinstance(chosen := answers.get(question.id), tuple) and option.key in chosen
        )


def localize(texts: LocalizedText, language: str, order: Sequence[str] = ("en",)) -> str:
    """The text in `language`, else in its parent language (zh-TW: zh), else in the first of `order` that has one, else any."""
    for code in (language, language.partition("-")[0], *order):
        if code in texts:
            return texts[code]
    return next(iter(texts.values()), "")
