"""Every row has a subject, or none by decision; both directions agree, on both engines."""

import pytest
from sqlalchemy import select

from storage.engine.columns import EncryptedText
from storage.engine.database import Database
from storage.models import metadata
from storage.privacy.owners import Belongings
from storage.privacy.ownership import OWNERSHIP, Treatment, name_subject
from tests.harness.planted_person import Planted, plant
from tests.harness.rows import add_delivery, file_case

TABLES = sorted(metadata.tables)


def test_every_table_has_its_line() -> None:
    """A new table is not forgotten."""
    assert set(OWNERSHIP) == set(metadata.tables)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_one_place(table: str) -> None:
    """A new column is personal, reduced to what figures need, the company's, or plain; never two of them."""
    owned = OWNERSHIP[table]
    places = [*owned.personal, *owned.reduced, *owned.company, *owned.plain]
    assert sorted(places) == sorted(metadata.tables[table].c.keys())


@pytest.mark.parametrize("table", TABLES)
def test_what_is_sealed_is_about_somebody(table: str) -> None:
    """A sealed column is never plain; it is emptied with its owner, except what the company itself says and what nobody can be found for."""
    owned = OWNERSHIP[table]
    sealed = {column.name for column in metadata.tables[table].c if isinstance(column.type, EncryptedText)}
    assert not sealed & owned.plain
    if sealed - owned.company and table != "anonymous_answers":
        assert owned.owner is not None
        assert owned.treatment is not Treatment.STAYS


def belong(who: Planted) -> Belongings:
    ids = {name: frozenset({who.number}) for name in ("deliveries", "invitations", "cases", "contributions")}
    persons = frozenset({who.person} if who.person is not None else ())
    accounts = frozenset({who.account} if who.person is not None else ())
    lanes = frozenset(f"{account}:{account}" for account in accounts)
    return Belongings(persons, accounts, lanes, frozenset({who.phone_hash}), ids=ids)


async def test_each_row_names_its_subject_and_the_subject_finds_it(database: Database) -> None:
    """In every table a person's rows bear the person's name, no row of theirs is missed, and nobody else's is found."""
    async with database.begin() as tx:
        planted = [await plant(tx, 1, "anna"), await plant(tx, 2, "boris"), await plant(tx, 3, "carla", is_known=False)]
    checked = 0
    async with database.read() as tx:
        for name, owned in OWNERSHIP.items():
            if owned.owner is None:
                continue
            key, subject = list(owned.table.primary_key), name_subject(name)
            for who in planted:
                named = (await tx.execute(select(*key).where(subject == who.subject))).all()
                held = (await tx.execute(select(*key).where(owned.owner.belongs(tx, owned.table, belong(who))))).all()
                assert sorted(map(tuple, named)) == sorted(map(tuple, held)), (name, who)
                checked += len(held)
            anybody = set(await tx.scalars(select(subject).select_from(owned.table)))
            assert anybody <= {"", *(who.subject for who in planted)}
    assert checked > 60


async def test_what_leads_to_nobody_has_no_subject(database: Database) -> None:
    """A delivery without a customer is nobody's; a case about it is its own; a row of a table about nobody has ''."""
    async with database.begin() as tx:
        await add_delivery(tx, 1)
        case = await file_case(tx, delivery=1, description="The box was wet")
        assert await tx.scalar(select(name_subject("deliveries")).select_from(OWNERSHIP["deliveries"].table)) == ""
        for name in ("cases", "case_events"):
            assert await tx.scalar(select(name_subject(name)).select_from(OWNERSHIP[name].table)) == f"c{case.id}"
        rows = metadata.tables["counters"].alias()
        assert (await tx.execute(select(name_subject("counters", rows)).select_from(rows))).scalars().all() == []


async def test_a_table_about_nobody_is_not_asked(database: Database) -> None:
    """Who asks for a person's rows there has made a mistake."""
    async with database.read() as tx:
        with pytest.raises(LookupError, match="about nobody"):
            OWNERSHIP["counters"].list_ways(tx, Belongings())
