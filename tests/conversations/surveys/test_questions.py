"""One question: what is shown of it, what answers it, and any survey walked in every way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.buttons import Button, Opt, Pick, Picked, Rate, Recommend, TakeBack, YesNo
from conversations.protocol import Attached, File, Pressed, Said, Shared, Text
from conversations.surveys import questions
from conversations.surveys.rating_states import Asking
from domain.surveys.paths import paths
from domain.surveys.survey import Answer, Kind, Labels, Option, Question, Survey
from tests.harness.playbook import label
from tests.harness.surveys import answers_to, surveys
from tests.harness.walking import Walker

OPTIONS = (Option("a", {"en": "A", "zh": "甲"}), Option("b", {"en": "B", "zh": "乙"}))


def asked(kind: Kind, labels: Labels | None = None) -> Question:
    options = OPTIONS if kind in {Kind.CHOICE, Kind.CHOICES} else ()
    return Question(
        "q", kind, {"en": "Why?", "zh": "为什么？"}, options=options, hint={"en": "Be honest."}, labels=labels
    )


def labels(question: Question, answer: Answer | None = None, language: str = "en") -> list[list[str]]:
    return [[label(key, language) for key in row] for row in questions.rows(question, 7, 3, answer, language)]


def keys(question: Question, answer: Answer | None = None) -> list[str]:
    """The texts that are shown with the question, words that are not ours as they are."""
    return [part.key if isinstance(part, Text) else part.text for part in questions.parts(question, answer, "en")]


@pytest.mark.parametrize(
    ("kind", "answer", "shown"),
    [
        (Kind.RATING, None, [["😡 1", "🙁 2", "😐 3", "🙂 4", "😍 5"]]),
        (Kind.RATING, 4, [["😡 1", "🙁 2", "😐 3", "✓ 4", "😍 5"]]),
        (Kind.NPS, 10, [["0", "1", "2", "3", "4", "5"], ["6", "7", "8", "9", "✓ 10"]]),
        (Kind.NPS, 0, [["✓ 0", "1", "2", "3", "4", "5"], ["6", "7", "8", "9", "10"]]),
        (Kind.YESNO, None, [["Yes", "No"]]),
        (Kind.YESNO, 0, [["Yes", "✓ No"]]),
        (Kind.CHOICE, ("b",), [["○ A"], ["✓ B"]]),
        (Kind.CHOICES, None, [["☐ A"], ["☐ B"]]),
        (Kind.CHOICES, ("b",), [["☐ A"], ["☑ B"], ["Done"]]),
        (Kind.PHOTOS, None, []),
        (Kind.PHOTOS, ("photo:p",), [["Done"], ["Remove what I sent"]]),
        (Kind.TEXT, "words", []),
        (Kind.CONTACT, None, []),
    ],
)
def test_buttons(kind: Kind, answer: Answer | None, shown: list[list[str]]) -> None:
    """By the type of the question; what was answered is marked."""
    assert labels(asked(kind), answer) == shown


def test_four_levels_have_no_middle() -> None:
    """Four buttons, worth 1, 2, 4 and 5 points, and end in that digit."""
    assert labels(asked(Kind.RATING, Labels.FOUR_LEVELS), 2) == [["😡 1", "✓ 2", "🙂 4", "😍 5"]]


@pytest.mark.parametrize(
    ("labels", "legend"),
    [
        (None, []),
        (Labels.SATISFIED, ["labels-satisfied"]),
        (Labels.VERY_SATISFIED, ["labels-very-satisfied"]),
        (Labels.FOUR_LEVELS, ["labels-four-levels"]),
    ],
)
def test_the_words_of_a_rating(labels: Labels | None, legend: list[str]) -> None:
    """The legend of its set, above the hint; an old version without one keeps to its hint."""
    assert keys(asked(Kind.RATING, labels)) == ["Why?", *legend, "Be honest."]


@pytest.mark.parametrize(
    ("kind", "answer", "shown"),
    [
        (Kind.NPS, None, ["answer-nps"]),
        (Kind.TEXT, "words", ["answer-wrote"]),
        (Kind.CONTACT, "+86", ["answer-contact", "answer-wrote"]),
        (Kind.PHOTOS, None, ["answer-photos"]),
        (Kind.PHOTOS, ("photo:p", "said:w"), ["answer-photos", "answer-wrote"]),
    ],
)
def test_what_is_shown_beside_the_question(kind: Kind, answer: Answer | None, shown: list[str]) -> None:
    """How to answer it, and what was answered by writing."""
    found = keys(asked(kind), answer)
    assert [one for one in found if one not in {"Why?", "Be honest."}] == shown


@pytest.mark.parametrize(
    ("kind", "button", "before", "answer"),
    [
        (Kind.RATING, Rate(7, 3, 5), None, 5),
        (Kind.RATING, Rate(7, 3, 0), None, None),
        (Kind.RATING, Rate(7, 3, 6), None, None),
        (Kind.RATING, Recommend(7, 3, 5), None, None),
        (Kind.NPS, Recommend(7, 3, 0), None, 0),
        (Kind.NPS, Recommend(7, 3, 11), None, None),
        (Kind.NPS, Rate(7, 3, 5), None, None),
        (Kind.YESNO, YesNo(7, 3, yes=True), None, 1),
        (Kind.YESNO, YesNo(7, 3, yes=False), 1, 0),
        (Kind.YESNO, Opt(7, 3, 0), None, None),
        (Kind.CHOICE, Opt(7, 3, 1), ("a",), ("b",)),
        (Kind.CHOICE, Opt(7, 3, 2), None, None),
        (Kind.CHOICE, Pick(7, 3, 0), None, None),
        (Kind.CHOICES, Pick(7, 3, 1), None, ("b",)),
        (Kind.CHOICES, Pick(7, 3, 0), ("b",), ("a", "b")),
        (Kind.CHOICES, Pick(7, 3, 0), ("a", "b"), ("b",)),
        (Kind.CHOICES, Pick(7, 3, 2), None, None),
        (Kind.PHOTOS, TakeBack(7, 3), ("photo:p",), ()),
        (Kind.PHOTOS, Picked(7, 3), ("photo:p",), None),
        (Kind.TEXT, Pick(7, 3, 0), None, None),
    ],
)
def test_what_a_press_answers(kind: Kind, button: Button, before: Answer | None, answer: Answer | None) -> None:
    """Only what the question allows; a forged number or another type's button answers nothing."""
    assert questions.pressed(asked(kind), button, before) == answer


