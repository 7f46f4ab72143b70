"""One question: what is shown of it, what answers it, and any survey walked in every way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.buttons import (
    Button,
    OptionButton,
    PickedButton,
    RateButton,
    RecommendButton,
    TakeBackPhotosButton,
    ToggleOptionButton,
    YesNoButton,
)
from conversations.protocol import Attached, File, Pressed, Said, Shared, Text
from conversations.surveys import questions
from conversations.surveys.rating_states import AskingRating
from domain.surveys.paths import list_paths
from domain.surveys.question_kinds import KINDS, QuestionKind
from domain.surveys.survey import Answer, Option, Question, RatingLabels, Survey
from tests.conftest import PROVE
from tests.harness.playbook import render_label
from tests.harness.random_surveys import answers_to, surveys
from tests.harness.survey_walker import SurveyWalker

OPTIONS = (Option("a", {"en": "A", "zh": "甲"}), Option("b", {"en": "B", "zh": "乙"}))


def asked(kind: QuestionKind, labels: RatingLabels | None = None) -> Question:
    options = OPTIONS if kind in {QuestionKind.CHOICE, QuestionKind.CHOICES} else ()
    return Question(
        "q", kind, {"en": "Why?", "zh": "为什么？"}, options=options, hint={"en": "Be honest."}, labels=labels
    )


def labels(question: Question, answer: Answer | None = None, language: str = "en") -> list[list[str]]:
    return [
        [render_label(key, language) for key in row] for row in questions.draw_buttons(question, 7, 3, answer, language)
    ]


def keys(question: Question, answer: Answer | None = None) -> list[str]:
    """The texts that are shown with the question, words that are not ours as they are."""
    return [
        part.key if isinstance(part, Text) else part.text for part in questions.draw_question(question, answer, "en")
    ]


@pytest.mark.parametrize(
    ("kind", "answer", "shown"),
    [
        (QuestionKind.RATING, None, [["😡 1", "🙁 2", "😐 3", "🙂 4", "😍 5"]]),
        (QuestionKind.RATING, 4, [["😡 1", "🙁 2", "😐 3", "✓ 4", "😍 5"]]),
        (QuestionKind.NPS, 10, [["0", "1", "2", "3", "4", "5"], ["6", "7", "8", "9", "✓ 10"]]),
        (QuestionKind.NPS, 0, [["✓ 0", "1", "2", "3", "4", "5"], ["6", "7", "8", "9", "10"]]),
        (QuestionKind.YESNO, None, [["Yes", "No"]]),
        (QuestionKind.YESNO, 0, [["Yes", "✓ No"]]),
        (QuestionKind.CHOICE, ("b",), [["○ A"], ["✓ B"]]),
        (QuestionKind.CHOICES, None, [["☐ A"], ["☐ B"]]),
        (QuestionKind.CHOICES, ("b",), [["☐ A"], ["☑ B"], ["Done"]]),
        (QuestionKind.PHOTOS, None, []),
        (QuestionKind.PHOTOS, ("photo:p",), [["Done"], ["Remove what I sent"]]),
        (QuestionKind.TEXT, "words", []),
        (QuestionKind.CONTACT, None, []),
    ],
)
def test_buttons(kind: QuestionKind, answer: Answer | None, shown: list[list[str]]) -> None:
    """By the type of the question; what was answered is marked."""
    assert labels(asked(kind), answer) == shown


def test_four_levels_have_no_middle() -> None:
    """Four buttons, worth 1, 2, 4 and 5 points, and end in that digit."""
    assert labels(asked(QuestionKind.RATING, RatingLabels.FOUR_LEVELS), 2) == [["😡 1", "✓ 2", "🙂 4", "😍 5"]]


@pytest.mark.parametrize(
    ("labels", "legend"),
    [
        (None, []),
        (RatingLabels.SATISFIED, ["labels-satisfied"]),
        (RatingLabels.VERY_SATISFIED, ["labels-very-satisfied"]),
        (RatingLabels.FOUR_LEVELS, ["labels-four-levels"]),
    ],
)
def test_the_words_of_a_rating(labels: RatingLabels | None, legend: list[str]) -> None:
    """The legend of its set, above the hint; an old version without one keeps to its hint."""
    assert keys(asked(QuestionKind.RATING, labels)) == ["Why?", *legend, "Be honest."]


@pytest.mark.parametrize(
    ("kind", "answer", "shown"),
    [
        (QuestionKind.NPS, None, ["answer-nps"]),
        (QuestionKind.TEXT, "words", ["answer-wrote"]),
        (QuestionKind.CONTACT, "+86", ["answer-contact", "answer-wrote"]),
        (QuestionKind.PHOTOS, None, ["answer-photos"]),
        (QuestionKind.PHOTOS, ("photo:p", "said:w"), ["answer-photos", "answer-wrote"]),
    ],
)
def test_what_is_shown_beside_the_question(kind: QuestionKind, answer: Answer | None, shown: list[str]) -> None:
    """How to answer it, and what was answered by writing."""
    texts = keys(asked(kind), answer)
    assert [one for one in texts if one not in {"Why?", "Be honest."}] == shown


@pytest.mark.parametrize(
    ("kind", "button", "before", "answer"),
    [
        (QuestionKind.RATING, RateButton(7, 3, 5), None, 5),
        (QuestionKind.RATING, RateButton(7, 3, 0), None, None),
        (QuestionKind.RATING, RateButton(7, 3, 6), None, None),
        (QuestionKind.RATING, RecommendButton(7, 3, 5), None, None),
        (QuestionKind.NPS, RecommendButton(7, 3, 0), None, 0),
        (QuestionKind.NPS, RecommendButton(7, 3, 11), None, None),
        (QuestionKind.NPS, RateButton(7, 3, 5), None, None),
        (QuestionKind.YESNO, YesNoButton(7, 3, yes=True), None, 1),
        (QuestionKind.YESNO, YesNoButton(7, 3, yes=False), 1, 0),
        (QuestionKind.YESNO, OptionButton(7, 3, 0), None, None),
        (QuestionKind.CHOICE, OptionButton(7, 3, 1), ("a",), ("b",)),
        (QuestionKind.CHOICE, OptionButton(7, 3, 2), None, None),
        (QuestionKind.CHOICE, ToggleOptionButton(7, 3, 0), None, None),
        (QuestionKind.CHOICES, ToggleOptionButton(7, 3, 1), None, ("b",)),
        (QuestionKind.CHOICES, ToggleOptionButton(7, 3, 0), ("b",), ("a", "b")),
        (QuestionKind.CHOICES, ToggleOptionButton(7, 3, 0), ("a", "b"), ("b",)),
        (QuestionKind.CHOICES, ToggleOptionButton(7, 3, 2), None, None),
        (QuestionKind.PHOTOS, TakeBackPhotosButton(7, 3), ("photo:p",), ()),
        (QuestionKind.PHOTOS, PickedButton(7, 3), ("photo:p",), None),
        (QuestionKind.TEXT, ToggleOptionButton(7, 3, 0), None, None),
    ],
)
def test_what_a_press_answers(kind: QuestionKind, button: Button, before: Answer | None, answer: Answer | None) -> None:
    """Only what the question allows; a forged number or another type's button answers nothing."""
    assert questions.read_press(asked(kind), button, before) == answer


