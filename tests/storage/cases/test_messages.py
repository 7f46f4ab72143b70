"""Which message said what, kept for good; an edit keeps what was said before."""

import json

from sqlalchemy import select

from storage import models
from storage.cases import cases, messages
from storage.cases import contributions as contribution_rows
from storage.cases.contributions import Contribution
from storage.cases.messages import KnownMessage, SourceMessage
from storage.engine.database import Database
from tests.harness.rows import NOW, file_case

FILE = ("photo", "p1", "a")


async def test_a_message_is_found_by_chat_and_number(database: Database) -> None:
    """An album is several messages of one contribution; the same number in another chat is nobody's."""
    async with database.begin() as tx:
        case = await file_case(tx)
        await contribution_rows.add_contribution(tx, Contribution(7, case.id, "late", (FILE,), NOW))
        await messages.record_messages(
            tx, 11, case.id, 7, [SourceMessage(1, "late", FILE, "u"), SourceMessage(2), SourceMessage(0, "no number")]
        )
    async with database.begin() as tx:
        assert await messages.find_message(tx, 11, 1) == KnownMessage(case.id, 7, SourceMessage(1, "late", FILE, "u"))
        assert await messages.find_message(tx, 11, 2) == KnownMessage(case.id, 7, SourceMessage(2))
        assert await messages.find_message(tx, 12, 1) is None
        assert await messages.find_message(tx, 11, 0) is None


async def test_what_a_message_says_now(database: Database) -> None:
    """Remembered again after an edit, it says the new words."""
    async with database.begin() as tx:
        case = await file_case(tx)
        await contribution_rows.add_contribution(tx, Contribution(7, case.id, "late", (), NOW))
        await messages.record_messages(tx, 11, case.id, 7, [SourceMessage(1, "late")])
        await messages.record_messages(tx, 11, case.id, 7, [SourceMessage(1, "too late")])
        known = await messages.find_message(tx, 11, 1)
    assert known is not None
    assert known.said.words == "too late"


async def test_an_edit_keeps_every_earlier_version(database: Database) -> None:
    """Words and files change; each version before is in the edits, with the moment it ended."""
    async with database.begin() as tx:
        case = await file_case(tx)
        await contribution_rows.add_contribution(tx, Contribution(7, case.id, "one", (FILE,), NOW))
        await messages.edit_contribution(tx, 7, {"words": "one", "files": (FILE,)}, "two", [], NOW)
        await messages.edit_contribution(tx, 7, {"words": "two", "files": ()}, "three", [FILE], NOW)
        kept = await contribution_rows.fetch_contribution(tx, 7)
    assert kept is not None
    assert (kept.words, kept.files) == ("three", (FILE,))
    assert kept.edits == (
        {"at": NOW.isoformat(), "words": "one", "files": [list(FILE)]},
        {"at": NOW.isoformat(), "words": "two", "files": []},
    )


async def test_the_last_note_is_no_event(database: Database) -> None:
    """The card's note changes; state, version and history stay."""
    async with database.begin() as tx:
        case = await file_case(tx)
        await messages.set_note(tx, case.id, "Call back at 5")
        after = await cases.get(tx, case.id)
        assert len(await cases.fetch_history(tx, case.id)) == 1
    assert after is not None
    assert (after.note, after.version, after.state) == ("Call back at 5", case.version, case.state)


async def test_what_a_message_said_is_sealed(database: Database) -> None:
    """Nobody reads it in the database itself."""
    async with database.begin() as tx:
        case = await file_case(tx)
        await contribution_rows.add_contribution(tx, Contribution(7, case.id, "x", (), NOW))
        await messages.record_messages(tx, 11, case.id, 7, [SourceMessage(1, "my address")])
        raw = (await tx.exec_driver_sql("SELECT said FROM talk")).scalar_one()
        opened = await tx.scalar(select(models.talk.c.said))
    assert b"address" not in bytes(raw)
    assert json.loads(opened or "")[0] == "my address"


async def test_messages_follow_into_another_case(database: Database) -> None:
    """After a merge an edit of what was said is an edit of the copy."""
    async with database.begin() as tx:
        case, other = await file_case(tx), await file_case(tx, "C-2")
        await contribution_rows.add_contribution(tx, Contribution(7, case.id, "late", (), NOW))
        await contribution_rows.add_contribution(tx, Contribution(8, other.id, "late", (), NOW))
        await messages.record_messages(tx, 11, case.id, 7, [SourceMessage(1, "late")])
        await messages.reassign_messages(tx, 7, 8, other.id)
        assert await messages.find_message(tx, 11, 1) == KnownMessage(other.id, 8, SourceMessage(1, "late"))
