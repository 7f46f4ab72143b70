"""The folder of a playground: kept, emptied, refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from playground.company.folder import FolderError, open_folder


def test_a_temporary_folder_is_gone_afterwards() -> None:
    """Without a path nothing is left behind."""
    with open_folder(None) as opened:
        path = opened.path
        (path / "huifang.db").touch()
    assert not path.exists()


def test_what_is_remembered_is_there_again(tmp_path: Path) -> None:
    """The secret and the progress belong to the folder."""
    with open_folder(tmp_path / "new" / "one") as first:
        first.about.lived = True
        first.remember()
    with open_folder(tmp_path / "new" / "one") as second:
        assert second.about == first.about


def test_emptying_takes_only_what_is_ours(tmp_path: Path) -> None:
    """A stranger's file stays; the secret is a new one."""
    with open_folder(tmp_path) as opened:
        secret = opened.about.secret
        for name in ("huifang.db", "huifang.db-wal", "huifang.toml", "notes.txt"):
            (tmp_path / name).touch()
        (tmp_path / "surveys").mkdir()
        opened.empty()
        assert {path.name for path in tmp_path.iterdir()} == {"notes.txt", "playground.json", ".playground.lock"}
        assert opened.about.secret != secret


def test_somebody_elses_company_is_not_touched(tmp_path: Path) -> None:
    """A company file that no playground wrote is a reason to refuse."""
    (tmp_path / "huifang.toml").touch()
    with pytest.raises(FolderError, match="no playground's"), open_folder(tmp_path):
        pass


def test_a_folder_serves_one_playground_at_a_time(tmp_path: Path) -> None:
    """The second is told so, and the first goes on."""
    with open_folder(tmp_path):
        with pytest.raises(FolderError, match="in use"), open_folder(tmp_path):
            pass
        assert (tmp_path / "playground.json").exists()
    with open_folder(tmp_path):
        pass


def test_a_path_that_is_no_folder_is_one_clear_reason(tmp_path: Path) -> None:
    """No traceback for a wrong path."""
    (tmp_path / "file").touch()
    with pytest.raises(FolderError, match="cannot be used"), open_folder(tmp_path / "file"):
        pass