def test_no_middle_can_be_forged() -> None:
    """Three points are no answer of four levels."""
    question = asked(QuestionKind.RATING, RatingLabels.FOUR_LEVELS)
    assert [questions.read_press(question, RateButton(7, 3, score), None) for score in range(1, 6)] == [
        1,
        2,
        None,
        4,
        5,
    ]


PHOTO, VOICE = File("photo", "p1", "album"), File("voice", "v1")


@pytest.mark.parametrize(
    ("kind", "event", "before", "answer"),
    [
        (QuestionKind.TEXT, Said("words"), "old", "words"),
        (QuestionKind.TEXT, Said("  "), None, None),
        (QuestionKind.TEXT, Said("x" * 5000), None, "x" * 4096),
        (QuestionKind.TEXT, Attached(PHOTO), None, None),
        (QuestionKind.TEXT, Shared("+861"), None, None),
        (QuestionKind.CONTACT, Said("WeChat wang"), None, "WeChat wang"),
        (QuestionKind.CONTACT, Shared("+861"), "old", "+861"),
        (QuestionKind.CONTACT, Shared("861"), None, "+861"),
        (QuestionKind.PHOTOS, Attached(PHOTO), None, ("photo:p1",)),
        (QuestionKind.PHOTOS, Attached(PHOTO), ("photo:p1",), ("photo:p1",)),
        (QuestionKind.PHOTOS, Attached(File("document", "d1")), ("photo:p1",), ("photo:p1", "document:d1")),
        (QuestionKind.PHOTOS, Attached(PHOTO, "the corner"), (), ("photo:p1", "said:the corner")),
        (QuestionKind.PHOTOS, Said("and wet"), ("photo:p1", "said:torn"), ("photo:p1", "said:torn\nand wet")),
        (QuestionKind.PHOTOS, Attached(File("video", "a:b")), ("said:x",), ("video:a:b", "said:x")),
        (QuestionKind.PHOTOS, Attached(VOICE), None, None),
        (QuestionKind.PHOTOS, Shared("+861"), None, None),
        (QuestionKind.RATING, Said("5"), None, None),
        (QuestionKind.CHOICE, Attached(PHOTO), None, None),
    ],
)
def test_what_a_message_answers(
    kind: QuestionKind, event: Said | Attached | Shared, before: Answer | None, answer: Answer | None
) -> None:
    """Words, pictures with their captions, one's own contact, where they are asked for."""
    assert questions.read_message(asked(kind), event, before) == answer


