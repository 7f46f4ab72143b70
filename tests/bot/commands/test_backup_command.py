"""Backup and restore from the command line; a process that is killed in the middle of a backup leaves nothing that looks like one."""

import asyncio
import os
import shutil
import signal
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands.cli import main
from storage import audit
from storage.audit import AuditEntry
from storage.backup import erased_subjects
from storage.backup.backup_reader import verify
from storage.backup.person_keys import PersonOpener
from storage.backup.sealed_file import CHUNK_BYTES, BackupError
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from tests.harness.bot_process import SECRET, run_huifang, start_huifang
from tests.harness.rows import NOW, add_person

KEY = "9b1d64e0f7a25c83d6e91f40ab7c2e58"


@pytest.fixture
def environment(template: Path, tmp_path: Path) -> dict[str, str]:
    """Of a database that was used."""
    shutil.copyfile(template, tmp_path / "huifang.db")
    hidden = {name: "" for name in os.environ if name.startswith("HUIFANG_")}
    return hidden | {
        "HUIFANG_CONFIG": str(tmp_path / "huifang.toml"),
        "HUIFANG_DATABASE": f"sqlite+aiosqlite:///{tmp_path / 'huifang.db'}",
        "HUIFANG_SECRET": SECRET,
        "HUIFANG_BACKUP_KEY": KEY,
    }


def test_there_and_back(environment: dict[str, str], tmp_path: Path) -> None:
    """What is refused is refused with a cure, in one line, and leaves no database; what was restored is a database like the first."""
    path, copy = tmp_path / "a.backup", {"HUIFANG_DATABASE": f"sqlite+aiosqlite:///{tmp_path / 'copy.db'}"}

    def huifang(*arguments: str, **changes: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, arguments, env=environment | changes, catch_exceptions=False)
        return result.exit_code, result.output.removesuffix("\n")

    code, said = huifang("backup", str(path), HUIFANG_BACKUP_KEY="")
    assert (code, "HUIFANG_BACKUP_KEY: is required: make one with `openssl rand -hex 32`" in said) == (1, True)
    assert "repeats itself too much" in huifang("backup", str(path), HUIFANG_BACKUP_KEY="a" * 40)[1]
    assert huifang("backup", str(path), **copy) == (1, "huifang: the database is empty: there is nothing to write")
    code, said = huifang("backup", str(path))
    assert (code, "opened and counted" in said) == (0, True)
    assert huifang("backup", str(path)) == (1, f"huifang: {path} exists; choose another name")
    assert "the database is not empty" in huifang("restore", str(path))[1]
    assert (
        "another key: set HUIFANG_BACKUP_KEY" in huifang("restore", str(path), HUIFANG_BACKUP_KEY=KEY[::-1], **copy)[1]
    )
    cut = tmp_path / "cut.backup"
    cut.write_bytes(path.read_bytes()[:-100])
    code, said = huifang("restore", str(cut), **copy)
    assert (code, "is damaged" in said, "\n" in said) == (1, True, False)
    code, said = huifang("restore", str(path), **copy)
    assert (code, "restored and compared" in said, "what came later is not in it" in said) == (0, True, True)
    assert huifang("manager-code", **copy)[0] == 0


async def test_killed_in_the_middle(environment: dict[str, str], tmp_path: Path) -> None:
    """Nothing has the backup's name, what is left under another does not open, and the next backup is whole."""
    path, part = tmp_path / "a.backup", tmp_path / "a.backup.part"
    database = Database(environment["HUIFANG_DATABASE"], Keyring([SECRET]))
    async with database.begin() as tx:
        await add_person(tx, 1)
        await audit.write_entries(tx, [AuditEntry(n, NOW, 1, "x", "person:1", "a" * 99) for n in range(1, 20_001)])
    await database.close()
    with (tmp_path / "errors").open("wb") as errors:
        process = await start_huifang(["backup", str(path)], dict(os.environ) | environment, errors.fileno())
        while not part.exists() or part.stat().st_size <= CHUNK_BYTES:
            assert process.returncode is None, (tmp_path / "errors").read_text()
            await asyncio.sleep(0.001)
        os.kill(process.pid, signal.SIGKILL)
        await process.wait()
    assert not path.exists()
    with pytest.raises(BackupError, match="is damaged"):
        verify(part, [KEY])
    code, _, errors_said = await run_huifang(["backup", str(path)], dict(os.environ) | environment)
    assert (code, errors_said) == (0, "")
    assert not part.exists()
    assert verify(path, [KEY]).counts["audit"] == 20_000


async def test_who_was_erased_leaves_the_earlier_backups(environment: dict[str, str], tmp_path: Path) -> None:
    """Also where the bot has no key of backups: the next command that has it sees to it."""
    database = Database(environment["HUIFANG_DATABASE"], Keyring([SECRET]))
    async with database.begin() as tx:
        await add_person(tx, 1)
    assert (await run_huifang(["backup", str(tmp_path / "a")], dict(os.environ) | environment))[0] == 0
    async with database.begin() as tx:
        await erased_subjects.note(tx, ["p1"], NOW)
    assert PersonOpener(tmp_path / "a", [KEY]).destroyed == 0
    assert (await run_huifang(["backup", str(tmp_path / "b")], dict(os.environ) | environment))[0] == 0
    assert PersonOpener(tmp_path / "a", [KEY]).destroyed == 1
    async with database.read() as tx:
        assert not await erased_subjects.fetch_noted(tx, 1)
    await database.close()
