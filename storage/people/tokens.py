"""Bearer tokens (RFC 6750) of the systems that send deliveries: stored hashed, shown once."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from storage.engine.database import Tx, insert
from storage.models import api_tokens


@dataclass(frozen=True, slots=True)
class ApiToken:
    name: str
    created_at: datetime
    revoked_at: datetime | None
    reads_cases: bool = False


async def create(tx: Tx, name: str, token: str, now: datetime, *, reads_cases: bool = False) -> bool:
    """Store a token under this name; False if the name is taken (revoked names stay taken).

    With `reads_cases` it reads the cases of everybody's deliveries, otherwise those of its own.
    """
    row = {"name": name, "hash": _hash(token), "created_at": now, "reads_cases": reads_cases}
    return (await tx.execute(insert(tx, api_tokens).on_conflict_do_nothing(), row)).rowcount == 1


async def list_tokens(tx: Tx) -> list[ApiToken]:
    columns = (api_tokens.c.name, api_tokens.c.created_at, api_tokens.c.revoked_at, api_tokens.c.reads_cases)
    return [ApiToken(*row) for row in await tx.execute(select(*columns).order_by(api_tokens.c.name))]


async def revoke(tx: Tx, name: str, now: datetime) -> bool:
    where = (api_tokens.c.name == name, api_tokens.c.revoked_at.is_(None))
    return (await tx.execute(update(api_tokens).where(*where).values(revoked_at=now))).rowcount == 1


async def find_source(tx: Tx, token: str) -> str | None:
    """The name of the system this token belongs to, None if it is unknown or revoked."""
    where = (api_tokens.c.hash == _hash(token), api_tokens.c.revoked_at.is_(None))
    return await tx.scalar(select(api_tokens.c.name).where(*where))


async def may_read_all_cases(tx: Tx, source: str) -> bool:
    return bool(await tx.scalar(select(api_tokens.c.reads_cases).where(api_tokens.c.name == source)))


def _hash(token: str) -> str:
    # A token is 256 random bits, so one round of SHA-256 is enough: there is nothing to guess.
    return hashlib.sha256(token.encode()).hexdigest()
