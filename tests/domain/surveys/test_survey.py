"""Which question comes next, and what a low rating is about."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import RATING_POINTS, Answer, Condition, Option, Question, RatingLabels, Survey, localize
from tests.harness.random_surveys import answers_to, surveys


def question(
    key: str, kind: QuestionKind = QuestionKind.RATING, *, category: str = "", when: Condition | None = None
) -> Question:
    options = (Option("a", {"en": "A"}),) if kind is QuestionKind.CHOICES else ()
    return Question(key, kind, {"en": key}, category=category, options=options, when=when)


SURVEY = Survey(
    "delivery",
    "1a2b3c4d",
    {"en": "Delivery"},
    (
        question("overall", category="delivery"),
        question("goods", category="product"),
        question("reasons", QuestionKind.CHOICES, when=Condition("goods", at_most=2)),
        question("attitude", category="attitude"),
        question("praise", QuestionKind.TEXT, when=Condition("attitude", at_least=5)),
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
    assert ids(SURVEY.list_asked(answers)) == expected


@given(ANSWERS)
def test_after_walks_through_what_is_asked(answers: dict[str, Answer]) -> None:
    """From the first question, `after` gives exactly those that apply, and `before` leads back the same way."""
    walked = [SURVEY.questions[0]]
    while (following := SURVEY.after(walked[-1].id, answers)) is not None:
        assert SURVEY.before(following.id, answers) == walked[-1]
        walked.append(following)
    assert tuple(walked) == SURVEY.list_asked(answers)
    assert SURVEY.before(walked[0].id, answers) is None


def test_after_a_question_that_no_longer_applies() -> None:
    """An old keyboard of a question that fell away leads on to the next one."""
    following = SURVEY.after("reasons", {"goods": 5})
    assert following is not None
    assert following.id == "attitude"
    assert SURVEY.before("reasons", {"goods": 5}) is None


def test_the_lowest_rating() -> None:
    """Only ratings of questions that apply count."""
    assert SURVEY.find_lowest({}) is None
    assert SURVEY.find_lowest({"overall": 4, "attitude": 2, "reasons": ("a",), "unknown": 1}) == 2


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
    assert SURVEY.find_category(answers, low=2) == expected


def test_the_first_rating_speaks_for_itself_when_it_is_the_only_specific_one() -> None:
    """A survey whose overall question names no category gives the dimension's."""
    silent = Survey("s", "1", {}, (question("overall"), question("goods", category="product")), {})
    assert silent.find_category({"overall": 1, "goods": 1}, low=2) == "product"
    assert silent.find_category({"overall": 1, "goods": 4}, low=2) is None


@pytest.mark.parametrize(("rating", "holds"), [(0, False), (1, False), (2, True), (3, True), (4, False)])
def test_bounds_are_inclusive(rating: int, holds: bool) -> None:  # noqa: FBT001 -- the expected outcome
    """`at_least` and `at_most` belong to the range."""
    assert Condition("q", at_most=3, at_least=2).holds({"q": rating}) is holds


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (Condition("nps", at_most=6), [0, 6]),
        (Condition("nps", at_least=9), [9, 10]),
        (Condition("sure", 1, 1), [1]),
        (Condition("sure", 0, 0), [0]),
        (Condition("one", any_of=("a",)), [("a",)]),
        (Condition("some", any_of=("a", "b")), [("a",), ("b", "c")]),
    ],
)
def test_what_a_condition_looks_at(condition: Condition, holds: list[Answer]) -> None:
    """Numbers by their bounds, options by being among those chosen; nothing skipped, and nothing of another kind."""
    tried: list[Answer] = [0, 1, 5, 6, 9, 10, ("a",), ("b", "c"), ("c",), (), "words"]
    fits = [answer for answer in tried if condition.holds({condition.question: answer})]
    assert [answer for answer in holds if answer not in fits] == []
    assert all(isinstance(answer, type(holds[0])) for answer in fits)
    assert not condition.holds({})


def test_all_conditions_must_hold() -> None:
    """One of two is not enough."""
    both = Question("q", QuestionKind.TEXT, {}, when=(Condition("a", at_most=2), Condition("b", any_of=("x",))))
    options = (Option("x", {}), Option("y", {}))
    survey = Survey("s", "1", {}, (question("a"), Question("b", QuestionKind.CHOICE, {}, options=options), both), {})
    assert ids(survey.list_asked({"a": 2})) == ["a", "b"]
    assert ids(survey.list_asked({"a": 2, "b": ("y",)})) == ["a", "b"]
    assert ids(survey.list_asked({"a": 2, "b": ("x",)})) == ["a", "b", "q"]


def test_what_was_asked_because_of_what_fell_away_falls_away_too() -> None:
    """An answer that does not count fulfils no condition."""
    chain = Survey(
        "s",
        "1",
        {},
        (
            question("a"),
            question("b", when=Condition("a", at_most=2)),
            question("c", when=Condition("b", at_most=2)),
        ),
        {},
    )
    given: dict[str, Answer] = {"a": 1, "b": 1, "c": 1}
    assert chain.keep_asked(given) == given
    assert chain.keep_asked(given | {"a": 5}) == {"a": 5}
    assert chain.find_lowest(given | {"a": 5}) == 5


