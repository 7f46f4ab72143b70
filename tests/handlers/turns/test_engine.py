"""Running a dialogue: the screen follows the state, in its place after a press, below what was written otherwise."""

import pytest

from conversations.buttons import DraftMoveButton, DraftOptionButton
from conversations.cases import addition, complaint, fields, forms, letter
from conversations.protocol import MessageEdited, Pressed, Said, Save
from domain.people import Person
from handlers.turns import engine
from handlers.turns.batch import Batch
from handlers.turns.turn import Turn
from storage.queue.outbox import Priority
from storage.queue.sessions import Session
from tests.harness.in_process import GROUP, Desk, list_labels, list_texts, read_body

STATE = addition.Adding(draft=5, case=42, number="C-261123-0042")
ANNA = Person(1, 11, "en", "<Anna>")


def turn(batch: Batch, *, private: bool = True, callback: str = "") -> Turn:
    chat = 11 if private else GROUP
    at = 500 if callback else None
    return Turn(batch, ANNA, chat, f"{chat}:11", "en", private, callback=callback, pressed_at=at)


async def test_begin_shows_the_first_screen_below(desk: Desk) -> None:
    """A dialogue that begins is a new message of the lane's own name, and a session that waits for words."""

    async def work(batch: Batch) -> None:
        engine.begin(turn(batch), "add:42", addition.NAME, STATE)

    batch = await desk.batch(work)
    (call,) = batch.calls
    assert (call.name, call.fresh, call.message_id, call.priority) == ("s:11:11:add:42", True, None, Priority.PEOPLE)
    session = batch.sessions["11:11"]["add:42"]
    assert (session.dialogue, session.awaits) == (addition.NAME, True)
    assert engine.decode_state(turn(batch), session) == STATE


async def test_a_press_edits_and_words_send_anew(desk: Desk) -> None:
    """After a press the message pressed changes; after words the question is the last message again."""

    async def work(batch: Batch) -> None:
        engine.begin(turn(batch), "t", complaint.NAME, complaint.begin(5, ((7, "SF1"),), (7, "SF1")))
        pressed = turn(batch, callback="q")
        assert engine.run(pressed, batch.sessions["11:11"]["t"], Pressed(DraftOptionButton(5, 1, 0))) == []
        assert engine.run(turn(batch), batch.sessions["11:11"]["t"], Said("It was wet.")) == []

    begun, edited, anew = (await desk.batch(work)).calls
    assert [(call.fresh, call.message_id) for call in (begun, edited, anew)] == [
        (True, None),
        (False, 500),
        (True, None),
    ]
    assert len({call.name for call in (begun, edited, anew)}) == 1


async def test_what_is_saved_goes_back_to_the_caller(desk: Desk) -> None:
    """The engine shows and remembers; facts are for those who keep them."""

    async def work(batch: Batch) -> None:
        current = turn(batch)
        engine.begin(current, "add:42", addition.NAME, STATE)
        effects = engine.run(current, batch.sessions["11:11"]["add:42"], Said("The box was wet."))
        assert effects == [Save(addition.Added(42, "The box was wet."))]

    batch = await desk.batch(work)
    assert len([call for call in batch.calls if call.fresh]) == 2


async def test_the_end_ends_the_session(desk: Desk) -> None:
    """Done: the last screen replaces the question, and nothing waits any more."""

    async def work(batch: Batch) -> None:
        current = turn(batch, callback="q")
        engine.begin(current, "add:42", addition.NAME, STATE)
        done = DraftMoveButton(5, 0, "d")
        assert engine.run(current, batch.sessions["11:11"]["add:42"], Pressed(done)) == []
        assert engine.find_awaiting(current) is None

    batch = await desk.batch(work)
    assert batch.sessions["11:11"] == {}
    last = batch.calls[-1]
    assert (last.message_id, list_labels(last)) == (500, [])


