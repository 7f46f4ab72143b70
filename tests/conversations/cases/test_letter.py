"""A letter, a note, a report: shown back first; an album is one draft; an edit changes it."""

import pytest

from conversations.buttons import DraftMoveButton
from conversations.cases import letter
from conversations.cases.letter import (
    LETTER,
    NOTE,
    STATEMENT,
    AskingLetter,
    LetterDrafted,
    LetterMessage,
    LetterWritten,
    State,
)
from conversations.protocol import Attached, File, MessageEdited, Said, Save
from tests.harness.playbook import MISUNDERSTOOD, OVER, Playbook, tap

NUMBER = "C-261123-0042"
FIRST = LetterMessage(101, "Your parcel is found.")
SENDING = LetterDrafted(5, 42, NUMBER, LETTER, (FIRST,), may=LETTER)


def playing(state: State) -> Playbook[State]:
    return Playbook(letter.conversation(), state)


def photo(number: int, album: str = "a") -> Attached:
    return Attached(File("photo", f"p{number}", album, f"u{number}"), message=number)


def test_a_letter_is_sent_as_it_was_shown() -> None:
    """Shown back with Send, Note and Cancel; Send is what sends."""
    played = playing(SENDING)
    assert played.labels == ["Send", "Note", "Cancel"]
    assert (
        played
        << "letter-preview-letter"
        << "Your parcel is found."
        >> tap("Send")
        << Save(LetterWritten(42, LETTER, (FIRST,), 5))
        << OVER
        << "letter-done-letter"
    )


def test_the_same_words_as_a_note() -> None:
    """Note keeps them inside; Cancel keeps nothing."""
    assert playing(SENDING) >> tap("Note") << Save(LetterWritten(42, NOTE, (FIRST,), 5)) << OVER << "letter-done-note"
    assert playing(SENDING) >> tap("Cancel") << OVER << "staff-cancelled"


@pytest.mark.parametrize(
    ("may", "owner", "reach", "labels", "remark"),
    [
        (LETTER, "Li", "waits", ["Send", "Note", "Cancel"], "letter-waits"),
        (LETTER, "Li", "never", ["Note", "Cancel"], "letter-never"),
        ("", "Li", "open", ["Note", "Cancel"], "letter-only-owner"),
        ("", "", "open", ["Note", "Cancel"], "letter-no-owner"),
        (STATEMENT, "Li", "open", ["Report", "Note", "Cancel"], "letter-report-or-note"),
    ],
)
def test_only_what_may_be_is_offered(may: str, owner: str, reach: str, labels: list[str], remark: str) -> None:
    """Who may not send is told who may; what cannot arrive is not offered; a forged Send is not understood."""
    played = playing(LetterDrafted(5, 42, NUMBER, LETTER, (FIRST,), may=may, owner=owner, reach=reach))
    assert played.labels == labels
    played << remark
    if "Send" not in labels:
        assert played >> DraftMoveButton(5, 0, "y") << MISUNDERSTOOD


def test_a_cooperating_department_reports() -> None:
    """The same reply becomes a report."""
    state = LetterDrafted(5, 42, NUMBER, LETTER, (FIRST,), may=STATEMENT)
    assert (
        playing(state)
        >> tap("Report")
        << Save(LetterWritten(42, STATEMENT, (FIRST,), 5))
        << OVER
        << "letter-done-report"
    )


def test_an_album_is_one_draft_in_its_own_order() -> None:
    """Parts join however they arrive, each once; the preview counts them."""
    state = LetterDrafted(5, 42, NUMBER, LETTER, (letter.make_message(photo(3)),), may=LETTER)
    played = playing(state) >> photo(1) >> photo(2) >> photo(2) << "letter-files"
    assert isinstance(played.state, LetterDrafted)
    assert [one.message for one in played.state.parts] == [1, 2, 3]


def test_another_album_is_another_draft() -> None:
    """A file of another album, one of none, or words: they do not join."""
    state = LetterDrafted(5, 42, NUMBER, LETTER, (letter.make_message(photo(3)),), may=LETTER)
    for event in (photo(4, "b"), photo(4, ""), Said("more", 4)):
        assert playing(state) >> event << MISUNDERSTOOD
    alone = LetterDrafted(5, 42, NUMBER, LETTER, (letter.make_message(photo(3, "")),), may=LETTER)
    assert playing(alone) >> photo(4, "") << MISUNDERSTOOD


def test_an_album_is_full_at_ten() -> None:
    """An eleventh part is not taken into the draft."""
    parts = tuple(letter.make_message(photo(n)) for n in range(1, 11))
    assert playing(LetterDrafted(5, 42, NUMBER, LETTER, parts, may=LETTER)) >> photo(11) << MISUNDERSTOOD


def test_an_edit_changes_the_draft() -> None:
    """The words of the message that is in the draft; any other message's edit does not matter."""
    played = playing(SENDING) >> MessageEdited(101, "Your parcel is lost.") << "Your parcel is lost."
    assert played >> tap("Send") << Save(LetterWritten(42, LETTER, (LetterMessage(101, "Your parcel is lost."),), 5))
    assert playing(SENDING) >> MessageEdited(102, "something else") << MISUNDERSTOOD


@pytest.mark.parametrize("kind", [NOTE, STATEMENT])
def test_a_note_or_a_report_by_its_button(kind: str) -> None:
    """Asked, shown back, confirmed; words and files."""
    start = AskingLetter(5, 42, NUMBER, kind)
    assert (
        playing(start)
        << f"letter-ask-{kind}"
        >> Said("Nobody was home.", 7)
        << f"letter-preview-{kind}"
        >> tap("Confirm")
        << Save(LetterWritten(42, kind, (LetterMessage(7, "Nobody was home."),), 5))
        << OVER
        << f"letter-done-{kind}"
    )
    assert (playing(start) >> photo(8)).labels == ["Confirm", "Cancel"]
    assert playing(start) >> Said("  ", 7) << MISUNDERSTOOD


@pytest.mark.parametrize("to", ["y", "n", "r", "x"])
def test_another_drafts_buttons(to: str) -> None:
    """An old preview's button does nothing to this draft."""
    assert playing(SENDING) >> DraftMoveButton(6, 0, to) << MISUNDERSTOOD


def test_long_words_are_shown_short_and_kept_whole() -> None:
    """The preview is trimmed; what counts is every word."""
    long = LetterMessage(101, "x" * 4000)
    played = playing(LetterDrafted(5, 42, NUMBER, LETTER, (long,), may=LETTER))
    assert "x" * 1500 + "…" in played.shown
    assert played >> tap("Send") << Save(LetterWritten(42, LETTER, (long,), 5))


def test_words_of_several_messages() -> None:
    """One line a message; a photo without a caption says nothing."""
    assert letter.join_words((LetterMessage(1, " one "), LetterMessage(2, ""), LetterMessage(3, "two"))) == "one\ntwo"