def test_no_middle_can_be_forged() -> None:
    """Three points are no answer of four levels."""
    question = asked(Kind.RATING, Labels.FOUR_LEVELS)
    assert [questions.pressed(question, Rate(7, 3, score), None) for score in range(1, 6)] == [1, 2, None, 4, 5]


PHOTO, VOICE = File("photo", "p1", "album"), File("voice", "v1")


@pytest.mark.parametrize(
    ("kind", "event", "before", "answer"),
    [
        (Kind.TEXT, Said("words"), "old", "words"),
        (Kind.TEXT, Said("  "), None, None),
        (Kind.TEXT, Said("x" * 5000), None, "x" * 4096),
        (Kind.TEXT, Attached(PHOTO), None, None),
        (Kind.TEXT, Shared("+861"), None, None),
        (Kind.CONTACT, Said("WeChat wang"), None, "WeChat wang"),
        (Kind.CONTACT, Shared("+861"), "old", "+861"),
        (Kind.CONTACT, Shared("861"), None, "+861"),
        (Kind.PHOTOS, Attached(PHOTO), None, ("photo:p1",)),
        (Kind.PHOTOS, Attached(PHOTO), ("photo:p1",), ("photo:p1",)),
        (Kind.PHOTOS, Attached(File("document", "d1")), ("photo:p1",), ("photo:p1", "document:d1")),
        (Kind.PHOTOS, Attached(PHOTO, "the corner"), (), ("photo:p1", "said:the corner")),
        (Kind.PHOTOS, Said("and wet"), ("photo:p1", "said:torn"), ("photo:p1", "said:torn\nand wet")),
        (Kind.PHOTOS, Attached(File("video", "a:b")), ("said:x",), ("video:a:b", "said:x")),
        (Kind.PHOTOS, Attached(VOICE), None, None),
        (Kind.PHOTOS, Shared("+861"), None, None),
        (Kind.RATING, Said("5"), None, None),
        (Kind.CHOICE, Attached(PHOTO), None, None),
    ],
)
def test_what_a_message_answers(
    kind: Kind, event: Said | Attached | Shared, before: Answer | None, answer: Answer | None
) -> None:
    """Words, pictures with their captions, one's own contact, where they are asked for."""
    assert questions.told(asked(kind), event, before) == answer


