"""A complaint from the first question to the summary: optional things skipped, nothing lost on the way."""

import pytest

from conversations.buttons import DraftMoveButton, DraftOptionButton
from conversations.cases import complaint
from conversations.cases.complaint import FILES_LIMIT, ComplaintConfirmed
from conversations.cases.complaint_states import (
    AttachingToComplaint,
    ChoosingCategory,
    ChoosingDelivery,
    ChoosingReason,
    ComplaintDraft,
    ConfirmingComplaint,
    Contacting,
    Describing,
    DescriptionMessage,
    State,
)
from conversations.protocol import Attached, File, MessageEdited, Said, Save, Say, Shared, Text
from domain.company import Category, Reason
from tests.harness.playbook import MISUNDERSTOOD, OVER, Playbook, tap

REASONS = {
    "lost": Reason({"en": "Lost", "zh": "丢失"}, severity="high"),
    "damaged": Reason({"en": "Damaged", "zh": "破损"}),
}
CATEGORIES = {
    "goods": Category({"en": "Goods", "zh": "货物"}, "service", reasons=REASONS),
    "attitude": Category({"en": "Attitude", "zh": "态度"}, "service"),
}
CHOICES = ((11, "SF1"), (12, "SF2"))
PHOTO, VOICE = File("photo", "p1", "album"), File("voice", "v1")
FULL = ComplaintDraft(
    5, CHOICES, 12, "SF2", "goods", "Broken.", (PHOTO,), "A refund", "me@example.com", reason="damaged"
)


def playing(state: State | None = None, language: str = "en") -> Playbook[State]:
    return Playbook(complaint.conversation(CATEGORIES), state or complaint.begin(5, CHOICES), language)


def test_everything_told() -> None:
    """Every step answered: the summary shows it all, and Confirm files it."""
    assert (
        playing()
        << "complaint-delivery"
        >> tap("SF2")
        << "complaint-category"
        >> tap("Goods")
        << "complaint-reason"
        >> tap("Damaged")
        << "complaint-description"
        >> "Broken."
        << "complaint-files"
        >> PHOTO
        >> tap("Done")
        << "complaint-wanted"
        >> "A refund"
        << "complaint-contact"
        >> "me@example.com"
        << "complaint-summary"
        << "complaint-summary-waybill"
        << "complaint-summary-category"
        << "complaint-summary-reason"
        << "complaint-summary-description"
        << "complaint-summary-files"
        << "complaint-summary-wanted"
        << "complaint-summary-contact"
        >> tap("Confirm")
        << Save(ComplaintConfirmed(FULL))
        << OVER
    )


def test_only_what_is_required() -> None:
    """Category and description are enough."""
    played = playing() >> tap("Skip") >> tap("Attitude") >> "Rude." >> tap("Done") >> tap("Skip") >> tap("Skip")
    assert played.shown == ["complaint-summary", "complaint-summary-category", "complaint-summary-description"]
    filed = ComplaintDraft(5, CHOICES, category="attitude", description="Rude.")
    assert played >> tap("Confirm") << Save(ComplaintConfirmed(filed)) << OVER


def test_without_deliveries_the_category_comes_first() -> None:
    """Anyone who never had a delivery is not asked which, and cannot go back to that question."""
    played = playing(complaint.begin(5, ()))
    assert played.shown == ["complaint-category"]
    assert "Back" not in played.labels
    assert played >> tap("Goods") >> tap("Back") << "complaint-category"


def test_about_a_certain_delivery() -> None:
    """Begun from a delivery, the question which one is answered already."""
    assert complaint.begin(5, CHOICES, about=(12, "SF2")) == ChoosingCategory(ComplaintDraft(5, CHOICES, 12, "SF2"))


def test_an_album_is_one_contribution() -> None:
    """Files in any order, the same one twice, and captions: files are kept once, captions join the description."""
    second = File("photo", "p2", "album")
    described = Describing(ComplaintDraft(5, category="goods"))
    played = playing(described) >> Attached(PHOTO, "Broken.") >> second >> PHOTO >> Attached(VOICE, "And wet.")
    assert played.state == AttachingToComplaint(
        ComplaintDraft(5, category="goods", description="Broken.\nAnd wet.", files=(PHOTO, second, VOICE))
    )


