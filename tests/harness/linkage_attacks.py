"""Ways to find out from a copy of the database who gave an anonymous answer: what is in the rows, where they lie, what the file still holds."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import select, text

from storage.engine.crypto import _derive
from storage.engine.database import Database
from storage.models import anonymous_answers, metadata

Row = dict[str, Any]


async def fetch_all_rows(database: Database) -> dict[str, list[Row]]:
    """Every row of every table, what is sealed opened with the secret."""
    async with database.read() as tx:
        return {
            table.name: [dict(row._mapping) for row in await tx.execute(select(table))]
            for table in metadata.sorted_tables
        }


def list_values(rows: Iterable[Row]) -> Iterator[str]:
    """Everything that is said in these rows, a value a line."""
    for row in rows:
        for value in row.values():
            if value is not None:
                yield value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def collect_moments(rows: Iterable[Row]) -> set[datetime]:
    return {value for row in rows for value in row.values() if isinstance(value, datetime)}


async def list_responses_as_stored(database: Database) -> list[int]:
    """The responses in the order in which their rows lie."""
    order = "" if database.is_sqlite else " ORDER BY ctid"
    async with database.read() as tx:
        responses = (await tx.execute(text(f"SELECT response FROM anonymous_answers{order}"))).scalars()  # noqa: S608 -- our own words
        return list(dict.fromkeys(responses))


async def group_by_transaction(database: Database) -> dict[int, set[tuple[str, str]]]:
    """By response, the rows of other tables that were written by the same transaction (xmin), as (table, row's place). PostgreSQL only."""
    by_response: dict[int, set[tuple[str, str]]] = {}
    async with database.read() as tx:
        marks = (await tx.execute(text("SELECT DISTINCT response, xmin::text FROM anonymous_answers"))).all()
        for table in metadata.tables:
            if table == anonymous_answers.name:
                continue
            rows = (await tx.execute(text(f"SELECT xmin::text, ctid::text FROM {table}"))).all()  # noqa: S608 -- our own tables
            for response, mark in marks:
                by_response.setdefault(response, set()).update((table, place) for other, place in rows if other == mark)
    return by_response


def find_sealed_remains(path: Path, secret: str) -> list[str]:
    """The beginnings of everything sealed that this file still holds, live or deleted: read without asking whether it is whole."""
    raw, key = path.read_bytes(), _derive(secret, "encryption", 32)
    head, remains, at = _derive(secret, "key id", 4), [], -1
    while (at := raw.find(head, at + 1)) >= 0:
        nonce, sealed = raw[at + 4 : at + 16], raw[at + 16 : at + 616]
        counter = modes.CTR(nonce + (2).to_bytes(4, "big"))
        remains.append(Cipher(algorithms.AES(key), counter).decryptor().update(sealed).decode("latin-1"))
    return remains