def test_as_many_photos_as_there_is_room_for() -> None:
    """One more is not kept, and it is said so; the same again is not one more."""
    full: Answer = tuple(f"photo:{n}" for n in range(questions.FILES_LIMIT))
    more = Attached(File("photo", "more"))
    assert questions.told(asked(Kind.PHOTOS), more, full) == full
    assert questions.is_full(full, more)
    assert not questions.is_full(full, Attached(File("photo", "0")))
    assert not questions.is_full(full, Said("words"))
    assert not questions.is_full((), more)
    assert questions.files(full)[-1] == ("photo", str(questions.FILES_LIMIT - 1))


@settings(max_examples=100, deadline=None)
@given(surveys(), st.data())
def test_every_path_of_any_survey(survey: Survey, data: st.DataObject) -> None:
    """No dead end; each question once and in order; Back returns to the same screen with the answer shown; each answer stored once."""
    found, _ = paths(survey)
    for path in found[:12]:
        walker, walked = Walker(survey), []
        while (question := walker.question) is not None:
            walked.append(question)
            decided = path.answers.get(question.id)
            turned = any(one.question == question for one in path.turnings)
            if turned and decided is None:
                walker.press("Skip")
                continue
            answer = data.draw(answers_to(question)) if decided is None else decided
            _answer_and_look_back(walker, question, answer)
        assert tuple(walked) == path.questions
        assert walker.stored == survey.counted(walker.state.answers)
        assert walker.said_first == 1
        walker.press("Change my rating")
        assert walker.shows(survey.questions[0], walker.stored[survey.questions[0].id])


def _answer_and_look_back(walker: Walker, question: Question, answer: Answer) -> None:
    """The answer leads on; Back shows its question with it, and Skip leads to the same screen as before."""
    walker.answer(answer)
    after, seen = walker.state, walker.look()
    if isinstance(after, Asking):
        walker.press("Back")
        assert walker.question == question
        assert walker.shows(question, answer)
        back = walker.look()
        walker.press("Skip") if question != walker.survey.questions[0] else walker.answer(answer)
        assert (walker.state, walker.look()) == (after, seen)
        walker.press("Back")
        assert walker.look() == back
        walker.press("Skip") if question != walker.survey.questions[0] else walker.answer(answer)


@settings(max_examples=150, deadline=None)
@given(surveys(least=2), st.data())
def test_whatever_is_pressed_what_counts_is_what_is_stored(survey: Survey, data: st.DataObject) -> None:
    """Forth and back, changed, taken back, skipped, in any order, old keyboards included: nothing is stored twice or left over."""
    walker = Walker(survey)
    old: list[Button] = []
    for _ in range(data.draw(st.integers(5, 25))):
        buttons = [key.button for key in walker.keys if key.button is not None]
        old += [button for button in buttons if button not in old]
        question = walker.question
        if question is not None and question.kind in questions.LISTENS and data.draw(st.booleans()):
            walker.answer(data.draw(answers_to(question)))
        else:
            walker.maybe(Pressed(data.draw(st.sampled_from([*buttons, *old]))))
        assert walker.stored == survey.counted(walker.state.answers)
        assert walker.said_first == bool(walker.state.answers)
