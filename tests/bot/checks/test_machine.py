"""This machine, as `huifang check` sees it."""

from pathlib import Path

import pytest

from bot.checks.finding import State
from bot.checks.machine import LEAST_FREE, SCARCE_FREE, check_disks, check_secrets, judge_room
from tests.bot.checks.conftest import MakeInspection
from tests.harness.bot_process import SECRET


def test_the_secrets(inspect: MakeInspection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """How strong it looks, never what it is; a file that others can read is wrong, with the command that mends it."""
    monkeypatch.setenv("HUIFANG_CONFIG", str(tmp_path / "huifang.toml"))
    assert check_secrets(inspect()) == []
    (finding,) = check_secrets(inspect(SECRET=f"{SECRET},{'old' * 12}"))
    assert finding.state is State.OK
    assert finding.said.startswith(f"{len(SECRET)} characters, some ")
    assert finding.said.endswith("older ones that still open what is stored: 1")
    assert SECRET not in finding.said
    file = tmp_path / ".env"
    file.touch(mode=0o640)
    file.chmod(0o640)
    _, finding = check_secrets(inspect(SECRET=SECRET))
    assert (finding.state, finding.cure) == (State.WRONG, f"`chmod 600 {file}`")
    file.chmod(0o600)
    assert len(check_secrets(inspect(SECRET=SECRET))) == 1


@pytest.mark.parametrize(
    ("free", "state"), [(SCARCE_FREE, State.OK), (SCARCE_FREE - 1, State.LOOK), (LEAST_FREE - 1, State.WRONG)]
)
def test_how_much_room_is_enough(free: int, state: State) -> None:
    """A gigabyte is; below a fifth of that nothing may be written any more within hours."""
    finding = judge_room("database disk", Path("/data"), 20 * SCARCE_FREE, free)
    assert finding.state is state
    assert finding.said.endswith(" MB of 20,000 MB are free at /data")
    assert bool(finding.cure) == (state is not State.OK)


def test_the_disks(inspect: MakeInspection, tmp_path: Path) -> None:
    """A line for the database's disk and one for the backups'; a server's disk is not ours to see."""
    given = inspect(DATABASE=f"sqlite+aiosqlite:///{tmp_path}/h.db", BACKUPS=str(tmp_path), BACKUP_KEY=SECRET)
    assert [finding.what for finding in check_disks(given)] == ["database disk", "backup disk"]
    assert check_disks(inspect(DATABASE="postgresql+asyncpg://u@h/d")) == []
