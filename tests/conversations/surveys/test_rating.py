"""The rating: one tap is a complete response, a low one offers a complaint, and old keyboards stay valid."""

from dataclasses import replace

import pytest

from conversations.buttons import (
    ChangeRatingButton,
    FileComplaintButton,
    NoThanksButton,
    PickedButton,
    PraiseButton,
    RateButton,
    SurveyBackButton,
    SurveyEndButton,
    SurveySkipButton,
    ToggleOptionButton,
)
from conversations.protocol import File, Save, Say, Shared, Text, Toast
from conversations.surveys import rating
from conversations.surveys.rating_states import (
    AnonymousSurveyCompleted,
    AnswerRecounted,
    AskingRating,
    ComplaintDeclined,
    ComplaintFiled,
    RatedDelivery,
    RatingAnswered,
    State,
    Thanked,
)
from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import Answer, Condition, Option, Question, RatingLabels, Survey
from tests.harness.playbook import MISUNDERSTOOD, OVER, Playbook, tap


def question(key: str, kind: QuestionKind, *, options: tuple[str, ...] = (), when: Condition | None = None) -> Question:
    named = tuple(Option(one, {"en": one.title(), "zh": one}) for one in options)
    return Question(key, kind, {"en": f"{key}?", "zh": f"{key}？"}, key, "delivery", named, when)


SURVEY = Survey(
    "delivery",
    "1a2b3c4d",
    {"en": "Delivery"},
    (
        question("overall", QuestionKind.RATING),
        question("goods", QuestionKind.RATING),
        question("reasons", QuestionKind.CHOICES, options=("lost", "damaged"), when=Condition("goods", at_most=2)),
        question("comment", QuestionKind.TEXT),
    ),
    {"en": "Thank you.", "zh": "谢谢。"},
)
ABOUT = RatedDelivery(7, "delivery@1a2b3c4d", "SF1")
START = rating.begin(SURVEY, 7, "SF1")
OFFERED = AskingRating(ABOUT, "goods", {"overall": 1}, "open")


def playing(state: State = START, language: str = "en") -> Playbook[State]:
    return Playbook(rating.conversation({"delivery@1a2b3c4d": SURVEY}, low=2), state, language)


def answered(key: str, answer: Answer, before: Answer | None = None, *, low: bool = False, first: bool = False) -> Save:
    return Save(RatingAnswered(ABOUT, key, answer, before, low=low, first=first))


def test_a_happy_customer() -> None:
    """Each tap is saved at once; a question that does not apply is not asked; it ends with thanks."""
    assert (
        playing()
        << "rating-about"
        << "overall?"
        >> tap("5")
        << answered("overall", 5, first=True)
        << "goods?"
        >> tap("4")
        << answered("goods", 4)
        << "comment?"
        >> "Quick!"
        << answered("comment", "Quick!")
        << "Thank you."
        << "rating-given"
    )


def test_a_low_rating_offers_a_complaint_once() -> None:
    """The first low rating says so, later ones do not, and the offer stands on every screen until it is decided."""
    assert (
        playing()
        >> tap("2")
        << answered("overall", 2, low=True, first=True)
        << "rating-offer"
        >> tap("1")
        << answered("goods", 1)
        << "reasons?"
        << "rating-offer"
        >> tap("File a complaint")
        << Save(ComplaintFiled(ABOUT, {"overall": 2, "goods": 1}))
        << "reasons?"
        >> FileComplaintButton(7)
        << Toast(Text("rating-already-filed"))
    )


def test_declined_is_not_asked_again() -> None:
    """No, thanks: told so, and a later low rating does not offer again."""
    played = playing(OFFERED) >> tap("No, thanks") << Save(ComplaintDeclined(ABOUT)) << Toast(Text("rating-declined"))
    played = played >> tap("1") << answered("goods", 1)
    assert played
    assert "rating-offer" not in played.shown


