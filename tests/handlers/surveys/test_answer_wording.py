"""Answers in words: a line a question that counts, in the reader's language, and no more of a person than a group may see."""

import pytest

from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import Answer, Condition, Option, Question, RatingLabels, Survey
from handlers.surveys import answer_wording
from tests.harness.in_process import COMPANY, TEXTS

SURVEY = COMPANY.find_survey("")
OPTIONS = (Option("a", {"en": "First", "zh": "甲"}), Option("b", {"en": "Second", "zh": "乙"}))


def question(kind: QuestionKind, labels: RatingLabels | None = None) -> Question:
    return Question("q", kind, {"en": "Q?", "zh": "问？"}, options=OPTIONS, labels=labels)


@pytest.mark.parametrize(
    ("asked", "given", "english", "chinese"),
    [
        (question(QuestionKind.RATING), 2, "2/5", "2/5"),
        (question(QuestionKind.RATING, RatingLabels.SATISFIED), 5, "5/5", "5/5"),
        (question(QuestionKind.RATING, RatingLabels.FOUR_LEVELS), 4, "4/5 (of four levels)", "4/5（四级量表）"),
        (question(QuestionKind.NPS), 0, "0/10", "0/10"),
        (question(QuestionKind.YESNO), 1, "yes", "是"),
        (question(QuestionKind.YESNO), 0, "no", "否"),
        (question(QuestionKind.CHOICE), ("b",), "Second", "乙"),
        (question(QuestionKind.CHOICES), ("a", "b", "gone"), "First, Second", "甲, 乙"),
        (question(QuestionKind.TEXT), "Never <again>", "Never <again>", "Never <again>"),
        (question(QuestionKind.PHOTOS), ("photo:1",), "1 photo", "照片1张"),
        (question(QuestionKind.PHOTOS), ("photo:1", "video:2", "said:Look"), "2 photos Look", "照片2张 Look"),
        (question(QuestionKind.PHOTOS), ("said:Look",), "Look", "Look"),
        (question(QuestionKind.CONTACT), "+86 138 0013 8000", "left (***8000)", "已留（***8000）"),
        (question(QuestionKind.CONTACT), "王小明", "left (王**)", "已留（王**）"),
    ],
)
def test_one_answer(asked: Question, given: Answer, english: str, chinese: str) -> None:
    """Four levels are marked as such; a contact is masked."""
    assert answer_wording.draw_answer(TEXTS, asked, given, "en") == english
    assert answer_wording.draw_answer(TEXTS, asked, given, "zh") == chinese


def test_only_what_counts() -> None:
    """A line a question that applies; nothing unanswered, nothing taken back, nothing whose question fell away."""
    given: dict[str, Answer] = {
        "overall": 2,
        "timeliness": 1,
        "timeliness_reasons": ("late", "false_scan"),
        "goods": 5,
        "goods_reasons": ("lost",),
        "attitude": 1,
        "attitude_reasons": (),
        "comment": "Never again",
    }
    assert answer_wording.draw_answers(TEXTS, SURVEY, given, "en").splitlines() == [
        "How was your delivery overall? 2/5",
        "Did it arrive in good time? 1/5",
        "What went wrong with the timing? Choose all that apply. Late, Marked delivered before it was",
        "Were the goods intact? 5/5",
        "How was the courier's attitude? 1/5",
        "Anything you would like to tell us? Just write it here. Never again",
    ]
    assert answer_wording.draw_answers(TEXTS, SURVEY, {}, "en") == ""


def test_contact_and_photos_for_the_case() -> None:
    """Whole, as far as their questions apply."""
    low = Condition("overall", at_most=2)
    survey = Survey(
        "s",
        "1",
        {},
        (
            Question("overall", QuestionKind.RATING, {}),
            Question("pictures", QuestionKind.PHOTOS, {}, when=low),
            Question("reach", QuestionKind.CONTACT, {}, when=low),
        ),
        {},
    )
    given: dict[str, Answer] = {
        "overall": 2,
        "pictures": ("photo:1", "document:2", "said:x"),
        "reach": "+8613800138000",
    }
    assert answer_wording.find_contact(survey, given) == "+8613800138000"
    assert answer_wording.list_files(survey, given) == (("photo", "1", ""), ("document", "2", ""))
    assert answer_wording.find_contact(survey, given | {"overall": 5}) == ""
    assert answer_wording.list_files(survey, given | {"overall": 5}) == ()
