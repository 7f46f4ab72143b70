"""People and roles: persons by Telegram account, what they were granted, and the numbers and references that lead to them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update

from domain.people import Grant, Person, Reach, Role
from domain.surveys.survey import OUR_ORIGINS
from storage.engine.bulk import BulkStatement, KeyedQuery, among
from storage.engine.database import Tx, insert, upsert
from storage.models import grants, identities, invitations, people

_PERSON = (
    people.c.id,
    people.c.telegram_id,
    people.c.language,
    people.c.name,
    people.c.username,
    people.c.reach,
    people.c.chose_language,
    people.c.consent,
)
_BY_ACCOUNT = KeyedQuery(people.c.telegram_id, lambda wanted: select(*_PERSON).where(wanted))
_GRANTS = KeyedQuery(grants.c.person, lambda wanted: select(grants).where(wanted))
_SET_LANGUAGE = BulkStatement(
    lambda _tx: (
        update(people)
        .where(people.c.id == bindparam("i"))
        .values(language=bindparam("l"), chose_language=bindparam("c"))
    ),
    {"i": people.c.id.type, "l": people.c.language.type, "c": people.c.chose_language.type},
)
_SET_CONSENT = BulkStatement(
    lambda _tx: (
        update(people).where(people.c.id == bindparam("i")).values(consent=bindparam("v"), consent_at=bindparam("a"))
    ),
    {"i": people.c.id.type, "v": people.c.consent.type, "a": people.c.consent_at.type},
)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person seen for the first time."""

    id: int
    telegram_id: int
    language: str
    name: str
    username: str


@dataclass(frozen=True, slots=True)
class CustomerRecord:
    """Whether and when a customer may be asked: `zone` is the one they chose, `asked_at` when we last asked unprompted."""

    person: Person
    zone: str
    stopped: bool
    asked_at: datetime | None


async def fetch_by_account(tx: Tx, telegram_ids: Iterable[int]) -> dict[int, Person]:
    """Persons by Telegram account, without their grants (see `with_grants`)."""
    rows = await _BY_ACCOUNT.execute(tx, telegram_ids)
    return {row.telegram_id: _make_person(tuple(row)) for row in rows}


async def fetch_by_id(tx: Tx, ids: Iterable[int]) -> dict[int, Person]:
    """Persons by id, with their grants."""
    persons = {
        row.id: _make_person(tuple(row)) for row in await tx.execute(select(*_PERSON).where(people.c.id.in_(list(ids))))
    }
    return {person.id: person for person in await attach_grants(tx, persons.values())}


async def lock_customers(tx: Tx, ids: Iterable[int]) -> dict[int, CustomerRecord]:
    """These persons as customers, by id; nobody else can ask them until the transaction ends."""
    statement = select(*_PERSON, people.c.zone, people.c.stopped_at, people.c.asked_at)
    statement = statement.where(among(tx, people.c.id, ids)).order_by(people.c.id)
    if tx.dialect.name == "postgresql":
        statement = statement.with_for_update()
    customers = {}
    for row in await tx.execute(statement):
        *known, zone, stopped_at, asked_at = tuple(row)
        customers[row.id] = CustomerRecord(_make_person(known), zone, stopped_at is not None, asked_at)
    return customers


async def record_asked(tx: Tx, ids: Iterable[int], now: datetime) -> None:
    """Note that they are being asked now."""
    await tx.execute(update(people).where(among(tx, people.c.id, ids)).values(asked_at=now))


async def undo_asked(tx: Tx, person: int) -> None:
    """The last question did not arrive and was withdrawn; the one before it, if any, counts as the last again."""
    ours = (invitations.c.person == person, invitations.c.origin.in_(sorted(OUR_ORIGINS)))
    latest = select(func.max(invitations.c.created_at)).where(*ours).scalar_subquery()
    await tx.execute(update(people).where(people.c.id == person).values(asked_at=latest))


async def set_stopped(tx: Tx, person: int, stopped_at: datetime | None) -> bool:
    """Stop surveys from this moment on, or resume them (None); False if nothing changed."""
    known = people.c.stopped_at.is_(None) if stopped_at is not None else people.c.stopped_at.is_not(None)
    result = await tx.execute(update(people).where(people.c.id == person, known).values(stopped_at=stopped_at))
    return result.rowcount == 1


async def set_zone(tx: Tx, person: int, zone: str) -> None:
    await tx.execute(update(people).where(people.c.id == person).values(zone=zone))


async def find_by_username(tx: Tx, username: str) -> Person | None:
    """A person by @name; only people the bot has seen are known.

    User names change hands: if two accounts were seen with it, the answer is None, so that no role goes to a former owner.
    """
    keyring = tx.dialect.keyring  # type: ignore[attr-defined]  # bound in Database.__init__
    hashes = keyring.digests(username.lstrip("@").lower())
    rows = (await tx.execute(select(*_PERSON).where(people.c.username_hash.in_(hashes)).limit(2))).all()
    return (await attach_grants(tx, [_make_person(tuple(rows[0]))]))[0] if len(rows) == 1 else None


async def attach_grants(tx: Tx, without_grants: Iterable[Person]) -> list[Person]:
    persons = list(without_grants)
    rows = await _GRANTS.execute(tx, [person.id for person in persons])
    given: dict[int, set[Grant]] = {}
    for row in rows:
        given.setdefault(row.person, set()).add(Grant(Role(row.role), row.department or None))
    return [_give_grants(person, frozenset(given.get(person.id, ()))) for person in persons]