def test_reasons_are_chosen_and_taken_back() -> None:
    """A tap chooses, another takes back; Done appears once something is chosen."""
    start = AskingRating(ABOUT, "reasons", {"overall": 5, "goods": 2}, "declined")
    played = playing(start)
    assert "Done" not in played.labels
    played = played >> tap("Damaged") << answered("reasons", ("damaged",)) >> tap("Lost")
    played = played << answered("reasons", ("lost", "damaged"), ("damaged",)) >> tap("☑ Damaged")
    played = played << answered("reasons", ("lost",), ("lost", "damaged"))
    assert played.labels == ["☑ Lost", "☐ Damaged", "Done", "Back", "Skip", "Finish"]
    assert played >> tap("Done") << "comment?"


def test_that_is_all() -> None:
    """Anyone who has said enough is thanked at once; it is not offered before the first answer, nor where nothing is left to ask."""
    assert "Finish" not in playing().labels
    played = playing(AskingRating(ABOUT, "goods", {"overall": 4})) >> tap("Finish")
    assert played << "Thank you."
    assert "Change my rating" in played.labels
    assert "Finish" not in playing(AskingRating(ABOUT, "comment", {"overall": 4})).labels
    assert playing() >> SurveyEndButton(7, 0) << MISUNDERSTOOD
    assert playing(AskingRating(ABOUT, "goods", {"overall": 4})) >> SurveyEndButton(8, 1) << MISUNDERSTOOD


def test_back_skip_and_change() -> None:
    """Skip saves nothing, Back shows the earlier answer marked, and the end can be opened again."""
    played = playing() >> tap("4") << answered("overall", 4, first=True) >> tap("Back") << "overall?"
    assert played.labels == ["😡 1", "🙁 2", "😐 3", "✓ 4", "😍 5"]
    played = played >> tap("3") << answered("overall", 3, 4) >> tap("Skip") << "comment?" >> tap("Skip") << "Thank you."
    assert played >> tap("Change my rating") << "overall?"


def test_a_better_rating_takes_the_offer_back() -> None:
    """Anyone who corrects a slip of the finger to 5 is not asked to complain."""
    played = playing(OFFERED) >> RateButton(7, 0, 5) << answered("overall", 5, 1)
    assert played
    assert "rating-offer" not in played.shown


def test_another_low_rating_keeps_the_offer() -> None:
    """The overall rating is corrected, but the goods are still low."""
    state = AskingRating(ABOUT, "reasons", {"overall": 1, "goods": 1}, "open")
    assert playing(state) >> RateButton(7, 0, 5) << answered("overall", 5, 1) << "rating-offer"


def test_an_old_keyboard_changes_that_answer() -> None:
    """After the thanks, a tap on the first message still counts, and goes on from there."""
    assert playing(Thanked(ABOUT, {"overall": 5})) >> RateButton(7, 0, 4) << answered("overall", 4, 5) << "goods?"


def test_a_double_tap_does_no_harm() -> None:
    """The same press again says the same again."""
    assert (
        playing()
        >> RateButton(7, 0, 5)
        << answered("overall", 5, first=True)
        >> RateButton(7, 0, 5)
        << answered("overall", 5, 5)
        << "goods?"
    )


def test_the_case_that_made_itself() -> None:
    """When a low rating became a case by itself, nothing is offered any more."""
    assert "rating-offer" not in playing(rating.mark_filed(OFFERED)).shown


def test_progress_counts_what_applies() -> None:
    """Three questions for a happy customer, four once the reasons apply."""

    def place(state: State) -> dict[str, str | int]:
        parts = playing(state).screen.parts
        return dict(next(part.args for part in parts if isinstance(part, Text) and part.key == "rating-progress"))

    assert place(AskingRating(ABOUT, "comment", {"overall": 5, "goods": 5})) == {"place": 3, "of": 3}
    assert place(AskingRating(ABOUT, "comment", {"overall": 5, "goods": 1})) == {"place": 4, "of": 4}


