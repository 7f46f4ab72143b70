"""A survey: a versioned list of questions, and which of them comes next.

1. A question is asked when its condition holds for the answers so far; an answer whose question no longer applies is not counted.
2. Progress counts the questions that apply now, so it never runs backwards without a reason to be seen.
3. Words on screen come from the survey's own file, one text per language.
"""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Words = Mapping[str, str]
"""One text per language code."""

Answer = int | str | tuple[str, ...]
"""A rating's digit, somebody's words, or the keys of the options chosen."""


class Kind(enum.StrEnum):
    RATING = "rating"
    NPS = "nps"
    CHOICE = "choice"
    CHOICES = "choices"
    YESNO = "yesno"
    TEXT = "text"
    PHOTOS = "photos"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Option:
    key: str
    label: Words


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when the rating given to `question` is at most `at_most` (and at least `at_least`)."""

    question: str
    at_most: int = 5
    at_least: int = 1

    def holds(self, answers: Mapping[str, Answer]) -> bool:
        given = answers.get(self.question)
        return isinstance(given, int) and self.at_least <= given <= self.at_most


@dataclass(frozen=True, slots=True)
class Question:
    """`dimension` says what a rating is about; `category` where a low one goes."""

    id: str
    kind: Kind
    text: Words
    dimension: str = ""
    category: str = ""
    options: tuple[Option, ...] = ()
    when: Condition | None = None
    hint: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Survey:
    """`version` is the first eight digits of the file's hash: a changed file is another version."""

    key: str
    version: str
    title: Words
    questions: tuple[Question, ...]
    thanks: Words

    def question(self, key: str) -> Question | None:
        return next((question for question in self.questions if question.id == key), None)

    def asked(self, answers: Mapping[str, Answer]) -> tuple[Question, ...]:
        """The questions that apply with these answers, in order."""
        return tuple(question for question in self.questions if question.when is None or question.when.holds(answers))

    def after(self, key: str, answers: Mapping[str, Answer]) -> Question | None:
        """The question that follows `key`, None when the survey is over."""
        order = [question.id for question in self.questions]
        asked = {question.id for question in self.asked(answers)}
        return next((self.questions[i] for i in range(order.index(key) + 1, len(order)) if order[i] in asked), None)

    def before(self, key: str, answers: Mapping[str, Answer]) -> Question | None:
        asked = [question.id for question in self.asked(answers)]
        at = asked.index(key) if key in asked else 0
        return self.question(asked[at - 1]) if at else None

    def lowest(self, answers: Mapping[str, Answer]) -> int | None:
        """The lowest rating given, None before the first."""
        given = [a for q in self.asked(answers) if q.kind is Kind.RATING and isinstance(a := answers.get(q.id), int)]
        return min(given, default=None)

    def category_of(self, answers: Mapping[str, Answer], low: int) -> str | None:
        """The category of the first low rating that names one; specific dimensions speak before the overall one."""
        rated = [
            q
            for q in self.asked(answers)
            if q.kind is Kind.RATING and isinstance(a := answers.get(q.id), int) and a <= low
        ]
        return next((question.category for question in [*rated[1:], *rated[:1]] if question.category), None)

    def ticked(self, answers: Mapping[str, Answer], category: str) -> tuple[str, ...]:
        """The options chosen in the questions of this category, as the file orders them."""
        return tuple(
            option.key
            for question in self.asked(answers)
            if question.kind is Kind.CHOICES and question.category == category
            for option in question.options
            if isinstance(chosen := answers.get(question.id), tuple) and option.key in chosen
        )


def words(texts: Words, language: str, order: Sequence[str] = ("en",)) -> str:
    """The text in `language`, else in the first language of `order` that has one, else any."""
    for code in (language, *order):
        if code in texts:
            return texts[code]
    return next(iter(texts.values()), "")
