"""Finding what is somebody's: from a person, a phone number, a reference or a case to the rows that others point to."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select

from storage.engine.bulk import among
from storage.engine.database import Tx
from storage.models import identities, people
from storage.privacy.owners import Belongings
from storage.privacy.ownership import OWNERSHIP

POINTED_TO = ("deliveries", "invitations", "cases", "contributions")
"""Tables whose rows others lead through, each after those that it leads through itself."""

PHONE, REFERENCE = "phone", "ref:"
"""The kind of an identity that is a phone number, and how the kind of one begins that is a source's reference."""


async def find_belongings(
    tx: Tx,
    persons: Iterable[int] = (),
    hashes: Iterable[str] = (),
    references: Iterable[tuple[str, str]] = (),
) -> Belongings:
    """What belongs to these persons, and to whoever has these phone numbers or references (source and hash); persons behind them, too."""
    wanted, phones, named = set(persons), set(hashes), set(references)
    keys = {(PHONE, hashed) for hashed in phones} | {(f"{REFERENCE}{source}", hashed) for source, hashed in named}
    where = among(tx, identities.c.hash, {hashed for _, hashed in keys})
    rows = (await tx.execute(select(identities).where(where))).all()
    wanted |= {row.person for row in rows if (row.kind, row.hash) in keys}
    for row in await tx.execute(select(identities).where(among(tx, identities.c.person, wanted))):
        if row.kind == PHONE:
            phones.add(row.hash)
        elif row.kind.startswith(REFERENCE):
            named.add((row.kind.removeprefix(REFERENCE), row.hash))
    has_account = (among(tx, people.c.id, wanted), people.c.telegram_id.is_not(None))
    accounts = await tx.scalars(select(people.c.telegram_id).where(*has_account))
    theirs = Belongings(frozenset(wanted), frozenset(accounts), frozenset(phones), frozenset(named))
    return await _follow(tx, theirs, POINTED_TO)


async def find_case_belongings(tx: Tx, cases: Iterable[int]) -> Belongings:
    """What belongs to these cases alone: nobody is behind them, or nobody but their own words is meant."""
    return await _follow(tx, Belongings(ids={"cases": frozenset(cases)}), ("contributions",))


async def _follow(tx: Tx, theirs: Belongings, tables: Iterable[str]) -> Belongings:
    for name in tables:
        owned = OWNERSHIP[name]
        ids = await tx.scalars(select(owned.table.c.id).where(owned.holds(tx, theirs)))
        theirs = replace(theirs, ids={**theirs.ids, name: frozenset(ids)})
    return theirs
