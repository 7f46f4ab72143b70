"""A survey as customers will see it: every screen in every language, every path, and honestly how many more there are."""

from hypothesis import given, settings

from bot.company.survey_preview import PATHS_SHOWN, draw_preview
from domain.surveys.paths import PATHS_LIMIT, list_paths
from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import Condition, Option, Question, Survey
from tests.harness.random_surveys import surveys
from tests.harness.screens import EXAMPLE
from texts import Texts

TEXTS = Texts()


def rated(key: str, *when: Condition) -> Question:
    return Question(key, QuestionKind.RATING, {"en": f"{key}?"}, when=when)


def shown(*questions: Question, **more: bool) -> str:
    survey = Survey("s", "1", {}, questions, {"en": "Thanks."})
    return draw_preview(survey, TEXTS, ("en",), **more)


def test_a_small_survey_whole() -> None:
    """To the letter."""
    assert (
        shown(rated("a"), rated("why", Condition("a", at_most=2)))
        == """\
s: what customers will see
==========================

--- a (rating)
  en  Delivery SF1234567890
  en  a?
  en  Question 1 of 1
  en  [ 😡 1 ][ 🙁 2 ][ 😐 3 ][ 🙂 4 ][ 😍 5 ]

--- why (rating, when a is 0 to 2)
  en  Delivery SF1234567890
  en  why?
  en  Question 2 of 2
  en  [ 😡 1 ][ 🙁 2 ][ 😐 3 ][ 🙂 4 ][ 😍 5 ]
  en  [ Back ][ Skip ]

--- the end, after 5
  en  Delivery SF1234567890
  en  Thanks.
  en  Your rating: 5 of 5
  en  [ Praise the courier ]
  en  [ Change my rating ]

--- the end, after 1
  en  Delivery SF1234567890
  en  Thanks.
  en  Your rating: 1 of 5
  en  We are sorry. Would you like to file a complaint? It goes straight to the department, and you will get an answer.
  en  [ File a complaint ][ No, thanks ]
  en  [ Change my rating ]

--- paths: 2
  1. a → why
     when a is 1 to 2
  2. a
     when a is 3 to 5"""
    )


def test_what_leads_where() -> None:
    """Numbers as ranges, options by their keys, a yes as a yes; skipping where it leads the same way."""
    options = (Option("x", {"en": "X"}), Option("y", {"en": "Y"}))
    choice = Question("one", QuestionKind.CHOICE, {"en": "One?"}, options=options)
    some = Question("some", QuestionKind.CHOICES, {"en": "Some?"}, options=options)
    sure = Question("sure", QuestionKind.YESNO, {"en": "Sure?"})
    text = shown(
        rated("a"),
        choice,
        rated("b", Condition("one", any_of=("y",))),
        some,
        rated("c", Condition("some", any_of=("x",))),
        sure,
        rated("d", Condition("sure", 1, 1)),
        rated("e", Condition("a", at_most=4, at_least=2)),
    )
    assert "a is 1 or 5; one is x or skipped; some is none of x or skipped; sure is no or skipped" in text
    assert "a is 2 to 4; one is y; some is any of x; sure is yes" in text
    assert "--- b (rating, when one is y)" in text
    assert "--- d (rating, when sure is yes)" in text
    assert "--- paths: 16" in text


def test_other_ways_to_the_same_questions() -> None:
    """Are counted, not hidden."""
    text = shown(rated("a"), rated("b"), rated("c", Condition("a", at_most=2), Condition("b", at_most=2)))
    assert "  2. a → b\n     when a is 1 to 2; b is 3 to 5 or skipped (or 2 other ways)" in text
    text = shown(rated("a"), rated("b"), rated("c", Condition("a", at_most=2), Condition("b", at_least=1)))
    assert "(or 2 other ways)" in text


def test_more_paths_than_anybody_reads() -> None:
    """As many as fit, and how many more; where even that is not known, that it is at least so many."""
    five = [rated(f"q{n}") for n in range(5)] + [rated(f"r{n}", Condition(f"q{n}", at_most=2)) for n in range(5)]
    text = shown(*five)
    assert "--- paths: 32\n" in text
    assert text.endswith(f"  … and {32 - PATHS_SHOWN} more")
    many = [rated(f"q{n}") for n in range(13)] + [rated(f"r{n}", Condition(f"q{n}", at_most=2)) for n in range(13)]
    text = shown(*many)
    assert f"--- paths: {PATHS_LIMIT} and more\n" in text
    assert text.endswith(f"  … and at least {PATHS_LIMIT - PATHS_SHOWN} more")


def test_a_campaigns_survey_is_about_no_delivery() -> None:
    """Neither a waybill nor a courier to praise."""
    text = shown(rated("a"), about_delivery=False)
    assert "SF1234567890" not in text
    assert "Praise" not in text


def test_every_type_in_every_language() -> None:
    """The survey of the documentation, in Chinese too; an anonymous one is called so."""
    text = draw_preview(EXAMPLE, TEXTS, ("zh", "en"))
    for words in (
        "  zh  [ 是 ][ 否 ]",
        "  en  [ Yes ][ No ]",
        "  en  [ 0 ][ 1 ][ 2 ][ 3 ][ 4 ][ 5 ]",
        "zh  您对",
        "○ Speed",
    ):
        assert words.replace("zh  您对", "zh  总体满意吗？") in text
    hidden = Survey("s", "1", {}, (rated("a"),), {"en": "Thanks."}, anonymous=True)
    text = draw_preview(hidden, TEXTS, ("en",))
    assert text.startswith("s: what customers will see (anonymous)\n")
    assert TEXTS.plain("en", "anonymous-low") in text.partition("--- the end, after 1")[2]


@settings(max_examples=40, deadline=None)
@given(surveys())
def test_any_survey_can_be_shown(survey: Survey) -> None:
    """Every question has its screen and every path its line."""
    text = draw_preview(survey, TEXTS, ("en", "zh"))
    for question in survey.questions:
        assert f"--- {question.id} ({question.kind}" in text
    for n, path in enumerate(list_paths(survey)[0][:PATHS_SHOWN], 1):
        assert f"\n  {n}. {' → '.join(question.id for question in path.questions)}\n" in f"{text}\n"
