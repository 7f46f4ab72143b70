"""Key rotation: everything that an older secret has sealed or hashed, done anew with the newest, slice by slice beside a running bot.

1. A sealed value says which key it has, so that what is to be done is found by looking: a slice that was killed is simply done again.
2. A slice is a short transaction. Rows that somebody else holds at that moment are left to the next round.
3. The append-only tables let it through, and check that nothing but the seal changes (migration 0021).
4. What was hashed together with a value that is kept (a phone number, a user name, words) is hashed anew with it. What is kept as a hash
   alone (the company's references, fingerprints of deliveries) is found by the old look-up key, which stays, sealed (`storage/canary.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    LargeBinary,
    Table,
    bindparam,
    delete,
    func,
    literal,
    or_,
    select,
    text,
    tuple_,
    type_coerce,
    update,
)

from storage import installation
from storage.cases.word_index import INDEXED_WORDS, extract_words
from storage.engine.columns import EncryptedText
from storage.engine.crypto import DecryptionError, Keyring
from storage.engine.database import Tx, insert
from storage.models import audit, case_events, case_words, contributions, deliveries, identities, metadata, people

SLICE_ROWS = 200
"""Rows of one transaction: some ten milliseconds, in which nobody's press waits noticeably."""

SealedTable = Table
"""A table that has sealed columns, for callers that know no SQL."""

_MARK = "sealing anew"
_APPEND_ONLY = (audit, case_events)


@dataclass(frozen=True, slots=True)
class Resealed:
    """What one slice did: where it ended (None: the table is through), how many rows it sealed anew, and how many it could not open."""

    last: tuple[Any, ...] | None
    rows: int = 0
    unreadable: int = 0


def list_sealed_tables() -> list[Table]:
    """The tables that have sealed columns, in an order that does not matter."""
    return [table for table in metadata.sorted_tables if _list_sealed(table)]


async def count_old(tx: Tx) -> dict[str, int]:
    """How many rows of each table an older secret still opens; tables without any are left out."""
    counted = {}
    for table in list_sealed_tables():
        statement = select(func.count()).select_from(table).where(_is_old(table, _find_keyring(tx)))
        if rows := await tx.scalar(statement):
            counted[table.name] = int(rows)
    return counted


async def reseal_slice(tx: Tx, table: Table, after: tuple[Any, ...] | None, limit: int = SLICE_ROWS) -> Resealed:
    """Seal the next rows of this table anew, those after this primary key; hashes of what is in them follow."""
    keyring, keys, sealed = _find_keyring(tx), list(table.primary_key), _list_sealed(table)
    raw = [type_coerce(column, LargeBinary).label(column.name) for column in sealed]
    where = [_is_old(table, keyring)]
    if after is not None:
        where.append(
            tuple_(*keys) > tuple_(*(literal(value, key.type) for key, value in zip(keys, after, strict=True)))
        )
    statement = select(*keys, *raw, *_list_beside(table)).where(*where).order_by(*keys).limit(limit)
    rows = (await tx.execute(statement.with_for_update(skip_locked=True))).mappings().all()
    if not rows:
        return Resealed(None)
    anew, opened = [], []
    for row in rows:
        try:
            said = {column.name: _open(keyring, column, row[column.name]) for column in sealed}
        except DecryptionError:
            continue
        values = {column.name: _seal(keyring, column, row[column.name], said[column.name]) for column in sealed}
        anew.append(
            {f"k_{key.name}": row[key.name] for key in keys} | {f"v_{name}": value for name, value in values.items()}
        )
        opened.append(dict(row) | said)
    if anew:
        await _write(tx, table, keys, sealed, anew)
        await _hash_anew(tx, table, keyring, opened)
    last = tuple(rows[-1][key.name] for key in keys)
    return Resealed(last, len(anew), len(rows) - len(anew))


async def reseal_facts(tx: Tx) -> int:
    """The sealed facts about the installation itself; how many there are."""
    keyring, done = _find_keyring(tx), 0
    for key in await installation.list_keys(tx):
        value, column = await installation.get(tx, key) or "", f"meta.{key}".encode()
        try:
            said = keyring.open(bytes.fromhex(value), column)
        except (ValueError, DecryptionError):  # it is not sealed, or by a module with its own name for it
            continue
        await installation.put(tx, key, keyring.seal(said, column).hex())
        done += 1
    return done


# --- one slice -----------------------------------------------------------------------------------------------------------


def _list_sealed(table: Table) -> list[Column[str]]:
    return [column for column in table.c if isinstance(column.type, EncryptedText)]


def _list_beside(table: Table) -> list[Column[Any]]:
    """What else of a row its hashes need."""
    return {deliveries.name: [deliveries.c.phone_hash], contributions.name: [contributions.c.case]}.get(table.name, [])


