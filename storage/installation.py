"""Key-value store of facts about the installation itself: the bot's name, the first manager's code, the sequence of case numbers."""

from sqlalchemy import delete, select

from storage.engine.crypto import Keyring
from storage.engine.database import Tx, insert, upsert
from storage.models import counters, meta


async def get(tx: Tx, key: str) -> str | None:
    return await tx.scalar(select(meta.c.value).where(meta.c.key == key))


async def put(tx: Tx, key: str, value: str) -> None:
    await tx.execute(upsert(tx, meta), {"key": key, "value": value})


async def put_once(tx: Tx, key: str, value: str) -> str:
    """Put this fact unless it is there; the value that holds, which is the same for all replicas that try at once."""
    await tx.execute(insert(tx, meta).on_conflict_do_nothing(), {"key": key, "value": value})
    return await get(tx, key) or value


async def put_sealed_once(tx: Tx, keyring: Keyring, key: str, value: str) -> str:
    """The same of a value that a stolen database must not tell."""
    column = f"meta.{key}".encode()
    return keyring.open(bytes.fromhex(await put_once(tx, key, keyring.seal(value, column).hex())), column)


async def get_sealed(tx: Tx, keyring: Keyring, key: str) -> str | None:
    """Such a value, None if there is none."""
    kept = await get(tx, key)
    return None if kept is None else keyring.open(bytes.fromhex(kept), f"meta.{key}".encode())


async def list_starting_with(tx: Tx, prefix: str) -> list[str]:
    """The values of all facts whose key begins like this."""
    return list(await tx.scalars(select(meta.c.value).where(meta.c.key.startswith(prefix, autoescape=True))))


async def list_keys(tx: Tx, prefix: str = "") -> list[str]:
    """The keys of all facts that begin like this."""
    return list(await tx.scalars(select(meta.c.key).where(meta.c.key.startswith(prefix, autoescape=True))))


async def remove(tx: Tx, key: str) -> None:
    await tx.execute(delete(meta).where(meta.c.key == key))


async def take(tx: Tx, key: str, value: str) -> bool:
    """Remove this fact if it has this value. True for the one caller that removed it."""
    return (await tx.execute(delete(meta).where(meta.c.key == key, meta.c.value == value))).rowcount == 1


async def next_number(tx: Tx, name: str) -> int:
    """The next number of a sequence, starting at 1; the row lock keeps two transactions from getting the same one."""
    statement = insert(tx, counters).values(name=name, value=1)
    statement = statement.on_conflict_do_update(index_elements=["name"], set_={"value": counters.c.value + 1})
    return int(await tx.scalar(statement.returning(counters.c.value)) or 1)