async def add(tx: Tx, newcomers: Sequence[Newcomer], reach: str, now: datetime) -> dict[int, Person]:
    """Write them down; persons by Telegram account. Raises IntegrityError when another replica was first: try again."""
    keyring = tx.dialect.keyring  # type: ignore[attr-defined]  # bound in Database.__init__
    rows = [
        {
            "id": one.id,
            "telegram_id": one.telegram_id,
            "language": one.language,
            "name": one.name,
            "username": one.username or None,
            "username_hash": keyring.digest(one.username.lower()) if one.username else None,
            "reach": reach,
            "created_at": now,
        }
        for one in newcomers
    ]
    await tx.execute(insert(tx, people), rows)
    return {
        one.telegram_id: Person(one.id, one.telegram_id, one.language, one.name, one.username, reach == Reach.OPEN)
        for one in newcomers
    }


async def rename(tx: Tx, person: int, name: str, username: str) -> None:
    keyring = tx.dialect.keyring  # type: ignore[attr-defined]  # bound in Database.__init__
    hashed = keyring.digest(username.lower()) if username else None
    await tx.execute(
        update(people).where(people.c.id == person).values(name=name, username=username or None, username_hash=hashed)
    )


async def set_languages(tx: Tx, languages: Mapping[int, tuple[str, bool]]) -> None:
    """Set each person's language, and whether the person chose it."""
    await _SET_LANGUAGE.execute(tx, [(id_, *language) for id_, language in languages.items()])


async def set_consent(tx: Tx, consents: Mapping[int, int], now: datetime) -> None:
    """Set the version that each of these persons agreed to now, 0 where they withdrew it."""
    await _SET_CONSENT.execute(tx, [(id_, version, now) for id_, version in consents.items()])


async def forget_phone(tx: Tx, person: int) -> None:
    """The number they shared, and that it leads to them: what comes for it later is nobody's that we know."""
    await tx.execute(update(people).where(people.c.id == person).values(phone=None))
    await tx.execute(delete(identities).where(identities.c.person == person, identities.c.kind == "phone"))


async def set_reach(tx: Tx, telegram_id: int, reach: Reach) -> int | None:
    """Set whether the person can be written to: open or blocked. Returns the person's id, None if unknown."""
    statement = (
        update(people).where(people.c.telegram_id == telegram_id).values(reach=reach.value).returning(people.c.id)
    )
    person: int | None = await tx.scalar(statement)
    return person


async def record_arrival(tx: Tx, person: Person) -> Person:
    """The person wrote in private, so the bot can write back."""
    await tx.execute(update(people).where(people.c.id == person.id).values(reach=Reach.OPEN.value))
    return replace(person, reachable=True)


async def set_phone(tx: Tx, person: int, phone: str) -> None:
    await tx.execute(update(people).where(people.c.id == person).values(phone=phone))


async def record_identities(tx: Tx, proofs: Mapping[tuple[str, str], int]) -> None:
    """These numbers and references, by kind and hash, now belong to these persons; the latest proof counts."""
    rows = [{"kind": kind, "hash": hashed, "person": person} for (kind, hashed), person in proofs.items()]
    await tx.execute(upsert(tx, identities), rows)


async def fetch_by_hash(tx: Tx, kinds: Sequence[str], hashes: Iterable[str]) -> dict[tuple[str, str], int]:
    """Persons by kind and hash."""
    where = (identities.c.kind.in_(kinds), among(tx, identities.c.hash, hashes))
    rows = await tx.execute(select(identities).where(*where))
    return {(row.kind, row.hash): row.person for row in rows}


async def grant(tx: Tx, person: int, given: Grant, by: int | None, now: datetime) -> bool:
    """Give a role; False if the person has it already."""
    row = {
        "person": person,
        "role": given.role.value,
        "department": given.department or "",
        "granted_by": by,
        "granted_at": now,
        "confirmed_at": now,
    }
    return (await tx.execute(insert(tx, grants).on_conflict_do_nothing(), row)).rowcount == 1


async def revoke(tx: Tx, person: int, taken: Grant) -> bool:
    where = (
        grants.c.person == person,
        grants.c.role == taken.role.value,
        grants.c.department == (taken.department or ""),
    )
    return (await tx.execute(delete(grants).where(*where))).rowcount == 1


async def list_holders(tx: Tx, *roles: Role, department: str | None = None) -> list[Person]:
    """Everybody with one of these roles (in this department, if one is named), with all their grants."""
    statement = select(grants.c.person).where(grants.c.role.in_([role.value for role in roles]))
    if department is not None:
        statement = statement.where(grants.c.department == department)
    ids = set((await tx.execute(statement)).scalars())
    return sorted((await fetch_by_id(tx, ids)).values(), key=lambda person: person.id)


def _make_person(row: Sequence[Any]) -> Person:
    id_, telegram_id, language, name, username, reach, chose, consent = row
    reachable = reach == Reach.OPEN
    return Person(id_, telegram_id or 0, language, name, username or "", reachable, chose, consent=consent)


def _give_grants(person: Person, given: frozenset[Grant]) -> Person:
    return Person(
        person.id,
        person.telegram_id,
        person.language,
        person.name,
        person.username,
        person.reachable,
        person.chose_language,
        given,
        person.consent,
    )