def _is_old(table: Table, keyring: Keyring) -> ColumnElement[bool]:
    newest = literal(keyring.newest_prefix, LargeBinary)
    return or_(*(func.substr(type_coerce(column, LargeBinary), 1, 4) != newest for column in _list_sealed(table)))


def _open(keyring: Keyring, column: Column[str], sealed: bytes | None) -> str | None:
    return None if sealed is None else keyring.open(bytes(sealed), _authenticate(column))


def _seal(keyring: Keyring, column: Column[str], sealed: bytes | None, said: str | None) -> bytes | None:
    """The same under the newest key; what has it already stays byte by byte."""
    if sealed is None or said is None or bytes(sealed).startswith(keyring.newest_prefix):
        return None if sealed is None else bytes(sealed)
    return keyring.seal(said, _authenticate(column))


def _authenticate(column: Column[str]) -> bytes:
    assert isinstance(column.type, EncryptedText)  # noqa: S101 -- only such columns come here
    return column.type.column.encode()


async def _write(
    tx: Tx, table: Table, keys: Sequence[Column[Any]], sealed: Sequence[Column[str]], anew: list[dict[str, Any]]
) -> None:
    same = [key == bindparam(f"k_{key.name}", type_=key.type) for key in keys]
    values = {column.name: bindparam(f"v_{column.name}", type_=LargeBinary()) for column in sealed}
    is_guarded, is_postgresql = table in _APPEND_ONLY, tx.dialect.name == "postgresql"
    if is_guarded and is_postgresql:
        await tx.execute(text("SELECT set_config('huifang.sealing_anew', 'yes', true)"))
    elif is_guarded:
        await installation.put(tx, _MARK, "yes")
    await tx.execute(update(table).where(*same).values(values), anew)
    if is_guarded and not is_postgresql:
        await installation.remove(tx, _MARK)


async def _hash_anew(tx: Tx, table: Table, keyring: Keyring, rows: Sequence[Mapping[str, Any]]) -> None:
    if table is people:
        named = [{"i": row["id"], "h": keyring.digest(row["username"].lower())} for row in rows if row["username"]]
        await _set_hash(tx, people.c.username_hash, named)
        await _identify_anew(tx, keyring, [row["phone"] for row in rows if row["phone"]])
    elif table is deliveries:
        numbered = [row for row in rows if row["phone"] and row["phone_hash"]]
        await _set_hash(
            tx, deliveries.c.phone_hash, [{"i": row["id"], "h": keyring.digest(row["phone"])} for row in numbered]
        )
        await _identify_anew(tx, keyring, [row["phone"] for row in numbered])
    elif table is contributions:
        await _index_anew(tx, keyring, rows)


async def _set_hash(tx: Tx, column: Column[str], hashed: list[dict[str, Any]]) -> None:
    if hashed:
        table = column.table
        statement = update(table).where(table.c.id == bindparam("i")).values({column.name: bindparam("h")})
        await tx.execute(statement, hashed)


async def _identify_anew(tx: Tx, keyring: Keyring, phones: Sequence[str]) -> None:
    """Numbers that lead to a person lead there by their new hash; a proof that came since counts for more."""
    newest = {old: keyring.digest(phone) for phone in {*phones} for old in keyring.digests(phone)[1:]}
    if not newest:
        return
    known = (identities.c.kind == "phone", identities.c.hash.in_([*newest, *newest.values()]))
    rows = {row.hash: row.person for row in await tx.execute(select(identities).where(*known))}
    moved = [{"kind": "phone", "hash": newest[old], "person": person} for old, person in rows.items() if old in newest]
    if moved:
        await tx.execute(insert(tx, identities).on_conflict_do_nothing(), moved)
        gone = (identities.c.kind == "phone", identities.c.hash.in_([old for old in rows if old in newest]))
        await tx.execute(delete(identities).where(*gone))


async def _index_anew(tx: Tx, keyring: Keyring, rows: Sequence[Mapping[str, Any]]) -> None:
    """The words by which a case is found."""
    for row in rows:
        words = {word: keyring.digests(word) for word in extract_words(row["words"] or "")[:INDEXED_WORDS]}
        old = [hashed for hashes in words.values() for hashed in hashes[1:]]
        if not old:
            continue
        of_case = (case_words.c.case == row["case"], case_words.c.hash.in_(old))
        there = set(await tx.scalars(select(case_words.c.hash).where(*of_case)))
        anew = sorted(hashes[0] for hashes in words.values() if there & {*hashes[1:]})
        if anew:
            await tx.execute(
                insert(tx, case_words).on_conflict_do_nothing(), [{"hash": one, "case": row["case"]} for one in anew]
            )
            await tx.execute(delete(case_words).where(*of_case))


def _find_keyring(tx: Tx) -> Keyring:
    keyring = tx.dialect.keyring  # type: ignore[attr-defined]  # bound in Database.__init__
    assert isinstance(keyring, Keyring)  # noqa: S101 -- narrows a dynamic attribute
    return keyring