@given(surveys(), st.data())
def test_what_counts_is_what_was_asked(survey: Survey, data: st.DataObject) -> None:
    """Of whatever is known, exactly the answers to questions that apply; counting them again changes nothing."""
    known = {one.id: data.draw(answers_to(one)) for one in survey.questions if data.draw(st.booleans())}
    counted = survey.keep_asked(known)
    assert counted == {key: known[key] for key in ids(survey.list_asked(known)) if key in known}
    assert survey.keep_asked(counted) == counted
    assert survey.list_asked(counted) == survey.list_asked(known)


def test_only_ratings_are_low() -> None:
    """Neither a nought of ten nor a no is a low rating."""
    others = (
        question("a"),
        Question("nps", QuestionKind.NPS, {}, category="x"),
        Question("sure", QuestionKind.YESNO, {}),
    )
    survey = Survey("s", "1", {}, others, {})
    assert survey.find_lowest({"a": 4, "nps": 0, "sure": 0}) == 4
    assert survey.find_category({"a": 4, "nps": 0, "sure": 0}, low=2) is None


def test_scores_and_levels() -> None:
    """What each kind can be answered with, and of how many levels the form is."""
    four = Question("q", QuestionKind.RATING, {}, labels=RatingLabels.FOUR_LEVELS)
    assert (four.scores, four.levels) == ((1, 2, 4, 5), 4)
    assert all(
        len(points) == (4 if labels is RatingLabels.FOUR_LEVELS else 5) for labels, points in RATING_POINTS.items()
    )
    expected = {QuestionKind.RATING: 5, QuestionKind.NPS: 11, QuestionKind.YESNO: 2}
    assert {kind: Question("q", kind, {}).levels for kind in QuestionKind} == {
        kind: expected.get(kind, 5) for kind in QuestionKind
    }
    assert Question("q", QuestionKind.RATING, {}).scores == (1, 2, 3, 4, 5)
    assert Question("q", QuestionKind.NPS, {}).scores == tuple(range(11))


OLD = (
    '{"key":"delivery","version":"1a2b3c4d","title":{"en":"How was it?"},"questions":[{"id":"overall","kind":"rating","text":'
    '{"en":"Overall?"},"dimension":"overall","category":"delivery","options":[],"when":null,"hint":{"en":"1 to 5"}},{"id":"why",'
    '"kind":"choices","text":{"en":"Why?"},"dimension":"","category":"","options":[{"key":"late","label":{"en":"Late"}}],"when":'
    '{"question":"overall","at_most":2,"at_least":1},"hint":{}}],"thanks":{"en":"Thank you."}}'
)
"""As the first version of the tables kept a survey."""


def test_surveys_of_the_first_version_are_read_for_good() -> None:
    """What they did not know yet has the meaning it had then: by name, no legend, one condition."""
    survey = msgspec.json.decode(OLD, type=Survey)
    assert (survey.name, survey.anonymous) == ("delivery@1a2b3c4d", False)
    assert [one.labels for one in survey.questions] == [None, None]
    assert ids(survey.list_asked({"overall": 2})) == ["overall", "why"]
    assert ids(survey.list_asked({"overall": 3})) == ["overall"]


@given(surveys())
def test_any_survey_is_kept_as_it_is(survey: Survey) -> None:
    """Written down and read again it is the same."""
    assert msgspec.json.decode(msgspec.json.encode(survey), type=Survey) == survey


def test_what_was_ticked() -> None:
    """Of this category's questions that apply, in the file's order; an unknown key and another kind of answer are nothing."""
    options = tuple(Option(key, {"en": key}) for key in ("late", "lost", "rude"))
    low = Condition("goods", at_most=2)
    reasons = Question("why", QuestionKind.CHOICES, {}, category="product", options=options, when=low)
    other = Question("how", QuestionKind.CHOICES, {}, category="attitude", options=options)
    survey = Survey("s", "1", {}, (question("goods"), reasons, other), {})
    given: dict[str, Answer] = {"goods": 1, "why": ("lost", "late", "gone"), "how": ("rude",)}
    assert survey.list_chosen_options(given, "product") == ("late", "lost")
    assert survey.list_chosen_options(given, "attitude") == ("rude",)
    assert survey.list_chosen_options(given | {"goods": 3}, "product") == ()
    assert (
        survey.list_chosen_options({"goods": 1, "why": "lost"}, "product")
        == survey.list_chosen_options({}, "product")
        == ()
    )
    choice = Question("one", QuestionKind.CHOICE, {}, category="product", options=options)
    assert Survey("s", "1", {}, (question("goods"), choice), {}).list_chosen_options({"one": ("lost",)}, "product") == (
        "lost",
    )


def test_words_fall_back() -> None:
    """The language asked for, else English, else whatever there is, else nothing."""
    assert localize({"en": "yes", "zh": "是"}, "zh") == "是"
    assert localize({"en": "yes", "zh": "是"}, "zh-TW") == "是"
    assert localize({"en": "yes", "zh": "是"}, "fr") == "yes"
    assert localize({"zh": "是"}, "fr") == "是"
    assert localize({}, "en") == ""
