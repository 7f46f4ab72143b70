"""What the tables promise by themselves: personal words are sealed, rows belong together."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Date, DateTime, Time, insert, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError

from storage import audit
from storage.audit import AuditEntry
from storage.cases import cases, evidence, messages, standard_answers
from storage.cases import contributions as contribution_rows
from storage.cases.contributions import Contribution
from storage.cases.evidence import SealedObject
from storage.cases.messages import SourceMessage
from storage.engine.columns import EncryptedText, UtcDateTime
from storage.engine.database import Database, Tx
from storage.models import anonymous_answers, appeals, cards, contributions, metadata
from storage.people import people
from storage.queue import inbox, outbox, sessions
from storage.queue.inbox import RawEvent
from storage.queue.outbox import OwedCall
from storage.queue.sessions import Session
from storage.surveys import ratings
from storage.surveys.ratings import RecordedAnswer
from tests.harness.rows import NOW, add_delivery, add_person, invite, make_case, make_invitation

PERSONAL = {
    "people.name": "Anna Meier-Lopez",
    "people.username": "anna_meier_77",
    "people.phone": "+8613800138000",
    "standard_answers.question": "Where is my umbrella stand?",
    "standard_answers.answer": "Ask Mr Krawczyk at the counter",
    "deliveries.phone": "+8613900139000",
    "deliveries.customer_name": "王小明先生",
    "deliveries.courier_name": "Courier Zhang San",
    "answers.words": "the box was wet inside",
    "anonymous_answers.words": "nobody knows who said this",
    "appeals.reason": "he was not there that day",
    "appeals.decision": "the tour list says otherwise",
    "cases.description": "包裹破损，里面的杯子碎了",
    "cases.wanted": "two new cups please",
    "cases.contact": "ring +4915112345678",
    "cases.note": "she sounded upset",
    "cases.courier": "Courier Li Si",
    "cases.resolution": "apologised and sent cups",
    "cases.plan": "a second van every day",
    "talk.said": "said in the chat itself",
    "contributions.edits": "what it said before",
    "case_events.facts": "because of the rain",
    "contributions.words": "see the crack there",
    "contributions.files": "AgACAgIAAxkBAAIphoto",
    "evidence.file_id": "AgACAgIAAxkBAAIpvoice",
    "evidence.key": "the key of an object",
    "evidence.digest": "the hash of a photograph",
    "outbox.payload": "Dear Anna, thank you",
    "sessions.state": "half a sentence about",
    "inbox.payload": "what failed to be handled",
    "audit.before": "the name before",
    "audit.after": "the name after",
}
"""A text for every sealed column that a module writes."""

OPEN = ("WAYBILL-IN-THE-OPEN", "C-261123-0001")
"""Texts that are not sealed: that they are found shows that the search finds."""


async def test_personal_words_are_not_in_the_file(database: Database) -> None:
    """Anyone who has the database file, or a dump, reads no name, number, word, draft or message; with the secret all are there."""
    async with database.begin() as tx:
        await _everything(tx)
    raw = await _raw(database)
    for open_ in OPEN:
        assert open_.encode() in raw
    for column, words in PERSONAL.items():
        for form in (words.encode(), words.encode("utf-16-le"), words.encode().hex().encode(), _escaped(words)):
            assert form not in raw, column
    async with database.read() as tx:
        for column, words in PERSONAL.items():
            table, name = column.split(".")
            values = await tx.execute(metadata.tables[table].c[name].table.select())
            assert any(words in str(row._mapping[name]) for row in values), column


def _escaped(words: str) -> bytes:
    """As JSON writes it."""
    return words.encode("unicode_escape")


async def _raw(database: Database) -> bytes:
    """The bytes of SQLite's files; of PostgreSQL every row of every table as a dump would write it."""
    if database.is_sqlite:
        path = Path(str(make_url(database.url).database))
        return b"".join(one.read_bytes() for one in path.parent.glob(path.name + "*"))
    lines: list[str] = []
    async with database.read() as tx:
        for name in metadata.tables:
            lines.extend((await tx.execute(text(f'SELECT CAST("{name}" AS text) FROM "{name}"'))).scalars())  # noqa: S608
    return "\n".join(lines).encode()