async def test_what_is_not_understood(desk: Desk) -> None:
    """A press is answered with a toast; words are answered, and the question comes again below them."""

    async def work(batch: Batch) -> None:
        current = turn(batch, callback="q")
        engine.begin(current, "add:42", addition.NAME, STATE)
        session = batch.sessions["11:11"]["add:42"]
        assert engine.run(current, session, Pressed(DraftMoveButton(6, 0, "d"))) == []
        assert engine.run(turn(batch), session, Said("  ")) == []
        assert batch.sessions["11:11"]["add:42"] == session

    first, toast, sorry, again = (await desk.batch(work)).calls
    assert read_body(toast)["text"] == desk.plain("not-now")
    assert list_texts([sorry]) == [desk.text("not-understood")]
    assert list_texts([again]) == list_texts([first])


async def test_in_a_group_one_person_is_asked_by_name(desk: Desk) -> None:
    """The question mentions whom it is put to, escaped, is always a new message, and goes as fast as in a private chat."""

    async def work(batch: Batch) -> None:
        engine.begin(turn(batch, private=False, callback="q"), "add:42", addition.NAME, STATE)

    (call,) = (await desk.batch(work)).calls
    assert list_texts([call])[0].startswith('<a href="tg://user?id=11">&lt;Anna&gt;</a>\n')
    assert (call.fresh, call.priority, call.chat_id) == (True, Priority.PEOPLE, GROUP)


async def test_the_dialogue_touched_last_waits_for_words(desk: Desk) -> None:
    """Of several open dialogues of a lane, the one touched last gets what is written; those without a question do not."""

    async def work(batch: Batch) -> None:
        current = turn(batch)
        assert engine.find_awaiting(current) is None
        for topic, awaits, touched in (("a", True, 2), ("b", True, 3), ("c", False, 4), ("d", True, 1)):
            batch.save_session(Session("11:11", topic, addition.NAME, "{}", awaits, touched))
        batch.save_session(Session("12:12", "e", addition.NAME, "{}", True, 9))
        session = engine.find_awaiting(current)
        assert session is not None
        assert session.key == "b"

    await desk.batch(work)


async def test_a_session_of_nobodys_shape_raises(desk: Desk) -> None:
    """A state that no version of the dialogue wrote is an error to be seen, not an empty screen."""
    import msgspec

    async def work(batch: Batch) -> None:
        with pytest.raises(msgspec.MsgspecError):
            engine.show(turn(batch), Session("11:11", "a", addition.NAME, '{"draft":"x"}', True, 1))

    await desk.batch(work)


async def test_a_state_hears_what_time_it_is(desk: Desk) -> None:
    """A step has no clock: a state with a field `now` is told the moment of each event, on the company's clock."""
    asked = forms.begin(fields.AskingField(5, 42, "C-261123-0042", "plan", "2020-01-01T00:00:00+08:00"))

    async def work(batch: Batch) -> None:
        engine.begin(turn(batch), "plan:42", forms.NAME, asked)
        assert engine.run(turn(batch), batch.sessions["11:11"]["plan:42"], Said("A new van")) == []

    batch = await desk.batch(work)
    state: forms.State = engine.decode_state(turn(batch), batch.sessions["11:11"]["plan:42"])
    assert state.now == engine.format_now(turn(batch)) == "2026-11-23T12:00:00+08:00"


async def test_what_belongs_to_something_said_before(desk: Desk) -> None:
    """The rest of an album, an edit: the dialogue's message follows it where it stands; anything else is none of its business."""

    async def work(batch: Batch) -> None:
        draft = letter.LetterDrafted(5, 42, "C-261123-0042", letter.NOTE, (letter.LetterMessage(91, "one"),))
        engine.begin(turn(batch), "letter:5", letter.NAME, draft, reply_to="from:5")
        session = batch.sessions["11:11"]["letter:5"]
        assert engine.amend(turn(batch), session, MessageEdited(91, "two"))
        assert not engine.amend(turn(batch), batch.sessions["11:11"]["letter:5"], MessageEdited(92, "three"))
        assert engine.is_about(turn(batch), session, 42)
        assert not engine.is_about(turn(batch), session, 43)
        assert not engine.is_about(turn(batch), None, 42)

    begun, followed = (await desk.batch(work)).calls
    assert (begun.fresh, begun.reply_to, followed.fresh) == (True, "from:5", False)
    assert "two" in read_body(followed)["text"]
