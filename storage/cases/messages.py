"""Message references: which message of a chat said what in which case. Kept for good, so an edit or reply years later finds its place.

1. A message belongs to one contribution; a contribution may consist of many messages (an album, a draft).
2. What a message said is kept beside it: an edit changes that part of the contribution's words and no other.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from storage.cases import evidence
from storage.engine.bulk import BulkStatement
from storage.engine.database import Tx, upsert
from storage.models import cases, contributions, talk

FileKey = tuple[str, str, str]
"""A file as a contribution keeps it: kind, id, album."""


@dataclass(frozen=True, slots=True)
class SourceMessage:
    """One message of a contribution; `file` is what it carried, `unique` distinguishes that file from another in the same message."""

    message: int
    words: str = ""
    file: FileKey | None = None
    unique: str = ""


@dataclass(frozen=True, slots=True)
class KnownMessage:
    """A message known to be about a case."""

    case: int
    contribution: int
    said: SourceMessage


_RECORD = BulkStatement.into(
    lambda tx: upsert(tx, talk), (talk.c.chat_id, talk.c.message_id, talk.c.case, talk.c.contribution, talk.c.said)
)


async def record_messages(tx: Tx, chat: int, case: int, contribution: int, said: Sequence[SourceMessage]) -> None:
    """Record the messages that made up this contribution; for an edited message, replace what it said."""
    rows = [
        (chat, one.message, case, contribution, json.dumps([one.words, one.file, one.unique], ensure_ascii=False))
        for one in said
        if one.message
    ]
    await _RECORD.execute(tx, rows)


async def find_message(tx: Tx, chat: int, message: int) -> KnownMessage | None:
    where = (talk.c.chat_id == chat, talk.c.message_id == message, talk.c.contribution.is_not(None))
    row = (await tx.execute(select(talk).where(*where))).first()
    if row is None:
        return None
    words, file, unique = json.loads(row.said)
    said = SourceMessage(message, words, (file[0], file[1], file[2]) if file else None, unique)
    return KnownMessage(row.case, row.contribution, said)


async def edit_contribution(
    tx: Tx, contribution: int, before: Mapping[str, object], words: str, files: Sequence[FileKey], now: datetime
) -> None:
    """Replace a contribution's words and files; what it said until now (`before`: words and files) stays in its edits."""
    kept = await tx.scalar(select(contributions.c.edits).where(contributions.c.id == contribution))
    edits = [*json.loads(kept or "[]"), {"at": now.isoformat(), **before}]
    values = {
        "words": words,
        "files": json.dumps(list(files)),
        "edits": json.dumps(edits, ensure_ascii=False),
    }
    await tx.execute(update(contributions).where(contributions.c.id == contribution).values(**values))
    known = before.get("files", files)
    new = [file for file in files if isinstance(known, Sequence) and file not in known]
    await evidence.owe_files(tx, contribution, new, now)


async def set_note(tx: Tx, case: int, words: str) -> None:
    """Set the last note, as the card shows it. Not an event of the table, so the case's version stays."""
    await tx.execute(update(cases).where(cases.c.id == case).values(note=words))


async def reassign_messages(tx: Tx, contribution: int, new: int, case: int) -> None:
    """Move the messages of a contribution to another one, which continues it in another case."""
    statement = update(talk).where(talk.c.contribution == contribution)
    await tx.execute(statement.values(contribution=new, case=case))
