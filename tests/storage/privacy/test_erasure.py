"""A person leaves every table, and every other row stays as it was, on both engines."""

import json
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from storage.audit import AuditEntry, write_entries
from storage.cases import word_index
from storage.engine.database import Database, Tx
from storage.models import audit, case_events, case_words, metadata, people, timers
from storage.privacy.belongings import find_belongings
from storage.privacy.erasure import erase, reduce_facts
from tests.harness.planted_person import find_marks, plant
from tests.harness.rows import NOW


async def read_all(tx: Tx) -> dict[str, list[tuple[Any, ...]]]:
    return {
        table.name: [tuple(row) for row in await tx.execute(select(table).order_by(*table.primary_key))]
        for table in metadata.sorted_tables
    }


async def test_nothing_of_the_person_is_left(database: Database) -> None:
    """The mark was in every column that can hold words; afterwards it is in none, and the account and the number are nowhere."""
    async with database.begin() as tx:
        anna = await plant(tx, 1, "anna-mark")
        await plant(tx, 2, "boris-mark")
        before = await find_marks(tx, "anna-mark")
        assert len(before) > 20, before
        done = await erase(tx, await find_belongings(tx, [1]))
        assert done["contributions"] == 1
        assert done["audit"] == 5
    async with database.read() as tx:
        assert await find_marks(tx, "anna-mark") == []
        everything = repr(await read_all(tx))
        assert str(anna.account) not in everything
        assert anna.phone_hash not in everything


async def test_everybody_else_stays_as_they_were(database: Database) -> None:
    """No row of anybody else is touched, and what figures count of the erased person stays: rows, states, scores, choices."""
    async with database.begin() as tx:
        await plant(tx, 2, "boris-mark")
        await plant(tx, 3, "carla-mark", is_known=False)
        others = await read_all(tx)
        await plant(tx, 1, "anna-mark")
    async with database.begin() as tx:
        await erase(tx, await find_belongings(tx, [1]))
    async with database.read() as tx:
        after = await read_all(tx)
        assert {name: [row for row in after[name] if row in rows] for name, rows in others.items()} == others
        scored = (await tx.execute(text("SELECT kind, score FROM answers WHERE invitation = 1 ORDER BY kind"))).all()
        assert [tuple(row) for row in scored] == [("choice", None), ("rating", 2), ("text", None)]
        assert [row for row in after["answers"] if row[0] == 1 and row[6] == '["late"]']
        assert len([row for row in after["cases"] if row[0] == 1 and row[3] == "closed"]) == 1
        facts = json.loads(await tx.scalar(select(case_events.c.facts).where(case_events.c.case == 1)) or "")
        assert facts == {"category": "late", "valid": "yes", "due": "2026-12-01T10:00:00+00:00", "person": "7"}


async def test_somebody_who_never_came_to_chat(database: Database) -> None:
    """By the hash of the phone number: the delivery, its case and all that was said in it; the persons that have come stay."""
    async with database.begin() as tx:
        await plant(tx, 1, "anna-mark")
        carla = await plant(tx, 3, "carla-mark", is_known=False)
        await erase(tx, await find_belongings(tx, hashes=[carla.phone_hash]))
        assert await find_marks(tx, "carla-mark") == []
        assert len(await find_marks(tx, "anna-mark")) > 20


async def test_a_phone_number_leads_to_the_person_who_proved_it(database: Database) -> None:
    """And from there to everything else of theirs; else to who opened the link. A reference is that of its source alone."""
    async with database.begin() as tx:
        anna = await plant(tx, 1, "anna-mark")
        assert (await find_belongings(tx, hashes=[anna.phone_hash])).persons == {1}
        assert (await find_belongings(tx, references=[("shop", "ref1")])).persons == frozenset()
        await tx.execute(text("DELETE FROM identities"))
        assert (await find_belongings(tx, references=[("shop", "ref1")])).persons == {1}
        await tx.execute(text("UPDATE deliveries SET person = NULL"))
        assert (await find_belongings(tx, references=[("shop", "ref1")])).ids["deliveries"] == {1}
        assert (await find_belongings(tx, references=[("other", "ref1")])).ids["deliveries"] == frozenset()


