"""What a survey may say as a whole; the messages as a file gets them are in test_survey_file.py."""

from typing import Any

from bot.company.survey_rules import SurveyRules
from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import RatingLabels


def question(id_: str, type_: str = "rating", **more: object) -> dict[str, object]:
    return {"id": id_, "type": type_, "text": {"en": f"{id_}."}} | more


def file(*questions: Any, **more: object) -> dict[str, object]:  # noqa: ANN401 -- whatever a file says
    listed = list(questions) or [question("overall")]
    return {"survey": "s", "title": {"en": "T"}, "questions": listed, "thanks": {"en": "Thanks"}} | more


def test_a_survey() -> None:
    """Every kind of question, what may be left out left out."""
    options = {"options": {"a": {"en": "A"}, "b": {"en": "B"}}}
    listed = [question(kind, kind, **(options if kind.startswith("choice") else {})) for kind in QuestionKind]
    rules = SurveyRules(("en",), ("other",))
    survey = rules.survey(file(*listed, anonymous=False), "1a2b3c4d")
    assert rules.found == []
    assert survey is not None
    assert (survey.name, survey.anonymous) == ("s@1a2b3c4d", False)
    assert [one.kind for one in survey.questions] == list(QuestionKind)
    assert [one.labels for one in survey.questions] == [RatingLabels.VERY_SATISFIED, *[None] * (len(QuestionKind) - 1)]
    assert all(one.when is None and one.hint == {} for one in survey.questions)


def test_no_survey_where_something_is_wrong() -> None:
    """Whatever it is; nothing that people write breaks the reading."""
    odd: list[Any] = [None, 7, "x", [], {}, [[]], {"en": []}, {1: 2}, True]
    for strange in odd:
        for key in ("survey", "title", "questions", "thanks", "anonymous"):
            if (key, strange) != ("anonymous", True) and not (key == "survey" and strange == "x"):
                rules = SurveyRules(("en",), ("other",))
                assert rules.survey(file() | {key: strange}, "1") is None, (key, strange)
                assert rules.found
        for key in ("id", "type", "text", "dimension", "category", "options", "when", "hint", "labels"):
            rules = SurveyRules(("en",), ("other",))
            survey = rules.survey(file(question("overall"), question("two") | {key: strange}), "1")
            assert survey is None or (key, strange) in {("id", "x"), ("dimension", "x")}, (key, strange)
        rules = SurveyRules(("en",), ("other",))
        assert rules.survey(strange, "1") is None