def test_a_picture_is_no_description() -> None:
    """A picture without words is kept, and the words are still asked for."""
    assert playing(Describing(ComplaintDraft(5, category="goods"))) >> PHOTO << "complaint-description"


def test_late_files_are_kept() -> None:
    """A picture sent at the summary belongs to the complaint as well."""
    played = playing(ConfirmingComplaint(FULL)) >> VOICE << "complaint-summary"
    assert played.state is not None
    assert played.state.draft.files == (PHOTO, VOICE)


def test_more_files_than_fit_are_never_dropped_silently() -> None:
    """At the limit the customer is told that this one was not kept; its caption is."""
    files = tuple(File("photo", f"p{n}") for n in range(FILES_LIMIT))
    state = AttachingToComplaint(ComplaintDraft(5, category="goods", description="Broken.", files=files))
    told = Say(Text("complaint-files-full", {"count": FILES_LIMIT}))
    played = playing(state) >> Attached(VOICE, "one more") << told >> files[0]
    assert played.state == AttachingToComplaint(
        ComplaintDraft(5, category="goods", description="Broken.\none more", files=files)
    )


def test_anyone_who_goes_back_need_not_say_it_again() -> None:
    """Back to a question that is answered: Skip keeps the answer."""
    played = playing(AttachingToComplaint(ComplaintDraft(5, CHOICES, category="goods", description="Broken.")))
    played = played >> tap("Back") << "complaint-description" >> tap("Back") << "complaint-reason"
    played = played >> tap("Back") << "complaint-category" >> tap("Skip") << "complaint-reason"
    assert played >> tap("Skip") << "complaint-description" >> tap("Skip") << "complaint-files"
    assert played.state == AttachingToComplaint(ComplaintDraft(5, CHOICES, category="goods", description="Broken."))
    assert "Skip" not in playing(Describing(ComplaintDraft(5, category="goods"))).labels


def test_back_and_cancel_stand_on_every_screen() -> None:
    """All the way back to the first question; Cancel ends it anywhere and says so."""
    played = playing(ConfirmingComplaint(FULL))
    for key in ("contact", "wanted", "files", "description", "reason", "category", "delivery"):
        assert "Cancel" in played.labels
        played = played >> tap("Back") << f"complaint-{key}"
    assert "Back" not in played.labels
    assert played >> tap("Cancel") << OVER << "complaint-cancelled"


def test_an_old_keyboard_leads_on_from_where_it_stood() -> None:
    """Another category chosen at the summary changes it and goes on from there, with everything else kept."""
    played = playing(ConfirmingComplaint(FULL)) >> DraftOptionButton(5, 1, 1) << "complaint-description"
    assert played.state is not None
    assert played.state.draft.category == "attitude"
    assert not played.state.draft.reason, "a reason belongs to its category"
    assert played.state.draft.files == FULL.files


@pytest.mark.parametrize("at", range(8))
@pytest.mark.parametrize("to", ["s", "d", "b", "y"])
def test_what_is_required_cannot_be_jumped_over(at: int, to: str) -> None:
    """Whatever is pressed with an empty draft, nothing is filed and no later question is reached by Skip or Done."""
    played = playing(ChoosingCategory(ComplaintDraft(5))) >> DraftMoveButton(5, at, to)
    if to in {"s", "d", "y"}:
        assert played.state == ChoosingCategory(ComplaintDraft(5))
    assert played.state is not None


def test_a_reason_is_no_hurdle() -> None:
    """It can be skipped, and anyone who writes or sends a picture at once is not asked twice."""
    asked = ChoosingReason(ComplaintDraft(5, category="goods"))
    assert playing(asked) >> tap("Skip") << "complaint-description"
    assert (playing(asked) >> "Broken.").state == AttachingToComplaint(
        ComplaintDraft(5, category="goods", description="Broken.")
    )
    assert playing(asked) >> PHOTO << "complaint-description"
    assert playing(asked) >> Attached(PHOTO, "Broken.") << "complaint-files"


def test_the_category_again_keeps_its_reason() -> None:
    """Back, and the same category once more: the reason stays until another one is chosen."""
    played = playing(ChoosingCategory(FULL)) >> tap("Goods") << "complaint-reason"
    assert played.state == ChoosingReason(FULL)
    played = played >> tap("Lost")
    assert played.state is not None
    assert played.state.draft.reason == "lost"