GOODS_LOW = AskingRating(ABOUT, "goods", {"overall": 5, "goods": 2, "reasons": ("lost",)}, "declined")


def test_what_no_longer_applies_no_longer_counts() -> None:
    """Two becomes five: the reasons are taken out of what is stored; five becomes two again: they are back, as they were."""
    played = playing(GOODS_LOW) >> tap("5") << answered("goods", 5, 2)
    played = played << Save(AnswerRecounted(ABOUT, "reasons", ("lost",), None)) << "comment?"
    played = (
        played
        >> RateButton(7, 1, 2)
        << answered("goods", 2, 5)
        << Save(AnswerRecounted(ABOUT, "reasons", None, ("lost",)))
    )
    assert played << "reasons?"
    assert played.labels[:2] == ["☑ Lost", "☐ Damaged"]


def test_a_low_rating_that_counts_again_offers_again() -> None:
    """A low rating whose question fell away takes its offer with it, and brings it back."""
    survey = Survey(
        "s",
        "1",
        {"en": "S"},
        (
            question("overall", QuestionKind.RATING),
            question("more", QuestionKind.RATING, when=Condition("overall", at_most=3)),
        ),
        {"en": "Thanks."},
    )
    about = RatedDelivery(7, "s@1")
    played = Playbook(rating.conversation({"s@1": survey}, low=2), AskingRating(about, "more", {"overall": 3}))
    played = played >> tap("1") << Save(RatingAnswered(about, "more", 1, low=True)) << "rating-offer"
    played = (
        played
        >> RateButton(7, 0, 5)
        << Save(RatingAnswered(about, "overall", 5, 3))
        << Save(AnswerRecounted(about, "more", 1, None))
    )
    assert "rating-offer" not in played.shown
    played = played >> RateButton(7, 0, 3) << Save(RatingAnswered(about, "overall", 3, 5, low=True))
    assert played << Save(AnswerRecounted(about, "more", None, 1)) << "rating-offer"


def test_buttons_of_a_question_that_does_not_apply() -> None:
    """An old keyboard of it changes nothing: what it would answer does not count."""
    start = AskingRating(ABOUT, "comment", {"overall": 5, "goods": 5})
    for button in (ToggleOptionButton(7, 2, 0), PickedButton(7, 2)):
        assert playing(start) >> button << MISUNDERSTOOD


ALL = Survey(
    "all",
    "1",
    {"en": "All"},
    (
        question("overall", QuestionKind.RATING),
        question("nps", QuestionKind.NPS),
        question("one", QuestionKind.CHOICE, options=("a", "b")),
        question("sure", QuestionKind.YESNO),
        question("photos", QuestionKind.PHOTOS),
        question("contact", QuestionKind.CONTACT),
    ),
    {"en": "Thanks."},
)


def test_one_tap_goes_on_and_photos_wait_for_done() -> None:
    """Each type in turn; low numbers that are no ratings offer no complaint; an album of three is one answer of three."""
    about = RatedDelivery(7, "all@1")
    played = Playbook(rating.conversation({"all@1": ALL}, low=2), AskingRating(about, "nps", {"overall": 5}))
    played = played >> tap("0") << Save(RatingAnswered(about, "nps", 0)) << "one?"
    played = played >> tap("B") << Save(RatingAnswered(about, "one", ("b",))) << "sure?"
    played = played >> tap("No") << Save(RatingAnswered(about, "sure", 0)) << "photos?"
    assert "rating-offer" not in played.shown
    kept: tuple[str, ...] = ()
    for n in (1, 3, 2):
        before, kept = kept or None, (*kept, f"photo:{n}")
        played = (
            played >> File("photo", str(n), "album") << Save(RatingAnswered(about, "photos", kept, before)) << "photos?"
        )
    played = played >> PickedButton(7, 4) << "contact?"
    assert rating.listens_for_contact(ALL, played.state or START)
    assert not rating.listens_for_contact(ALL, AskingRating(RatedDelivery(7, "all@1", on_behalf=True), "contact"))
    played = played >> Shared("+8613800138000") << Save(RatingAnswered(about, "contact", "+8613800138000")) << "Thanks."
    assert not rating.listens_for_contact(ALL, played.state or START)


