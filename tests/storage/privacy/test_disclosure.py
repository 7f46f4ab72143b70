"""What somebody is given is everything of theirs and nothing of anybody else; on both engines."""

import msgspec
from sqlalchemy import update

from domain.own_data import STAFF, YOU
from storage.audit import AuditEntry, write_entries
from storage.engine.database import Database
from storage.models import appeals, cases, contributions, metadata
from storage.privacy.disclosure import HIDDEN, SHOWN, fetch_own_data
from storage.privacy.ownership import OWNERSHIP
from tests.harness.planted_person import plant
from tests.harness.rows import NOW, add_person

LEFT_OUT = {
    "people": {"username_hash", "chose_language"},
    "deliveries": {"fingerprint", "phone_hash", "ref_hash"},
    "cases": {"note", "plan"},
    "contributions": {"album"},
    "evidence": {"file_id", "key", "digest"},
}
"""Personal columns that are not given: hashes and keys tell nobody anything, notes and plans are the company's own."""


def test_every_table_about_people_is_given_or_named() -> None:
    """A new table, or a new personal column, is not forgotten."""
    owned = {name for name, one in OWNERSHIP.items() if one.owner is not None}
    assert owned == {*SHOWN, *HIDDEN}
    assert not {*SHOWN} & {*HIDDEN}
    for name, columns in SHOWN.items():
        assert {*columns} <= {*metadata.tables[name].c.keys()}
        personal = {*OWNERSHIP[name].personal, *OWNERSHIP[name].reduced}
        assert personal - {*columns} == LEFT_OUT.get(name, set()), name


async def test_everything_of_theirs_and_nothing_of_anybody_else(database: Database) -> None:
    """The mark of the person is in each table that says something; the other's is nowhere."""
    async with database.begin() as tx:
        await plant(tx, 1, "anna-mark")
        await plant(tx, 2, "boris-mark")
        data = await fetch_own_data(tx, 1)
    told = {name for name, rows in data.items() if "anna-mark" in repr(rows)}
    assert told >= {
        "people",
        "deliveries",
        "answers",
        "appeals",
        "cases",
        "case_events",
        "contributions",
        "sessions",
        "audit",
    }
    assert "boris-mark" not in repr(data)
    assert "Wang" not in repr(data)  # the courier's name on the delivery
    assert msgspec.json.encode(data)


async def test_other_people_are_functions(database: Database) -> None:
    """What staff wrote to the customer is there, by staff; what they noted, their names and their numbers are not."""
    async with database.begin() as tx:
        await plant(tx, 1, "anna-mark")
        await add_person(tx, 7, "Li")
        sides = {10: ("staff", "we are sorry"), 11: ("note", "an angry one"), 12: ("report", "the van was late")}
        for id_, (side, words) in sides.items():
            row = {"id": id_, "case": 1, "side": side, "author": 7, "at": NOW, "words": words, "files": "[]"}
            await tx.execute(contributions.insert().values(**row))
        await tx.execute(update(cases).values(owner=7, answered_at=NOW))
        await tx.execute(update(appeals).values(appellant=7))
        await write_entries(tx, [AuditEntry(1, NOW, 7, "case.reveal", "case:1", None, "secret of Li")])
        data = await fetch_own_data(tx, 1)
    said = {row["words"]: row["who"] for row in data["contributions"]}
    assert said["we are sorry"] == STAFF
    assert "an angry one" not in said
    assert "the van was late" not in said
    assert YOU in said.values()
    assert "secret of Li" not in repr(data)
    (appealed,) = data["appeals"]
    assert (appealed["who"], appealed["reason"]) == (STAFF, None)
    (case,) = data["cases"]
    assert case["resolution"] == {"action": "anna-mark"}


async def test_somebody_of_whom_nothing_is_kept(database: Database) -> None:
    """Every table is there, and empty."""
    async with database.begin() as tx:
        await plant(tx, 2, "boris-mark")
        assert await fetch_own_data(tx, 99) == {name: [] for name in SHOWN}
