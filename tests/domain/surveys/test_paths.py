"""Every way through a survey, and whether there is one to each question."""

from itertools import product

import pytest
from hypothesis import given, settings

from domain.surveys.paths import PATHS_LIMIT, can_be_asked, list_paths
from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import Answer, Condition, Option, Question, Survey
from tests.conftest import PROVE
from tests.harness.random_surveys import surveys

LOW, HIGH = Condition("a", at_most=2), Condition("a", at_least=4)


def survey(*questions: Question) -> Survey:
    return Survey("s", "1", {}, questions, {})


def rated(key: str, *when: Condition) -> Question:
    return Question(key, QuestionKind.RATING, {}, when=when)


def sequences(survey_: Survey) -> list[str]:
    return [" ".join(question.id for question in path.questions) for path in list_paths(survey_)[0]]


def test_without_conditions_there_is_one_way() -> None:
    """Whatever is answered."""
    (path,), complete = list_paths(survey(rated("a"), rated("b")))
    assert ([one.id for one in path.questions], path.branches, path.answers, path.others) == (["a", "b"], (), {}, 0)
    assert complete


def test_answers_that_lead_alike_are_one_turning() -> None:
    """A low, a middling and a high answer lead three ways, and each way says which answers those are."""
    paths, _ = list_paths(survey(rated("a"), rated("low", LOW), rated("high", HIGH)))
    assert [[one.id for one in path.questions] for path in paths] == [["a", "low"], ["a"], ["a", "high"]]
    assert [path.branches[0].answers for path in paths] == [(1, 2), (3,), (4, 5)]
    assert [path.branches[0].met for path in paths] == [(LOW,), (), (HIGH,)]


def test_a_skipped_question_leads_on_like_an_answer_that_fits_nothing() -> None:
    """Where every answer fits a condition, skipping is a way of its own; the first question cannot be skipped."""
    any_answer = Condition("b", at_least=1)
    paths, _ = list_paths(survey(rated("a"), rated("b"), rated("c", any_answer)))
    assert [(path.branches[0].skipped, path.answers) for path in paths] == [(False, {"b": 1}), (True, {})]
    assert sequences(survey(rated("a"), rated("b", Condition("a", at_least=1)))) == ["a b"]


def test_ways_to_the_same_questions_are_one_path() -> None:
    """Both must be low; the three other ways are one path."""
    both = rated("c", Condition("a", at_most=2), Condition("b", at_most=2))
    paths, _ = list_paths(survey(rated("a"), rated("b"), both))
    assert [([one.id for one in path.questions], path.others) for path in paths] == [
        (["a", "b", "c"], 0),
        (["a", "b"], 2),
    ]


def test_options() -> None:
    """Of one option each is a way; of several, what the conditions tell apart."""
    options = tuple(Option(key, {}) for key in "xyz")
    choice = Question("one", QuestionKind.CHOICE, {}, options=options)
    some = Question("some", QuestionKind.CHOICES, {}, options=options)
    assert sequences(survey(rated("a"), choice, rated("c", Condition("one", any_of=("x", "y"))))) == [
        "a one c",
        "a one",
    ]
    two = (rated("c", Condition("some", any_of=("x",))), rated("d", Condition("some", any_of=("y", "z"))))
    assert sorted(sequences(survey(rated("a"), some, *two))) == [
        "a some",
        "a some c",
        "a some c d",
        "a some d",
    ]


def test_when_there_are_too_many_to_list() -> None:
    """It is said that there are more."""
    asked = [rated(f"q{n}") for n in range(13)]
    follow = [rated(f"r{n}", Condition(f"q{n}", at_most=2)) for n in range(13)]
    paths, complete = list_paths(survey(*asked, *follow))
    assert (len(paths), complete) == (PATHS_LIMIT, False)


@pytest.mark.parametrize(
    ("when", "possible"),
    [
        ((), True),
        ((LOW,), True),
        ((LOW, HIGH), False),
        ((Condition("low", at_least=5),), True),
        ((Condition("low", at_least=5), HIGH), False),
        ((Condition("some", any_of=("x",)), Condition("some", any_of=("y",))), True),
        ((Condition("one", any_of=("x",)), Condition("one", any_of=("y",))), False),
    ],
)
def test_whether_a_question_can_be_asked(when: tuple[Condition, ...], *, possible: bool) -> None:
    """Its own conditions, and those of the questions they look at, hold together for some answers."""
    options = (Option("x", {}), Option("y", {}))
    earlier = {
        "a": rated("a"),
        "low": rated("low", LOW),
        "one": Question("one", QuestionKind.CHOICE, {}, options=options),
        "some": Question("some", QuestionKind.CHOICES, {}, options=options),
    }
    assert can_be_asked(rated("q", *when), earlier) is possible


@settings(max_examples=60 if PROVE else 25, deadline=None)
@given(surveys(most=5))
def test_the_paths_are_all_the_paths(survey_: Survey) -> None:
    """What is found by turnings is what comes out when every combination of answers is tried; every question is on one of them."""
    paths, complete = list_paths(survey_)
    assert complete
    assert {question.id for path in paths for question in path.questions} == {
        question.id for question in survey_.questions
    }
    for path in paths:
        assert survey_.list_asked(path.answers) == path.questions
    looked_at = {condition.question for question in survey_.questions for condition in question.conditions}
    tried: list[list[tuple[str, Answer | None]]] = []
    for n, question in enumerate(survey_.questions):
        if question.id in looked_at:
            skipped: list[Answer | None] = [None] if n else []
            tried.append([(question.id, answer) for answer in [*skipped, *_every(question)]])
    reached = set()
    for some in product(*tried):
        asked = survey_.list_asked({key: answer for key, answer in some if answer is not None})
        reached.add(tuple(question.id for question in asked))
    assert {tuple(question.id for question in path.questions) for path in paths} == reached
    assert len(paths) == len(reached)


def _every(question: Question) -> list[Answer]:
    """Every answer there is, combinations of options included."""
    if question.kind is QuestionKind.CHOICES:
        chosen: list[tuple[str, ...]] = [()]
        for option in question.options:
            chosen += [(*some, option.key) for some in chosen]
        return list(chosen)
    if question.kind is QuestionKind.CHOICE:
        return [(option.key,) for option in question.options]
    return list(question.scores)