def test_a_shared_contact_answers_how_to_reach() -> None:
    """Telegram's own contact is a contact here, and nowhere else."""
    assert playing(Contacting(FULL)) >> Shared("+8613800138000") << "complaint-summary-contact"
    assert playing(Describing(FULL)) >> Shared("+8613800138000") << MISUNDERSTOOD


@pytest.mark.parametrize("text", ["<b>", "x" * 4096, "👩‍👩‍👧" * 500])
def test_long_words_are_shown_short_and_filed_whole(text: str) -> None:
    """The summary trims, the complaint does not."""
    played = playing(
        ConfirmingComplaint(ComplaintDraft(5, category="goods", description=text, wanted=text, contact=text))
    )
    shown = [str(value) for part in played.screen.parts if isinstance(part, Text) for value in part.args.values()]
    assert max(len(one) for one in shown) <= 601
    assert all(one.endswith("…") for one in shown if len(one) == 601)
    assert played.state is not None
    filed = played.state.draft
    assert played >> tap("Confirm") << Save(ComplaintConfirmed(filed))
    assert filed.description == filed.wanted == filed.contact == text


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (Describing(ComplaintDraft(5)), " \n "),
        (ConfirmingComplaint(FULL), DraftMoveButton(6, 6, "y")),
        (ConfirmingComplaint(FULL), DraftMoveButton(6, 6, "x")),
        (ConfirmingComplaint(FULL), DraftMoveButton(5, 8, "b")),
        (ConfirmingComplaint(FULL), DraftOptionButton(5, 2, 2)),
        (Describing(ComplaintDraft(5, category="attitude")), DraftOptionButton(5, 2, 0)),
        (ChoosingDelivery(ComplaintDraft(5, CHOICES)), DraftOptionButton(5, 0, 2)),
        (ChoosingCategory(ComplaintDraft(5)), DraftOptionButton(5, 1, 2)),
    ],
)
def test_what_it_does_not_understand(state: State, action: str | File | DraftMoveButton | DraftOptionButton) -> None:
    """Another draft's buttons, places that are not there and words that are none change nothing."""
    played = playing(state) >> action << MISUNDERSTOOD
    assert played.state == state


def test_what_is_said_before_it_is_asked_for_is_kept() -> None:
    """At any step: words and pictures are part of the complaint, and are not asked for again; a choice can be written."""
    played = playing(complaint.begin(5, CHOICES)) >> "It never came!" << "complaint-told" << "complaint-delivery"
    played = played >> "SF2" << "complaint-category" >> PHOTO << "complaint-told"
    played = played >> DraftOptionButton(5, 1, 1) << "complaint-files" >> tap("Done") >> tap("Skip") >> tap("Skip")
    assert played >> "And nobody answers" << "complaint-summary"
    assert isinstance(played.state, ConfirmingComplaint)
    draft = played.state.draft
    assert (draft.waybill, draft.description) == ("SF2", "It never came!\nAnd nobody answers")
    assert draft.files == (PHOTO,)


def test_an_edit_of_the_description_is_followed() -> None:
    """The part that was edited changes, wherever the draft stands by then; another message's edit, or an empty one, does not."""
    draft = ComplaintDraft(5, category="delivery")
    played = playing(Describing(draft)) >> Said("The box is crushd", 91) >> Said("and wet", 92) >> tap("Done")
    played = played >> MessageEdited(91, "The box is crushed")
    assert played.state is not None
    assert played.state.draft.description == "The box is crushed\nand wet"
    for action in (MessageEdited(93, "unknown"), MessageEdited(92, " ")):
        assert played >> action << MISUNDERSTOOD


def test_the_messages_of_a_draft_are_known() -> None:
    """Number, words and file of each, so that edits can be followed after it was filed too; each once."""
    photo = File("photo", "p", "a", "u")
    played = (
        playing(Describing(ComplaintDraft(5, category="delivery"))) >> Said("wet", 91) >> Attached(photo, "see", 92)
    )
    played = played >> Attached(photo, "see", 92)
    assert played.state is not None
    assert played.state.draft.spoken == (
        DescriptionMessage(91, "wet"),
        DescriptionMessage(92, "see", photo),
    )
