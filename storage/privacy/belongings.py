"""Finding what is somebody's: from a person, a phone number, a reference or a case to the rows that others point to."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import and_, or_, select

from storage.engine.bulk import among
from storage.engine.database import Tx
from storage.models import cases, deliveries, groups, identities, people
from storage.privacy.owners import Belongings
from storage.privacy.ownership import OWNERSHIP, name_subject

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
    wanted |= await _list_openers(tx, phones, named)
    for row in await tx.execute(select(identities).where(among(tx, identities.c.person, wanted))):
        if row.kind == PHONE:
            phones.add(row.hash)
        elif row.kind.startswith(REFERENCE):
            named.add((row.kind.removeprefix(REFERENCE), row.hash))
    has_account = (among(tx, people.c.id, wanted), people.c.telegram_id.is_not(None))
    accounts = frozenset(await tx.scalars(select(people.c.telegram_id).where(*has_account)))
    chats = (await tx.scalars(select(groups.c.chat_id))).all()
    lanes = frozenset(f"{chat}:{account}" for account in accounts for chat in (account, *chats))
    theirs = Belongings(frozenset(wanted), accounts, lanes, frozenset(phones), frozenset(named))
    return await _follow(tx, theirs, POINTED_TO)


async def _list_openers(tx: Tx, phones: set[str], named: set[tuple[str, str]]) -> set[int]:
    """Who opened the link of a delivery with this number or reference; not who has proven another number: that is somebody else."""
    of_source = (
        and_(deliveries.c.source == source, deliveries.c.ref_hash == hashed) for source, hashed in sorted(named)
    )
    where = (
        or_(among(tx, deliveries.c.phone_hash, phones), *of_source)
        if named
        else among(tx, deliveries.c.phone_hash, phones)
    )
    openers = set(
        await tx.scalars(select(deliveries.c.person).distinct().where(where, deliveries.c.person.is_not(None)))
    )
    rows = await tx.execute(
        select(identities).where(identities.c.kind == PHONE, among(tx, identities.c.person, openers))
    )
    return openers - {row.person for row in rows if row.hash not in phones}


async def find_case_belongings(tx: Tx, cases: Iterable[int]) -> Belongings:
    """What belongs to these cases alone: nobody is behind them, or nobody but their own words is meant."""
    return await _follow(tx, Belongings(ids={"cases": frozenset(cases)}), ("contributions",))


async def find_belongings_of_case(tx: Tx, number: str) -> Belongings:
    """What belongs to the customer of this case; where nobody is known to be that, to the case alone. Nothing if there is no such case."""
    statement = select(cases.c.id, name_subject("cases").label("subject")).where(cases.c.number == number.upper())
    row = (await tx.execute(statement)).first()
    kind, name = (row.subject[:1], row.subject[1:]) if row is not None else ("", "")
    match kind:
        case "p":
            return await find_belongings(tx, [int(name)])
        case "h":
            return await find_belongings(tx, hashes=[name])
        case "r":
            source, _, hashed = name.rpartition(":")
            return await find_belongings(tx, references=[(source, hashed)])
        case "c":
            return await find_case_belongings(tx, [int(name)])
        case _:
            return Belongings()


async def list_sources(tx: Tx, hashes: Iterable[str]) -> list[str]:
    """The sources that know a customer by one of these references."""
    statement = select(deliveries.c.source).distinct().where(among(tx, deliveries.c.ref_hash, hashes))
    proven = await tx.scalars(select(identities.c.kind).where(among(tx, identities.c.hash, hashes)))
    named = {kind.removeprefix(REFERENCE) for kind in proven if kind.startswith(REFERENCE)}
    return sorted({*await tx.scalars(statement), *named})


async def _follow(tx: Tx, theirs: Belongings, tables: Iterable[str]) -> Belongings:
    for name in tables:
        owned = OWNERSHIP[name]
        ids: set[int] = set()
        for way in owned.list_ways(tx, theirs):
            ids |= {*await tx.scalars(select(owned.table.c.id).where(way))}
        theirs = replace(theirs, ids={**theirs.ids, name: frozenset(ids)})
    return theirs
