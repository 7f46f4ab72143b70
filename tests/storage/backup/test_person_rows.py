"""A backup without somebody's key is what a database is after erasing them."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from storage.backup.backup import write_backup
from storage.backup.person_keys import destroy_keys
from storage.backup.restore import restore_backup
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.models import metadata
from storage.privacy.belongings import find_belongings
from storage.privacy.erasure import erase
from storage.privacy.ownership import OWNERSHIP, Treatment
from tests.harness.databases import SECRET
from tests.harness.planted_person import plant
from tests.harness.rows import NOW

KEY = "9b1d64e0f7a25c83d6e91f40ab7c2e58"


async def read_all(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, opened."""
    async with database.read() as tx:
        return {
            table.name: sorted(map(tuple, await tx.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
            if table.name not in {"meta", "timers"}
        }


async def test_without_the_key_as_after_erasing(database: Database, tmp_path: Path) -> None:
    """Both ways lead to the same rows in every table; of the others everything is as it was; with all keys nothing is missing."""
    path, whole = tmp_path / "backup", tmp_path / "whole"
    async with database.begin() as tx:
        for number, mark in ((1, "anna"), (2, "boris")):
            await plant(tx, number, mark)
        await plant(tx, 3, "carla", is_known=False)
    before = await read_all(database)
    await write_backup(database, path, [KEY], NOW, "1")
    whole.write_bytes(path.read_bytes())
    assert b"anna" not in path.read_bytes()
    async with database.begin() as tx:
        theirs = await find_belongings(tx, [1], ["phone3"])
        await erase(tx, theirs)
    destroyed = destroy_keys(path, [KEY], theirs.subjects)
    assert destroyed >= len(("anna", "carla"))
    for name, expected, gone in (("whole", before, 0), ("backup", await read_all(database), destroyed)):
        copy = Database(f"sqlite+aiosqlite:///{tmp_path / name}.db", Keyring([SECRET]))
        try:
            assert (await restore_backup(copy, tmp_path / name, [KEY], NOW)).erased == gone
            rows = await read_all(copy)
        finally:
            await copy.close()
        for table, expected_rows in expected.items():
            if gone and table in {"inbox", "case_words"}:
                # Erasing keeps the keys of events, and what staff wrote in the index; a backup has neither without the person.
                assert set(rows[table]) < set(before[table])
                continue
            assert rows[table] == expected_rows, table


@pytest.mark.parametrize("table", sorted(name for name, owned in OWNERSHIP.items() if owned.owner is not None))
def test_no_table_is_forgotten(table: str) -> None:
    """What erasing changes is sealed; what it leaves is not."""
    owned = OWNERSHIP[table]
    assert (owned.treatment is Treatment.STAYS) == (not owned.personal and not owned.reduced and table in STAYING)


STAYING = {"invitations", "callbacks", "campaign_recipients"}
