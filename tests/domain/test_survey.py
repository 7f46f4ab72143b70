"""Which question comes next, and what a low rating is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.survey import Answer, Condition, Kind, Option, Question, Survey, words


def question(key: str, kind: Kind = Kind.RATING, *, category: str = "", when: Condition | None = None) -> Question:
    options = (Option("a", {"en": "A"}),) if kind is Kind.CHOICES else ()
    return Question(key, kind, {"en": key}, category=category, options=options, when=when)


SURVEY = Survey(
    "delivery",
    "1a2b3c4d",
    {"en": "Delivery"},
    (
        question("overall", category="delivery"),
        question("goods", category="product"),
        question("reasons", Kind.CHOICES, when=Condition("goods", at_most=2)),
        question("attitude", category="attitude"),
        question("praise", Kind.TEXT, when=Condition("attitude", at_least=5)),
    ),
    {"en": "Thanks"},
)
ANSWERS = st.dictionaries(st.sampled_from(["overall", "goods", "attitude"]), st.integers(1, 5))


def ids(questions: tuple[Question, ...]) -> list[str]:
    return [one.id for one in questions]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, ["overall", "goods", "attitude"]),
        ({"goods": 2}, ["overall", "goods", "reasons", "attitude"]),
        ({"goods": 3, "attitude": 5}, ["overall", "goods", "attitude", "praise"]),
        ({"goods": "words"}, ["overall", "goods", "attitude"]),
    ],
)
def test_what_is_asked(answers: dict[str, Answer], expected: list[str]) -> None:
    """A conditional question is asked when its rating is within the bounds, and not before it was given."""
    assert ids(SURVEY.asked(answers)) == expected


@given(ANSWERS)
def test_after_walks_through_what_is_asked(answers: dict[str, Answer]) -> None:
    """From the first question, `after` gives exactly those that apply, and `before` leads back the same way."""
    walked = [SURVEY.questions[0]]
    while (following := SURVEY.after(walked[-1].id, answers)) is not None:
        assert SURVEY.before(following.id, answers) == walked[-1]
        walked.append(following)
    assert tuple(walked) == SURVEY.asked(answers)
    assert SURVEY.before(walked[0].id, answers) is None


def test_after_a_question_that_no_longer_applies() -> None:
    """An old keyboard of a question that fell away leads on to the next one."""
    following = SURVEY.after("reasons", {"goods": 5})
    assert following is not None
    assert following.id == "attitude"
    assert SURVEY.before("reasons", {"goods": 5}) is None


def test_the_lowest_rating() -> None:
    """Only ratings of questions that apply count."""
    assert SURVEY.lowest({}) is None
    assert SURVEY.lowest({"overall": 4, "attitude": 2, "reasons": ("a",), "unknown": 1}) == 2


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"overall": 1}, "delivery"),
        ({"overall": 1, "attitude": 2}, "attitude"),
        ({"overall": 1, "goods": 2, "attitude": 1}, "product"),
        ({"overall": 5, "goods": 2}, "product"),
        ({"overall": 3}, None),
        ({}, None),
    ],
)
def test_the_category_of_a_low_rating(answers: dict[str, Answer], expected: str | None) -> None:
    """What is specific speaks before the overall rating, and nothing low has no category."""
    assert SURVEY.category_of(answers, low=2) == expected


def test_the_first_rating_speaks_for_itself_when_it_is_the_only_specific_one() -> None:
    """A survey whose overall question names no category gives the dimension's."""
    silent = Survey("s", "1", {}, (question("overall"), question("goods", category="product")), {})
    assert silent.category_of({"overall": 1, "goods": 1}, low=2) == "product"
    assert silent.category_of({"overall": 1, "goods": 4}, low=2) is None


@pytest.mark.parametrize(("rating", "holds"), [(0, False), (1, False), (2, True), (3, True), (4, False)])
def test_bounds_are_inclusive(rating: int, holds: bool) -> None:  # noqa: FBT001 -- the expected outcome
    """`at_least` and `at_most` belong to the range."""
    assert Condition("q", at_most=3, at_least=2).holds({"q": rating}) is holds


def test_what_was_ticked() -> None:
    """Of this category's questions that apply, in the file's order; an unknown key and another kind of answer are nothing."""
    options = tuple(Option(key, {"en": key}) for key in ("late", "lost", "rude"))
    low = Condition("goods", at_most=2)
    reasons = Question("why", Kind.CHOICES, {}, category="product", options=options, when=low)
    other = Question("how", Kind.CHOICES, {}, category="attitude", options=options)
    survey = Survey("s", "1", {}, (question("goods"), reasons, other), {})
    given: dict[str, Answer] = {"goods": 1, "why": ("lost", "late", "gone"), "how": ("rude",)}
    assert survey.ticked(given, "product") == ("late", "lost")
    assert survey.ticked(given, "attitude") == ("rude",)
    assert survey.ticked(given | {"goods": 3}, "product") == ()
    assert survey.ticked({"goods": 1, "why": "lost"}, "product") == survey.ticked({}, "product") == ()


def test_words_fall_back() -> None:
    """The language asked for, else English, else whatever there is, else nothing."""
    assert words({"en": "yes", "zh": "是"}, "zh") == "是"
    assert words({"en": "yes", "zh": "是"}, "fr") == "yes"
    assert words({"zh": "是"}, "fr") == "是"
    assert words({}, "en") == ""