async def test_the_log_keeps_scores_and_states(database: Database) -> None:
    """What figures read stays; words, numbers and names go, also from what staff searched for."""
    async with database.begin() as tx:
        await plant(tx, 1, "anna-mark")
        await tx.execute(update(people).values(name="Anna Karenina", phone="+8613800138000"))
        lines = [
            AuditEntry(1, NOW, 1, "answer.change", "invitation:1", "overall=2", "overall=5"),
            AuditEntry(2, NOW, 1, "answer.change", "invitation:1", "why=too late", "why=late"),
            AuditEntry(3, NOW, 1, "case.accept", "case:1", "assigned", "in_work"),
            AuditEntry(4, NOW, 9, "search", "search:-5:1", None, "138 0013 8000"),
            AuditEntry(5, NOW, 9, "search", "search:-5:2", None, "karenina"),
            AuditEntry(6, NOW, 9, "search", "search:-5:3", None, "who is anna karenina?"),
            AuditEntry(7, NOW, 9, "search", "search:-5:4", None, "wet boxes"),
        ]
        await write_entries(tx, lines)
        await erase(tx, await find_belongings(tx, [1]))
        rows = await tx.execute(
            select(audit.c.id, audit.c.before, audit.c.after).where(audit.c.id < 8).order_by(audit.c.id)
        )
        left = {id_: (before, after) for id_, before, after in rows}
    assert left[1] == ("overall=2", "overall=5")
    assert left[2] == (None, None)
    assert left[3] == ("assigned", "in_work")
    assert left[4] == left[5] == left[6] == (None, None)
    assert left[7] == (None, "wet boxes")


async def test_the_index_of_words_forgets(database: Database) -> None:
    """Every word of every contribution, also those that an edit has replaced; the words of others in other cases stay."""
    async with database.begin() as tx:
        for n in (1, 2):
            await plant(tx, n, f"mark{n}")
            await tx.execute(text("DELETE FROM case_words"))
            await tx.execute(text("DELETE FROM unindexed"))
        contributions = metadata.tables["contributions"]
        for said in ("the box was wet", "the parcel came late"):
            await tx.execute(update(contributions).values(words=said, edits=None))
            for n in (1, 2):
                await word_index.owe_words(tx, n)
            while (owed := await word_index.find_owed(tx)) is not None:
                await word_index.index_piece(tx, owed)
        earlier = json.dumps([{"at": "x", "words": "the box was wet", "files": []}])
        await tx.execute(update(contributions).values(edits=earlier))
        await erase(tx, await find_belongings(tx, [1]))
        left = (await tx.execute(select(case_words.c.case))).scalars().all()
        assert set(left) == {2}
        assert len(left) >= 5


async def test_erasing_twice_changes_nothing_more(database: Database) -> None:
    """What a killed process had done is not done again, and who is gone can be erased."""
    async with database.begin() as tx:
        await plant(tx, 1, "anna-mark")
        await erase(tx, await find_belongings(tx, [1]))
        before = await read_all(tx)
        await erase(tx, await find_belongings(tx, [1]))
        assert await read_all(tx) == before


async def test_timers_of_the_chat_go(database: Database) -> None:
    """Of their surveys and drafts; and nobody else's, whose number may begin or end like it."""
    goes = [("low", "1:7000001"), ("expire", "1:7000001"), ("unsorted", "7000001:4"), ("draft", "7000001:7000001:4")]
    stays = [("low", "1:17000001"), ("clock", "4"), ("unsorted", "70000012:4"), ("low", "2:7000002")]
    async with database.begin() as tx:
        await plant(tx, 1, "anna-mark")
        for kind, subject in goes + stays:
            await tx.execute(timers.insert().values(kind=kind, subject=subject, due_at=NOW))
        await erase(tx, await find_belongings(tx, [1]))
        left = [tuple(row) for row in await tx.execute(select(timers.c.kind, timers.c.subject))]
        assert sorted(left) == sorted(stays)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit SET what = 'x'",
        "UPDATE audit SET actor = NULL, before = NULL",
        "UPDATE audit SET after = before",
        "UPDATE audit SET id = id + 1",
        "DELETE FROM audit",
        "UPDATE case_events SET state = 'closed'",
        "UPDATE case_events SET at = '2020-01-01 00:00:00'",
        "UPDATE case_events SET facts = facts",
        "DELETE FROM case_events",
    ],
)
async def test_the_exception_in_the_log_is_narrow(database: Database, change: str) -> None:
    """Only words may go, and nothing else changes: not who, what or when, not one row for another, not words for other words."""
    async with database.begin() as tx:
        await plant(tx, 1, "anna-mark")
        before = await read_all(tx)
    with pytest.raises(DBAPIError, match="append-only"):
        async with database.begin() as tx:
            await tx.execute(text(change))
    async with database.read() as tx:
        assert await read_all(tx) == before


def test_facts_that_hold_no_words_stay_as_they_are() -> None:
    """To the byte: the row is not written again."""
    assert reduce_facts('{"due":  "x"}') == '{"due":  "x"}'
    assert reduce_facts(None) is None
    assert reduce_facts('{"due": "x", "reason": "late"}') == '{"due": "x"}'
    assert reduce_facts('{"words": "x"}') == "{}"
