"""`huifang erase`: somebody is erased from the command line, with or without a running bot; also who never came to chat.

It is the erasure that `/forgetme` ends with, at once. What it owes to Telegram is sent by the running bot, or by the next.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.clock import Clock, Ids
from bot.commands.operator_commands import open_database
from bot.settings import Settings
from storage.engine.database import Database, Tx
from storage.privacy.owners import Belongings

if TYPE_CHECKING:
    from handlers.turns.services import Services

CLEANING_ATTEMPTS = 10


class EraseError(Exception):
    """Nobody was erased, and why."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is to be erased: one of these is given. A reference is of a `source`, which may be left out where only one knows it."""

    phone: str = ""
    ref: str = ""
    source: str = ""
    person: int | None = None
    case: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be erased, in numbers."""

    persons: int
    deliveries: int
    surveys: int
    cases: int
    open_cases: int

    def __str__(self) -> str:
        named = (
            (self.persons, "person in chat", "people in chat"),
            (self.deliveries, "delivery", "deliveries"),
            (self.surveys, "survey", "surveys"),
            (self.cases, "case", "cases"),
        )
        said = ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in named)
        return f"{said}, of which {self.open_cases} open" if self.open_cases else said


async def preview(settings: Settings, wanted: Wanted) -> Preview:
    """What would be erased. Raises EraseError where nobody is found, or somebody has to be there for what they do."""
    async with open_database(settings) as database:
        services = await _build_services(settings, database)
        async with database.begin() as tx:
            theirs = await _find(tx, services, wanted)
            return await _count(tx, theirs)


async def erase(settings: Settings, wanted: Wanted) -> Counter[str]:
    """Erase them; how many rows of each table that changed. Raises EraseError as `preview` does."""
    from handlers.privacy import erasure
    from handlers.turns.batch import Batch
    from handlers.turns.flush import flush
    from storage.privacy import traces

    async with open_database(settings) as database:
        services = await _build_services(settings, database)
        async with database.begin() as tx:
            theirs = await _find(tx, services, wanted)
            batch = Batch(tx, services, Clock(settings.clock).now())
            done = await erasure.erase(batch, theirs, by=None)
            await flush(batch, None)
        for _ in range(CLEANING_ATTEMPTS):
            if await traces.clean(database):
                break
            await asyncio.sleep(0.2)  # the running bot reads; else it cleans itself, a little later
        return done


async def _find(tx: Tx, services: "Services", wanted: Wanted) -> Belongings:
    from handlers.deliveries.phone_numbers import normalise_phone
    from storage.privacy import belongings

    keyring = services.keyring
    if wanted.phone:
        number = normalise_phone(wanted.phone, services.company.identity.phone_region)
        if number is None:
            raise EraseError(f"{wanted.phone} is no phone number; write it like +8613800138000")
        theirs = await belongings.find_belongings(tx, hashes=keyring.digests(number))
    elif wanted.ref:
        hashes = keyring.digests(wanted.ref)
        sources = [wanted.source] if wanted.source else await belongings.list_sources(tx, hashes)
        if len(sources) > 1:
            raise EraseError(f"{wanted.ref} is known to {', '.join(sources)}; say which with --source")
        references = [(source, hashed) for source in sources for hashed in hashes]
        theirs = await belongings.find_belongings(tx, references=references)
    elif wanted.person is not None:
        theirs = await belongings.find_belongings(tx, [wanted.person])
    else:
        theirs = await belongings.find_belongings_of_case(tx, wanted.case)
    if not theirs.persons and not any(theirs.ids.values()):
        raise EraseError("nobody is found; nothing was erased")
    await _check(tx, services, theirs)
    return theirs


async def _check(tx: Tx, services: "Services", theirs: Belongings) -> None:
    from handlers.privacy.forget_me import find_hindrance
    from handlers.turns.batch import Batch
    from storage.people import people

    batch = Batch(tx, services, Clock().now())
    for person in (await people.fetch_by_id(tx, theirs.persons)).values():
        if why := await find_hindrance(batch, person):
            raise EraseError(f"person {person.id} cannot go yet: {services.texts.plain('en', why.key, why.args)}")


async def _count(tx: Tx, theirs: Belongings) -> Preview:
    from storage.cases import cases

    ids = theirs.ids.get("cases", frozenset())
    return Preview(
        len(theirs.persons),
        len(theirs.ids.get("deliveries", ())),
        len(theirs.ids.get("invitations", ())),
        len(ids),
        await cases.count_open(tx, sorted(ids)),
    )


async def _build_services(settings: Settings, database: Database) -> "Services":
    """As much of the bot as withdrawing cases and telling departments needs."""
    from bot.app import build_dialogues
    from bot.company.company import load_company
    from handlers.turns.services import Services
    from storage import installation
    from storage.queue import outbox
    from storage.surveys import ratings
    from texts import Texts

    company, ids = load_company(settings.config), Ids()
    texts = Texts(own=company.wording)
    async with database.read() as tx:
        surveys = await ratings.list_surveys(tx)
        bot = await installation.get(tx, "bot") or ""
        ids.pass_over(await outbox.find_newest_id(tx))
    ids.follow(await database.measure_clock())
    dialogues = build_dialogues(company, surveys, texts.vocabulary)
    return Services(company, surveys, texts, database.keyring, dialogues, bot, ids.next)


def format_counts(done: Counter[str]) -> Sequence[str]:
    """One line a table."""
    return [f"  {table.replace('_', ' ')}: {count}" for table, count in sorted(done.items())]