def test_as_many_photos_as_there_is_room_for() -> None:
    """One more is not kept, and it is said so; the same again is not one more."""
    full: Answer = tuple(f"photo:{n}" for n in range(questions.FILES_LIMIT))
    more = Attached(File("photo", "more"))
    assert questions.read_message(asked(QuestionKind.PHOTOS), more, full) == full
    assert questions.is_full(full, more)
    assert not questions.is_full(full, Attached(File("photo", "0")))
    assert not questions.is_full(full, Said("words"))
    assert not questions.is_full((), more)
    assert questions.list_files(full)[-1] == ("photo", str(questions.FILES_LIMIT - 1))


@settings(max_examples=100 if PROVE else 25, deadline=None)
@given(surveys(), st.data())
def test_every_path_of_any_survey(survey: Survey, data: st.DataObject) -> None:
    """No dead end; each question once and in order; Back returns to the same screen with the answer shown; each answer stored once."""
    paths, _ = list_paths(survey)
    for path in paths[:12]:
        walker, walked = SurveyWalker(survey), []
        while (question := walker.question) is not None:
            walked.append(question)
            decided = path.answers.get(question.id)
            turned = any(one.question == question for one in path.branches)
            if turned and decided is None:
                walker.press("Skip")
                continue
            answer = data.draw(answers_to(question)) if decided is None else decided
            _answer_and_look_back(walker, question, answer)
        assert tuple(walked) == path.questions
        assert walker.stored == survey.keep_asked(walker.state.answers)
        assert walker.said_first == 1
        walker.press("Change my rating")
        assert walker.shows(survey.questions[0], walker.stored[survey.questions[0].id])


def _answer_and_look_back(walker: SurveyWalker, question: Question, answer: Answer) -> None:
    """The answer leads on; Back shows its question with it, and Skip leads to the same screen as before."""
    walker.answer(answer)
    after, seen = walker.state, walker.look()
    if isinstance(after, AskingRating):
        walker.press("Back")
        assert walker.question == question
        assert walker.shows(question, answer)
        back = walker.look()
        walker.press("Skip") if question != walker.survey.questions[0] else walker.answer(answer)
        assert (walker.state, walker.look()) == (after, seen)
        walker.press("Back")
        assert walker.look() == back
        walker.press("Skip") if question != walker.survey.questions[0] else walker.answer(answer)


@settings(max_examples=150 if PROVE else 35, deadline=None)
@given(surveys(least=2), st.data())
def test_whatever_is_pressed_what_counts_is_what_is_stored(survey: Survey, data: st.DataObject) -> None:
    """Forth and back, changed, taken back, skipped, in any order, old keyboards included: nothing is stored twice or left over."""
    walker = SurveyWalker(survey)
    old: list[Button] = []
    for _ in range(data.draw(st.integers(5, 25))):
        buttons = [key.button for key in walker.keys if key.button is not None]
        old += [button for button in buttons if button not in old]
        question = walker.question
        if question is not None and KINDS[question.kind].is_written and data.draw(st.booleans()):
            walker.answer(data.draw(answers_to(question)))
        else:
            walker.maybe(Pressed(data.draw(st.sampled_from([*buttons, *old]))))
        assert walker.stored == survey.keep_asked(walker.state.answers)
        assert walker.said_first == bool(walker.state.answers)


def test_every_kind_has_its_record_and_its_form() -> None:
    """A kind that lacks one would fail in a customer's chat."""
    assert set(KINDS) == set(QuestionKind) == set(questions.FORMS)
