"""Which message said what, kept for good; an edit keeps what was said before."""

import json

from sqlalchemy import select

from storage import models
from storage.cases import cases, talk
from storage.cases.cases import Contribution
from storage.cases.talk import Known, Spoken
from storage.engine.database import Database
from tests.harness.rows import NOW, filed

FILE = ("photo", "p1", "a")


async def test_a_message_is_found_by_chat_and_number(database: Database) -> None:
    """An album is several messages of one contribution; the same number in another chat is nobody's."""
    async with database.begin() as tx:
        case = await filed(tx)
        await cases.contribute(tx, Contribution(7, case.id, "late", (FILE,), NOW))
        await talk.remember(tx, 11, case.id, 7, [Spoken(1, "late", FILE, "u"), Spoken(2), Spoken(0, "no number")])
    async with database.begin() as tx:
        assert await talk.find(tx, 11, 1) == Known(case.id, 7, Spoken(1, "late", FILE, "u"))
        assert await talk.find(tx, 11, 2) == Known(case.id, 7, Spoken(2))
        assert await talk.find(tx, 12, 1) is None
        assert await talk.find(tx, 11, 0) is None


async def test_what_a_message_says_now(database: Database) -> None:
    """Remembered again after an edit, it says the new words."""
    async with database.begin() as tx:
        case = await filed(tx)
        await cases.contribute(tx, Contribution(7, case.id, "late", (), NOW))
        await talk.remember(tx, 11, case.id, 7, [Spoken(1, "late")])
        await talk.remember(tx, 11, case.id, 7, [Spoken(1, "too late")])
        known = await talk.find(tx, 11, 1)
    assert known is not None
    assert known.said.words == "too late"


async def test_an_edit_keeps_every_earlier_version(database: Database) -> None:
    """Words and files change; each version before is in the edits, with the moment it ended."""
    async with database.begin() as tx:
        case = await filed(tx)
        await cases.contribute(tx, Contribution(7, case.id, "one", (FILE,), NOW))
        await talk.edit(tx, 7, {"words": "one", "files": (FILE,)}, "two", [], NOW)
        await talk.edit(tx, 7, {"words": "two", "files": ()}, "three", [FILE], NOW)
        kept = await cases.contribution(tx, 7)
    assert kept is not None
    assert (kept.words, kept.files) == ("three", (FILE,))
    assert kept.edits == (
        {"at": NOW.isoformat(), "words": "one", "files": [list(FILE)]},
        {"at": NOW.isoformat(), "words": "two", "files": []},
    )


async def test_the_last_note_is_no_event(database: Database) -> None:
    """The card's note changes; state, version and history stay."""
    async with database.begin() as tx:
        case = await filed(tx)
        await talk.set_note(tx, case.id, "Call back at 5")
        after = await cases.get(tx, case.id)
        assert len(await cases.history(tx, case.id)) == 1
    assert after is not None
    assert (after.note, after.version, after.state) == ("Call back at 5", case.version, case.state)


async def test_what_a_message_said_is_sealed(database: Database) -> None:
    """Nobody reads it in the database itself."""
    async with database.begin() as tx:
        case = await filed(tx)
        await cases.contribute(tx, Contribution(7, case.id, "x", (), NOW))
        await talk.remember(tx, 11, case.id, 7, [Spoken(1, "my address")])
        raw = (await tx.exec_driver_sql("SELECT said FROM talk")).scalar_one()
        opened = await tx.scalar(select(models.talk.c.said))
    assert b"address" not in bytes(raw)
    assert json.loads(opened or "")[0] == "my address"


async def test_messages_follow_into_another_case(database: Database) -> None:
    """After a merge an edit of what was said is an edit of the copy."""
    async with database.begin() as tx:
        one, other = await filed(tx), await filed(tx, "C-2")
        await cases.contribute(tx, Contribution(7, one.id, "late", (), NOW))
        await cases.contribute(tx, Contribution(8, other.id, "late", (), NOW))
        await talk.remember(tx, 11, one.id, 7, [Spoken(1, "late")])
        await talk.follow(tx, 7, 8, other.id)
        assert await talk.find(tx, 11, 1) == Known(other.id, 8, Spoken(1, "late"))