def test_more_photos_than_there_is_room_for() -> None:
    """It is said so, and nothing is saved; the same photo again is nothing new; all can be taken back."""
    full = tuple(f"photo:{n}" for n in range(20))
    about = RatedDelivery(7, "all@1")
    start = AskingRating(about, "photos", {"overall": 5, "photos": full})
    played = Playbook(rating.conversation({"all@1": ALL}, low=2), start)
    played = played >> File("photo", "more") << Say(Text("answer-photos-full", {"count": 20}))
    played = played >> File("photo", "3") << "photos?"
    assert played >> tap("Remove what I sent") << Save(RatingAnswered(about, "photos", (), full)) << "photos?"


def test_four_levels_are_said_at_the_end() -> None:
    """A rating of four levels is not told as if it were one of five."""
    first = Question("overall", QuestionKind.RATING, {"en": "overall?"}, labels=RatingLabels.FOUR_LEVELS)
    survey = Survey("s", "1", {"en": "S"}, (first,), {"en": "Thanks."})
    played = Playbook(rating.conversation({"s@1": survey}, low=2), rating.begin(survey, 7))
    played = played << "labels-four-levels" >> RateButton(7, 0, 3) << MISUNDERSTOOD
    played = played >> tap("4") << Save(RatingAnswered(RatedDelivery(7, "s@1"), "overall", 4, first=True))
    assert played << "rating-given-four"


def test_a_delivery_that_is_none() -> None:
    """Rated without a delivery, no waybill is shown."""
    assert playing(rating.begin(SURVEY, 7, "")).shown[0] == "overall?"


def test_words_are_kept_to_what_a_message_holds() -> None:
    """A comment is at most as long as Telegram lets anybody write."""
    played = playing(AskingRating(ABOUT, "comment")) >> "x" * 5000
    assert played << answered("comment", "x" * 4096, first=True)


def test_labels_speak_the_language() -> None:
    """The same screen in Chinese."""
    assert playing(OFFERED, "zh").labels[5:] == ["返回", "跳过", "结束问卷", "提交投诉", "不用了"]


@pytest.mark.parametrize("state", [START, OFFERED, Thanked(ABOUT, {"overall": 4})])
@pytest.mark.parametrize(
    "action",
    [
        RateButton(8, 0, 5),
        RateButton(7, 0, 6),
        RateButton(7, 0, 0),
        RateButton(7, 2, 5),
        RateButton(7, 9, 5),
        ToggleOptionButton(7, 0, 0),
        ToggleOptionButton(7, 2, 2),
        ToggleOptionButton(8, 2, 0),
        PickedButton(7, 0),
        PickedButton(8, 2),
        SurveyBackButton(7, 9),
        SurveySkipButton(7, 9),
        SurveySkipButton(8, 0),
        ChangeRatingButton(8),
        FileComplaintButton(8),
        NoThanksButton(8),
        "words where a tap is meant",
        File("photo", "p1"),
    ],
)
def test_what_it_does_not_understand(state: State, action: RateButton | str | File) -> None:
    """Another invitation's buttons, places and scores that are not there, and words out of turn change nothing."""
    played = playing(state) >> action << MISUNDERSTOOD
    assert played.state == state


def test_nothing_is_filed_that_was_not_offered() -> None:
    """A forged press files no complaint about a delivery that nobody found bad."""
    assert playing(Thanked(ABOUT, {"overall": 5})) >> FileComplaintButton(7) << MISUNDERSTOOD
    assert (
        playing(Thanked(ABOUT, {"overall": 1}, "declined"))
        >> FileComplaintButton(7)
        << Save(ComplaintFiled(ABOUT, {"overall": 1}))
    )


