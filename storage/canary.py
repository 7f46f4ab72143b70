"""Sealed canary: whether the secrets in the environment are those the rows were sealed with, found out before anything is written.

1. Each secret that was ever the newest leaves one sealed word behind. All of them have to open: a new secret is put before the
   older ones, and none is taken away while its rows are there: `huifang rotate-key` seals them anew and takes the canary with them.
2. A database of a release without canaries is judged by the newest rows of some tables: if there are any, one has to open.
"""

from sqlalchemy import Column, LargeBinary, inspect, select, type_coerce

from storage import installation
from storage.engine import schema
from storage.engine.columns import EncryptedText
from storage.engine.crypto import DecryptionError, Keyring
from storage.engine.database import Database, Tx, lock
from storage.models import audit, cases, outbox, people, sessions

_PREFIX, _WORD, _COLUMN = "canary:", "tweet", b"meta.canary"
_LOOKUPS, _LOOKUP_COLUMN = "lookup:", b"meta.lookup"
_JUDGED: tuple[Column[str], ...] = (
    people.c.name,
    people.c.phone,
    audit.c.after,
    cases.c.description,
    outbox.c.payload,
    sessions.c.state,
)
"""Sealed since the first migration, so that they can be looked at before the others have run."""


class WrongSecretError(Exception):
    """The rows of this database were sealed with a secret that is not given."""

    def __init__(self) -> None:
        super().__init__(
            "this database was sealed with another secret; put that one back, or write NEW,OLD to change it "
            "(nothing was read from Telegram, and nothing was changed)"
        )


async def prepare(database: Database) -> None:
    """Bring the database to the newest revision and leave the canary.

    Raises:
        WrongSecretError: before anything is written.
        CannotOpenError: before anything is written, when it is not the schema that was asked for.
    """
    await find_state(database)
    await schema.migrate(database)
    async with database.begin() as tx:
        await lock(tx, ["huifang canary"])  # replicas that start at once with different secrets: the second is refused
        await check(tx, database.keyring)
        sealed = database.keyring.seal(_WORD, _COLUMN).hex()
        await installation.put_once(tx, _PREFIX + database.keyring.newest_id, sealed)


async def find_state(database: Database) -> str | None:
    """The revision of a database that these secrets open, None for an empty one; nothing is written.

    Raises:
        WrongSecretError: when they do not open it.
        CannotOpenError: when it is not the schema that was asked for.
    """
    await database.check_schema()
    if await database.run_sync(lambda connection: inspect(connection).has_table("meta")):
        async with database.read() as tx:
            await check(tx, database.keyring)
    return await schema.fetch_revision(database)


async def check(tx: Tx, keyring: Keyring) -> None:
    """Whether these secrets open what is in this transaction's database. Raises WrongSecretError when they do not."""
    if not await _is_ours(tx, keyring):
        raise WrongSecretError
    for sealed in await installation.list_starting_with(tx, _LOOKUPS):
        keyring.keep_lookup(bytes.fromhex(keyring.open(bytes.fromhex(sealed), _LOOKUP_COLUMN)))


async def has_written(tx: Tx, keyring: Keyring) -> bool:
    """Whether a process has started with the newest secret in the first place."""
    return await installation.get(tx, _PREFIX + keyring.newest_id) is not None


async def forget_older(tx: Tx, keyring: Keyring) -> None:
    """Nothing is sealed with the older secrets any more: they may be left out. What finds by their hashes stays, sealed with the newest."""
    for key in await installation.list_keys(tx, _LOOKUPS):  # of rotations before this one
        kept = keyring.open(bytes.fromhex(await installation.get(tx, key) or ""), _LOOKUP_COLUMN)
        await installation.put(tx, key, keyring.seal(kept, _LOOKUP_COLUMN).hex())
    for key_id, lookup in keyring.older_lookups:
        await installation.put(tx, _LOOKUPS + key_id, keyring.seal(lookup.hex(), _LOOKUP_COLUMN).hex())
    for key in await installation.list_keys(tx, _PREFIX):
        if key != _PREFIX + keyring.newest_id:
            await installation.remove(tx, key)


async def _is_ours(tx: Tx, keyring: Keyring) -> bool:
    kept = await installation.list_starting_with(tx, _PREFIX)
    if kept:
        return all(_opens(keyring, bytes.fromhex(sealed), _COLUMN) for sealed in kept)
    rows = [(sealed, column) for column in _JUDGED if (sealed := await _fetch_newest(tx, column))]
    return not rows or any(_opens(keyring, sealed, _authenticate(column)) for sealed, column in rows)


async def _fetch_newest(tx: Tx, column: Column[str]) -> bytes | None:
    order = [key.desc() for key in column.table.primary_key]
    statement = select(type_coerce(column, LargeBinary)).where(column.is_not(None)).order_by(*order).limit(1)
    sealed = await tx.scalar(statement)
    return None if sealed is None else bytes(sealed)


def _authenticate(column: Column[str]) -> bytes:
    assert isinstance(column.type, EncryptedText)  # noqa: S101 -- they are chosen above
    return column.type.column.encode()


def _opens(keyring: Keyring, sealed: bytes, column: bytes) -> bool:
    try:
        keyring.open(sealed, column)
    except DecryptionError:
        return False
    return True
