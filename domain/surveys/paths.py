"""Path enumeration of a survey: which sequences of questions its conditions allow, and which answers lead there.

1. Answers that lead the same way form one branch; skipping a question is an answer too, one that fulfils no condition.
2. Conditions only refer to earlier questions and must all hold, so a question can be asked exactly when each answer it
   needs can be given.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from domain.surveys.question_kinds import KINDS, OPTION_KINDS
from domain.surveys.survey import Answer, Condition, Question, Survey

PATHS_LIMIT = 5_000
"""The most paths enumerated; beyond that we only know there are more."""


@dataclass(frozen=True, slots=True)
class Branch:
    """Answers to one question after which the survey continues the same way; `met` are the conditions on it that they fulfil."""

    question: Question
    answers: tuple[Answer, ...]
    met: tuple[Condition, ...]
    unmet: tuple[Condition, ...]
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Path:
    """One sequence of questions, one way through it, and how many other ways there are."""

    questions: tuple[Question, ...]
    branches: tuple[Branch, ...]
    others: int = 0

    @property
    def answers(self) -> dict[str, Answer]:
        """Answers that lead this way, without the skipped questions."""
        return {one.question.id: one.answers[0] for one in self.branches if not one.skipped}


def list_paths(survey: Survey) -> tuple[tuple[Path, ...], bool]:
    """The distinct sequences of questions, in order of discovery; True if these are all."""
    paths: dict[tuple[str, ...], Path] = {}
    ways = [_list_branches(survey, at) for at in range(len(survey.questions))]
    walked = list(islice(_walk_paths(survey, ways, {}, (), ()), PATHS_LIMIT + 1))
    for questions, turnings in walked[:PATHS_LIMIT]:
        key = tuple(question.id for question in questions)
        first = paths.get(key)
        paths[key] = replace(first, others=first.others + 1) if first else Path(questions, turnings)
    return tuple(paths.values()), len(walked) <= PATHS_LIMIT


def can_be_asked(question: Question, earlier: Mapping[str, Question]) -> bool:
    """Whether some answers make this question apply; `earlier` are the questions before it, by id."""
    needed: dict[str, list[Condition]] = {}
    waiting = list(question.conditions)
    while waiting:
        condition = waiting.pop()
        if condition.question not in earlier:
            continue
        if condition.question not in needed:
            waiting += earlier[condition.question].conditions
        needed.setdefault(condition.question, []).append(condition)
    return all(_is_answerable(earlier[key], conditions) for key, conditions in needed.items())


def _is_answerable(question: Question, conditions: list[Condition]) -> bool:
    """Whether a single answer to this question can fulfil all of these."""
    return any(
        all(one.holds({question.id: answer}) for one in conditions) for answer in _list_answers(question, conditions)
    )


def _walk_paths(
    survey: Survey,
    ways: Sequence[Sequence[Branch]],
    answers: dict[str, Answer],
    asked: tuple[Question, ...],
    turnings: tuple[Branch, ...],
    at: int = 0,
) -> Iterator[tuple[tuple[Question, ...], tuple[Branch, ...]]]:
    while at < len(survey.questions):
        question = survey.questions[at]
        if all(condition.holds(answers) for condition in question.conditions):
            asked = (*asked, question)
            if ways[at]:
                break
        at += 1
    else:
        yield asked, turnings
        return
    for way in ways[at]:
        known = answers if way.skipped else {**answers, question.id: way.answers[0]}
        yield from _walk_paths(survey, ways, known, asked, (*turnings, way), at + 1)


def _list_branches(survey: Survey, at: int) -> list[Branch]:
    """The branches at this question, empty if nothing depends on it; only the first question cannot be skipped."""
    question = survey.questions[at]
    conditions = [one for later in survey.questions for one in later.conditions if one.question == question.id]
    conditions = list(dict.fromkeys(conditions))
    if not conditions:
        return []
    alike: dict[tuple[bool, ...], list[Answer]] = {}
    for answer in _list_answers(question, conditions):
        alike.setdefault(tuple(one.holds({question.id: answer}) for one in conditions), []).append(answer)
    if at > 0:
        alike.setdefault((False,) * len(conditions), [])
    ways = []
    for holds, answers in alike.items():
        met = tuple(one for one, held in zip(conditions, holds, strict=True) if held)
        unmet = tuple(one for one, held in zip(conditions, holds, strict=True) if not held)
        ways.append(Branch(question, tuple(answers), met, unmet, skipped=not answers))
    return ways


def _list_answers(question: Question, conditions: list[Condition]) -> tuple[Answer, ...]:
    """Every answer that these conditions can distinguish."""
    if question.kind not in OPTION_KINDS:
        return question.scores
    if KINDS[question.kind].is_one_option:
        return tuple((option.key,) for option in question.options)
    alike: dict[tuple[bool, ...], str] = {}
    for option in question.options:
        alike.setdefault(tuple(option.key in one.any_of for one in conditions), option.key)
    chosen: list[tuple[str, ...]] = [()]
    for key in alike.values():
        chosen += [(*some, key) for some in chosen]
    return tuple(chosen[1:])
