"""What is written unasked: kept, gathered, sorted by a press, or thrown away because the customer said so."""

from conversations.buttons import DraftMoveButton, DraftOptionButton
from conversations.cases import triage
from conversations.cases.triage import (
    CHARACTERS_LIMIT,
    MessageKept,
    MessagesForCase,
    MessagesSorted,
    NamingDelivery,
    Sorting,
)
from conversations.pieces import PIECES_LIMIT, Piece
from conversations.protocol import Attached, File, MessageEdited, Said, Save, Say, Text
from domain.cases.case import CaseKind
from tests.harness.playbook import MISUNDERSTOOD, OVER, Playbook, tap

WORDS = Piece(91, "My parcel is broken, nobody answers the phone!!")
DELIVERIES = ((11, "SF1 · 2026-11-23"), (12, "SF2 · 2026-11-20"))
NOON, SOON, LATER = (f"2026-11-23T12:{minute}:00+08:00" for minute in ("00", "00", "05"))


def playing(state: triage.State) -> Playbook[triage.State]:
    return Playbook(triage.conversation(30), state)


def test_a_press_says_what_it_is_and_which_delivery_it_is_about() -> None:
    """Back is possible; what was written goes along."""
    played = playing(Sorting(5, (WORDS,), DELIVERIES)) << "triage-what" >> tap("A complaint") << "triage-delivery"
    played = played >> tap("Back") << "triage-what" >> tap("A question") << "triage-delivery"
    assert played >> tap("SF1 · 2026-11-23") << Save(MessagesSorted(CaseKind.INQUIRY, (WORDS,), 11)) << OVER
    played = playing(Sorting(5, (WORDS,), DELIVERIES)) >> tap("Praise")
    assert played >> tap("None of these") << Save(MessagesSorted(CaseKind.PRAISE, (WORDS,))) << OVER


def test_without_deliveries_nothing_more_is_asked() -> None:
    """What it is, is enough."""
    sorted_ = Save(MessagesSorted(CaseKind.SUGGESTION, (WORDS,)))
    assert playing(Sorting(5, (WORDS,))) >> tap("A suggestion") << sorted_ << OVER


def test_it_can_belong_to_an_open_case() -> None:
    """The case is offered by its number."""
    played = playing(Sorting(5, (WORDS,), cases=((42, "C-261123-0042"),)))
    assert played >> tap("It belongs to C-261123-0042") << Save(MessagesForCase(42, (WORDS,))) << OVER


def test_nothing_says_that_it_was_discarded() -> None:
    """At either question."""
    assert playing(Sorting(5, (WORDS,))) >> tap("Nothing, thanks") << "triage-discarded" << OVER
    assert playing(NamingDelivery(5, (WORDS,), DELIVERIES)) >> tap("Nothing, thanks") << "triage-discarded" << OVER


def test_what_follows_is_gathered() -> None:
    """Words, pictures and what is edited; an album counts once, however its parts arrive, and a burst has one screen."""
    first, second = (File("photo", f"p{n}", "album") for n in (1, 2))
    state = Sorting(5, (WORDS,), now=NOON, asked_at=NOON)
    step = triage.step(state, Attached(first, "See", 92))
    assert step.continues
    played = playing(state) >> Attached(first, "See", 92) << Save(MessageKept(5))
    played = played >> Attached(second, "", 93) << Save(MessageKept(5)) >> Attached(second, "", 93)
    played = played >> MessageEdited(91, "My parcel is in pieces")
    assert isinstance(played.state, Sorting)
    assert played.state.pieces == (Piece(91, "My parcel is in pieces"), Piece(92, "See", first), Piece(93, "", second))
    assert Text("triage-kept", {"count": 2}) in triage.screen(played.state, 30).parts
    late = Sorting(5, (WORDS,), now=LATER, asked_at=NOON)
    assert not triage.step(late, Said("Hello?", 94)).continues
    assert triage.step(late, Said("Hello?", 94)).state == Sorting(
        5, (WORDS, Piece(94, "Hello?")), now=LATER, asked_at=LATER
    )
    assert not triage.step(Sorting(5, (WORDS,)), Said("Hello?", 94)).continues


def test_no_word_is_lost_without_saying_so() -> None:
    """Beyond the most messages words join the last; what does not fit any more is refused, which is said once."""
    pieces = tuple(Piece(n, "x") for n in range(PIECES_LIMIT))
    played = playing(Sorting(5, pieces)) >> Said("y", 99) << Save(MessageKept(5))
    assert isinstance(played.state, Sorting)
    assert played.state.pieces[-1] == Piece(PIECES_LIMIT - 1, "x\ny")
    full = Say(Text("triage-full"))
    played = playing(Sorting(5, (Piece(1, "x" * CHARACTERS_LIMIT),))) >> Said("y", 99) << full >> Said("y", 100)
    assert played
    assert playing(Sorting(5, pieces)) >> Attached(File("photo", "p")) << full


def test_what_makes_no_sense() -> None:
    """Buttons that lead nowhere, and words that are none."""
    for action in (
        DraftOptionButton(5, 0, 9),
        DraftOptionButton(5, 1, 0),
        DraftOptionButton(5, 2, 0),
        DraftMoveButton(5, 1, "s"),
        DraftMoveButton(6, 0, "x"),
        Said("  "),
    ):
        assert playing(Sorting(5, (WORDS,))) >> action << MISUNDERSTOOD
    assert playing(Sorting(5, (WORDS,), DELIVERIES)) >> DraftOptionButton(5, 1, 0) << MISUNDERSTOOD
