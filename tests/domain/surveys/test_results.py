"""What may be shown of an anonymous survey: nothing of fewer than five, and nothing that lets them be reckoned."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.surveys.question_kinds import QuestionKind
from domain.surveys.results import (
    AnswerCounts,
    compute_results,
    is_due,
    suppress_multiple_choice,
    suppress_single_choice,
)
from domain.surveys.survey import Condition, Option, Question, Survey

COUNTS = st.dictionaries(st.integers(1, 11), st.integers(0, 30), min_size=1, max_size=11)


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({1: 5, 2: 6, 3: 7}, set()),
        ({1: 1, 2: 2, 3: 4, 4: 6, 5: 7}, {1, 2, 3}),
        ({1: 4, 2: 6, 3: 7}, {1, 2}),  # one alone is the sum less the others
        ({1: 1, 2: 0, 3: 0, 4: 9, 5: 10}, {1, 2, 3, 4}),  # three that hold one answer together say too much
        ({1: 0, 2: 0, 3: 0, 4: 0, 5: 20}, {1, 2, 3, 4, 5}),  # all alike says what everybody answered
        ({1: 3}, {1}),
        ({1: 0, 2: 0}, {1, 2}),
    ],
)
def test_answers_of_which_each_person_gave_one(counts: Mapping[int, int], hidden: set[int]) -> None:
    """The hidden ones cannot be reckoned from the sum."""
    assert {key for key, count in suppress_single_choice(counts, 5).items() if count is None} == hidden


@given(COUNTS, st.integers(1, 10))
def test_what_is_hidden_cannot_be_reckoned(counts: dict[int, int], minimum: int) -> None:
    """What is shown is true and enough; the hidden ones are none, or together as many as may be shown, or there is nothing else to hide."""
    shown = suppress_single_choice(counts, minimum)
    hidden = [key for key, count in shown.items() if count is None]
    assert set(shown) == set(counts)
    for key, count in shown.items():
        assert count is None or (count == counts[key] and count >= minimum)
    if hidden:
        assert sum(counts[key] for key in hidden) >= minimum or len(hidden) == len(counts)


@given(COUNTS)
def test_without_a_minimum_nothing_is_hidden(counts: dict[int, int]) -> None:
    """Named surveys say all they know."""
    assert suppress_single_choice(counts, 0) == suppress_multiple_choice(counts, sum(counts.values()), 0) == counts


@given(COUNTS, st.integers(0, 40), st.integers(1, 10))
def test_options_of_several_are_shown_with_their_complement(counts: dict[int, int], n: int, minimum: int) -> None:
    """An option that nearly all or hardly anybody chose is hidden."""
    for key, count in suppress_multiple_choice(counts, n, minimum).items():
        assert (count is not None) == (counts[key] >= minimum and n - counts[key] >= minimum)


WORDS = {"en": "x"}
SURVEY = Survey(
    "s",
    "v",
    WORDS,
    (
        Question("overall", QuestionKind.RATING, WORDS),
        Question(
            "why",
            QuestionKind.CHOICES,
            WORDS,
            options=(Option("late", WORDS), Option("rude", WORDS)),
            when=Condition("overall", at_most=2),
        ),
        Question("recommend", QuestionKind.NPS, WORDS),
        Question("again", QuestionKind.YESNO, WORDS),
        Question("comment", QuestionKind.TEXT, WORDS),
    ),
    WORDS,
)  # fmt: skip


def raw(**more: int) -> AnswerCounts:
    """Forty responses; nine of them bad."""
    answered = {"overall": 40, "why": 9, "recommend": 30, "again": 40, "comment": 3} | more
    numbers = {
        "overall": {1: 5, 2: 4, 3: 7, 4: 12, 5: 12},
        "recommend": {0: 3, 6: 4, 7: 5, 8: 3, 9: 5, 10: 10},
        "again": {1: 30, 0: 10},
    }
    return AnswerCounts(40, answered, numbers, {"why": {"late": 7, "rude": 5}})


def test_results_of_an_anonymous_survey() -> None:
    """A rating of four people is hidden with the next; no mean then; NPS by its three groups; few comments are not even counted."""
    overall, why, recommend, again, comment = compute_results(SURVEY, raw(), 5)
    assert (overall.n, overall.figure) == (40, None)
    assert overall.cells == {"1": None, "2": None, "3": 7, "4": 12, "5": 12}
    assert (why.n, why.cells) == (9, {"late": None, "rude": None})
    assert recommend.cells == {"promoters": 15, "passives": 8, "detractors": 7}
    assert recommend.figure == pytest.approx(100 * 8 / 30)
    assert again.cells == {"yes": 30, "no": 10}
    assert (comment.n, comment.cells) == (None, {})


def test_results_of_a_named_survey() -> None:
    """Everything, with its figures."""
    overall, why, recommend, _, comment = compute_results(SURVEY, raw())
    assert overall.cells == {"1": 5, "2": 4, "3": 7, "4": 12, "5": 12}
    assert overall.figure == pytest.approx((5 + 8 + 21 + 48 + 60) / 40)
    assert why.cells == {"late": 7, "rude": 5}
    assert recommend.figure == pytest.approx(100 * 8 / 30)
    assert comment.n == 3
    assert compute_results(SURVEY, AnswerCounts())[0].figure is None


@pytest.mark.parametrize(("n", "shown"), [(4, None), (5, 5), (35, 35), (36, None), (40, None)])
def test_a_question_with_a_condition_says_how_many_were_not_asked(n: int, shown: int | None) -> None:
    """So both parts must be enough: otherwise it would tell of the answer that led to it."""
    assert compute_results(SURVEY, raw(why=n), 5)[1].n == shown


def test_results_move_in_steps() -> None:
    """Who looks twice does not see a single response come."""
    assert not is_due(None, AnswerCounts(4), 5)
    assert is_due(None, AnswerCounts(5), 5)
    assert not is_due(AnswerCounts(5), AnswerCounts(9), 5)
    assert is_due(AnswerCounts(5), AnswerCounts(10), 5)