async def _everything(tx: Tx) -> None:
    words = PERSONAL
    await add_person(tx, 5, words["people.name"], words["people.username"])
    await people.set_phone(tx, 5, words["people.phone"])
    question, answer = words["standard_answers.question"], words["standard_answers.answer"]
    await standard_answers.add(tx, 1, question, answer, "service", 5, NOW)
    sealed = {name: words[f"deliveries.{name}"] for name in ("phone", "customer_name", "courier_name")}
    await add_delivery(tx, 9, OPEN[0], **sealed)
    await invite(tx, make_invitation(3, 5, 9))
    await ratings.record_answers(tx, [RecordedAnswer(3, "comment", "", words["answers.words"], NOW)])
    anonymous = {"response": 7, "question": "q", "survey": "s@1", "kind": "text", "month": "2026-11"}
    await tx.execute(insert(anonymous_answers), anonymous | {"words": words["anonymous_answers.words"]})
    appeal = {"id": 1, "invitation": 3, "appellant": 5, "created_at": NOW}
    reasons = {name: words[f"appeals.{name}"] for name in ("reason", "decision")}
    await tx.execute(insert(appeals), appeal | reasons)
    told = {name: words[f"cases.{name}"] for name in ("description", "wanted", "contact", "note", "courier")}
    resolution = {"action": words["cases.resolution"]}
    facts = {"reason": words["case_events.facts"]}
    filed = await cases.file(
        tx, make_case(OPEN[1], **told, resolution=resolution, plan={"measure": words["cases.plan"]}), 5, facts
    )
    files = (("photo", words["contributions.files"], "u"),)
    await contribution_rows.add_contribution(tx, Contribution(1, filed.id, words["contributions.words"], files, NOW))
    await evidence.owe_files(tx, 1, [("photo", words["evidence.file_id"], "")], NOW)
    kept = SealedObject("ab" * 32, words["evidence.key"], words["evidence.digest"], 1, "jpg")
    await evidence.put_kept(tx, 2, kept)
    await messages.record_messages(tx, 5, filed.id, 1, [SourceMessage(77, words["talk.said"])])
    await messages.edit_contribution(
        tx, 1, {"words": words["contributions.edits"]}, words["contributions.words"], files, NOW
    )
    await outbox.owe(tx, [OwedCall(1, 5, "sendMessage", words["outbox.payload"])], None, NOW)
    await sessions.save(tx, [Session("5:5", "c", "complaint", words["sessions.state"], awaits=True, touched=1)])
    await inbox.record_failure(tx, RawEvent("telegram", "1", words["inbox.payload"].encode()), "5:5", "no", NOW)
    await audit.write_entries(tx, [AuditEntry(1, NOW, 5, "x", "person:5", words["audit.before"], words["audit.after"])])


def test_every_sealed_column_is_searched_for() -> None:
    """A sealed column that is added gets a text in this file."""
    sealed = {
        str(column)
        for table in metadata.tables.values()
        for column in table.c
        if isinstance(column.type, EncryptedText)
    }
    assert sealed == PERSONAL.keys()


def test_every_sealed_column_has_its_own_name() -> None:
    """What is authenticated with a value is its table and column, so no two columns share it."""
    for table in metadata.tables.values():
        for column in table.c:
            if isinstance(column.type, EncryptedText):
                assert column.type.column == str(column)


def test_every_moment_is_aware() -> None:
    """No table keeps a moment in a column that would take a naive one."""
    for table in metadata.tables.values():
        for column in table.c:
            assert not isinstance(column.type, DateTime | Date | Time), str(column)
            if column.name == "at" or column.name.endswith("_at"):
                assert isinstance(column.type, UtcDateTime), str(column)


async def test_rows_belong_to_a_case(database: Database) -> None:
    """A card or a contribution of a case that does not exist is refused."""
    with pytest.raises(IntegrityError):
        async with database.begin() as tx:
            await tx.execute(insert(cards), {"case": 404, "chat_id": 1})
    row = {"id": 1, "case": 404, "words": "", "files": "[]", "at": NOW + timedelta(days=1)}
    with pytest.raises(IntegrityError):
        async with database.begin() as tx:
            await tx.execute(insert(contributions), row)
