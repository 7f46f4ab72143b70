"""Settings of backups: what is not said has a default, and every mistake is told with its variable."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.backup_settings import BackupSettings
from bot.company.mistakes import Mistakes
from bot.settings import read

KEY = "9b1d64e0f7a25c83d6e91f40ab7c2e58"


def test_what_is_set_counts() -> None:
    """Nothing is scheduled by itself; a command is split as a shell does it."""
    assert read({}).backups == BackupSettings()
    given = {"KEY": KEY, "S": "/b", "HOURS": "6", "KEEP": "3", "UPLOAD": "rclone copyto 'a b'", "MIGRATIONS": "no"}
    environment = {
        f"HUIFANG_BACKUP{name}" if name == "S" else f"HUIFANG_BACKUP_{name}": text for name, text in given.items()
    }
    assert read(environment).backups == BackupSettings(
        (KEY,), Path("/b"), timedelta(hours=6), 3, ("rclone", "copyto", "a b"), before_migrations=False
    )


def test_every_mistake() -> None:
    """At once, and a folder without a key is one."""
    wrong = {"HOURS": "0", "KEEP": "none", "UPLOAD": "'", "MIGRATIONS": "maybe"}
    with pytest.raises(Mistakes) as told:
        read({"HUIFANG_BACKUPS": "/b"} | {f"HUIFANG_BACKUP_{name}": text for name, text in wrong.items()})
    names = ["KEY", "HOURS", "KEEP", "MIGRATIONS", "UPLOAD"]
    assert [mistake.place for mistake in told.value.found] == [f"HUIFANG_BACKUP_{name}" for name in names]