def test_on_the_customers_behalf() -> None:
    """Staff fill in the same survey, and are spoken to as staff: the mark on every screen, no thanks as to the customer, no praise."""
    start = rating.begin(SURVEY, 7, "SF1", 9, on_behalf=True)
    about = RatedDelivery(7, "delivery@1a2b3c4d", "SF1", 9, on_behalf=True)
    low = Save(RatingAnswered(about, "overall", 1, None, low=True, first=True))
    assert (
        playing(start)
        << "entered-on-behalf"
        >> tap("1")
        << low
        << "rating-offer-behalf"
        >> tap("No, thanks")
        << Save(ComplaintDeclined(about))
        << Toast(Text("rating-declined-behalf"))
        << "entered-on-behalf"
    )
    done = rating.screen(SURVEY, Thanked(about, {"overall": 5}), "en")
    said = [part.key for part in done.parts if isinstance(part, Text)]
    assert said == ["rating-about", "entered-on-behalf", "behalf-thanks", "rating-given-behalf"]
    assert [key.label for row in done.rows for key in row] == [Text("rating-change-behalf")]


# --- anonymous -------------------------------------------------------------------------------------------------------

QUIET = replace(SURVEY, key="quiet", anonymous=True)
QUIET_ABOUT = RatedDelivery(7, QUIET.name, "SF1")


def quietly(state: State | None = None) -> Playbook[State]:
    return Playbook(rating.conversation({QUIET.name: QUIET}, low=2), state or rating.begin(QUIET, 7, "SF1"), "en")


def test_an_anonymous_survey_saves_once_at_its_end() -> None:
    """Nothing before; then what counts, and the dialogue is over: an answer whose question no longer applies is not in it."""
    assert (
        quietly()
        >> RateButton(7, 0, 5)
        >> RateButton(7, 1, 2)
        >> ToggleOptionButton(7, 2, 0)
        >> RateButton(7, 1, 4)
        >> "Nothing more"
        << Save(AnonymousSurveyCompleted(QUIET_ABOUT, {"overall": 5, "goods": 4, "comment": "Nothing more"}))
        << OVER
    )


def test_an_anonymous_survey_offers_no_complaint() -> None:
    """A low rating points to /complain instead; what an offer would take, and praise, are not understood."""
    low = AskingRating(QUIET_ABOUT, "goods", {"overall": 1})
    book = quietly() >> RateButton(7, 0, 1) << "anonymous-low"
    assert book.state == low
    assert "rating-offer" not in book.shown
    for button in (FileComplaintButton(7), PraiseButton(7)):
        assert quietly(low) >> button << MISUNDERSTOOD
    assert (quietly(low) >> NoThanksButton(7)).state == low


def test_an_anonymous_survey_has_no_end_without_an_answer() -> None:
    """All skipped is nobody's response."""
    assert quietly(AskingRating(QUIET_ABOUT, "comment")) >> SurveySkipButton(7, 3) << MISUNDERSTOOD


def test_what_an_anonymous_survey_says_of_itself() -> None:
    """On its first screen that it is, on its last that nothing can be changed, with no button left."""
    first, later = rating.begin(QUIET, 7), AskingRating(QUIET_ABOUT, "comment", {"overall": 5})
    assert Text("anonymous-begins") in rating.screen(QUIET, first, "en", 2).parts
    assert Text("anonymous-begins") not in rating.screen(QUIET, later, "en", 2).parts
    last = rating.screen(QUIET, Thanked(QUIET_ABOUT, {"overall": 5}), "en", 2)
    assert (Text("anonymous-over") in last.parts, last.rows) == (True, ())
    assert Text("rating-given", {"score": 5}) not in last.parts
