"""Survey results, with small-cell suppression (S11): the answers to each question, and what may be shown when nobody may be recognised.

1. A count below `minimum` is hidden, zero included: that nobody gave an answer says something about everybody.
2. What would reveal it is hidden too (complementary suppression). Single-choice answers are shown with their sum, so
   the hidden ones must hold at least `minimum` answers together, and the next smallest are hidden until they do.
3. A multiple-choice option also shows how many did not choose it, and a conditional question how many were not asked:
   the minimum applies to both parts.
4. Results move in steps: they are refreshed after at least `minimum` new responses, so that nobody can isolate one by
   looking twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from domain.surveys.question_kinds import KINDS, Counting
from domain.surveys.survey import Question, Survey

K = TypeVar("K")

PROMOTERS, PASSIVES, DETRACTORS = "promoters", "passives", "detractors"
_PROMOTER, _PASSIVE = 9, 7
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """Counts as they are stored: responses, answers by question, numbers by question, options by question.

    `cut`: options were counted over the latest answers only.
    """

    responses: int = 0
    answered: Mapping[str, int] = field(default_factory=dict)
    numbers: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    chosen: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    cut: bool = False


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question: how many answered, and how often each answer was given; None means hidden. `figure` is a mean or a
    net promoter score.
    """

    question: Question
    n: int | None
    cells: Mapping[str, int | None] = field(default_factory=dict)
    figure: float | None = None


def suppress_single_choice(counts: Mapping[K, int], minimum: int) -> dict[K, int | None]:
    """Suppress small counts of a single-choice question, whose sum is known; None means hidden."""
    shown = sorted(counts, key=lambda key: counts[key])
    hidden: list[K] = []
    while shown:
        together = sum(counts[key] for key in hidden)
        if counts[shown[0]] >= minimum and (not hidden or together >= minimum):
            break
        hidden.append(shown.pop(0))
    return {key: None if key in hidden else count for key, count in counts.items()}


def suppress_multiple_choice(counts: Mapping[K, int], n: int, minimum: int) -> dict[K, int | None]:
    """Suppress small counts of a multiple-choice question answered by `n` people; None means hidden."""
    return {key: count if count >= minimum and n - count >= minimum else None for key, count in counts.items()}


def compute_results(survey: Survey, raw: AnswerCounts, minimum: int = 0) -> tuple[QuestionResult, ...]:
    """The results of every question; `minimum` 0 hides nothing."""
    return tuple(_compute_result(question, raw, minimum) for question in survey.questions)


def is_due(shown: AnswerCounts | None, now: AnswerCounts, minimum: int) -> bool:
    """Whether enough new responses have come in to refresh anonymous results."""
    return now.responses - (shown.responses if shown else 0) >= minimum


def _compute_result(question: Question, raw: AnswerCounts, minimum: int) -> QuestionResult:
    n = raw.answered.get(question.id, 0)
    others = raw.responses - n
    if n < minimum or (question.conditions and others < minimum):
        return QuestionResult(question, None)
    numbers = raw.numbers.get(question.id, {})
    facts = KINDS[question.kind]
    match facts.counting:
        case Counting.POINTS:
            points = {str(score): numbers.get(score, 0) for score in question.scores}
            return _add_figure(question, n, suppress_single_choice(points, minimum), _compute_mean(numbers))
        case Counting.PROMOTERS:
            groups = {
                PROMOTERS: sum(count for score, count in numbers.items() if score >= _PROMOTER),
                PASSIVES: sum(count for score, count in numbers.items() if _PASSIVE <= score < _PROMOTER),
                DETRACTORS: sum(count for score, count in numbers.items() if score < _PASSIVE),
            }
            score = (groups[PROMOTERS] - groups[DETRACTORS]) / n * 100 if n else None
            return _add_figure(question, n, suppress_single_choice(groups, minimum), score)
        case Counting.YES_NO:
            return QuestionResult(
                question, n, suppress_single_choice({YES: numbers.get(1, 0), NO: numbers.get(0, 0)}, minimum)
            )
        case Counting.OPTIONS:
            chosen = raw.chosen.get(question.id, {})
            counts = {option.key: chosen.get(option.key, 0) for option in question.options}
            shown = (
                suppress_single_choice(counts, minimum)
                if facts.is_one_option
                else suppress_multiple_choice(counts, n, minimum)
            )
            return QuestionResult(question, n, shown)
        case Counting.RESPONSES:
            return QuestionResult(question, n)


def _add_figure(question: Question, n: int, cells: Mapping[str, int | None], figure: float | None) -> QuestionResult:
    """A figure over all answers would reveal the hidden ones."""
    return QuestionResult(question, n, cells, None if None in cells.values() else figure)


def _compute_mean(numbers: Mapping[int, int]) -> float | None:
    n = sum(numbers.values())
    return sum(score * count for score, count in numbers.items()) / n if n else None
