"""Surveys made at random, as files say them: every type of question, every label set, conditions on whatever came before."""

from typing import Any

from hypothesis import strategies as st

from bot.company.survey_rules import LABEL_LIMIT, TEXT_LIMIT, SurveyRules
from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import Answer, Question, RatingLabels, Survey
from texts.length import trim

LANGUAGES = ("en", "zh")
CATEGORIES = ("delivery", "product")
Raw = dict[str, Any]

_HOSTILE = ["?", "很满意", "<b>&amp;", "\u202eabc", "🙂", "{ $x }", "a\nb", "-", "✓ 5", "Back"]
_OPTIONED = {QuestionKind.CHOICE: 2, QuestionKind.CHOICES: 1}


def texts(limit: int, mark: str = "") -> st.SearchStrategy[dict[str, str]]:
    """A text in each language: hostile, or as long as it may be."""
    long_ones = ["x" * limit, "很" * limit, "🙂" * (limit // 2)]
    words = st.sampled_from(_HOSTILE) | st.sampled_from(long_ones)
    return st.fixed_dictionaries(dict.fromkeys(LANGUAGES, words.map(lambda one: trim(mark + one, limit))))


@st.composite
def files(draw: st.DrawFn, least: int = 1, most: int = 6) -> Raw:
    """A survey file that is right, as its reader gets it."""
    questions: list[Raw] = []
    file: Raw = {"survey": "any", "title": draw(texts(100)), "questions": questions, "thanks": draw(texts(TEXT_LIMIT))}
    for n in range(draw(st.integers(least, most))):
        kind = QuestionKind.RATING if n == 0 else draw(st.sampled_from(QuestionKind))
        question: Raw = {"id": f"q{n}", "type": str(kind), "text": draw(texts(TEXT_LIMIT))}
        if kind in _OPTIONED:
            keys = [f"o{o}" for o in range(draw(st.integers(_OPTIONED[kind], 4)))]
            question["options"] = {key: draw(texts(LABEL_LIMIT, mark=key)) for key in keys}
        if kind is QuestionKind.RATING:
            question |= {
                "labels": str(draw(st.sampled_from(RatingLabels))),
                "category": draw(st.sampled_from(CATEGORIES)),
            }
        if draw(st.booleans()):
            question["hint"] = draw(texts(300))
        questions.append(question)
        if n and draw(st.booleans()):
            _when(draw, file)
    return file


def surveys(least: int = 1, most: int = 6) -> st.SearchStrategy[Survey]:
    return files(least, most).map(read)


def read(file: Raw) -> Survey:
    """The survey of a file that is right."""
    rules = SurveyRules(LANGUAGES, CATEGORIES)
    survey = rules.survey(file, "1a2b3c4d")
    assert survey is not None, rules.found
    return survey


def answers_to(question: Question) -> st.SearchStrategy[Answer]:
    """Whatever can be answered to this question."""
    keys = [option.key for option in question.options]
    match question.kind:
        case QuestionKind.CHOICE:
            return st.sampled_from(keys).map(lambda key: (key,))
        case QuestionKind.CHOICES:
            return st.sets(st.sampled_from(keys), min_size=1).map(
                lambda some: tuple(key for key in keys if key in some)
            )
        case QuestionKind.TEXT | QuestionKind.CONTACT:
            return st.sampled_from(["words", "<b>", "🙂" * 2048, "x" * 4096])
        case QuestionKind.PHOTOS:
            return st.sampled_from([("photo:p1",), ("photo:p1", "document:d1", "said:" + "<" * 900)])
        case _:
            return st.sampled_from(question.scores)


def _when(draw: st.DrawFn, file: Raw) -> None:
    """Give the last question conditions on earlier ones, if there are any that can hold."""
    *earlier, last = file["questions"]
    conditions: list[Raw] = []
    for about in draw(st.lists(st.sampled_from(earlier), min_size=1, max_size=2, unique_by=lambda one: str(one["id"]))):
        condition: Raw = {"question": about["id"]}
        match QuestionKind(about["type"]):
            case QuestionKind.RATING:
                condition[draw(st.sampled_from(["at_most", "at_least"]))] = draw(st.integers(1, 5))
            case QuestionKind.NPS:
                condition[draw(st.sampled_from(["at_most", "at_least"]))] = draw(st.integers(0, 10))
            case QuestionKind.YESNO:
                condition["is"] = draw(st.sampled_from(["yes", "no"]))
            case QuestionKind.CHOICE | QuestionKind.CHOICES:
                condition["any_of"] = draw(st.lists(st.sampled_from(list(about["options"])), min_size=1, unique=True))
            case QuestionKind.TEXT | QuestionKind.PHOTOS | QuestionKind.CONTACT:
                continue
        conditions.append(condition)
    if conditions:
        last["when"] = conditions[0] if len(conditions) == 1 and draw(st.booleans()) else conditions
        rules = SurveyRules(LANGUAGES, CATEGORIES)
        rules.survey(file, "1a2b3c4d")
        if rules.found:
            del last["when"]
