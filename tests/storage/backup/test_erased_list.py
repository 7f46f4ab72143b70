"""The list beside the backups says of older ones who must not come back."""

from datetime import timedelta
from pathlib import Path

from storage.backup import erased_list
from storage.backup.person_keys import hash_subject
from tests.harness.rows import NOW

KEYS = ["9b1d64e0f7a25c83d6e91f40ab7c2e58", "1f7e03ac95d24b68e0c7f1359a8db246"]


def test_who_was_erased_since(tmp_path: Path) -> None:
    """A backup made before is without them, one made later may have them again; it holds for each key; a cut line is none."""
    backup = tmp_path / "a.backup"
    assert not erased_list.read(backup, NOW)
    erased_list.add(tmp_path, KEYS, ["p1"], NOW)
    erased_list.add(tmp_path, KEYS, ["p2"], NOW + timedelta(days=1))
    with (tmp_path / erased_list.NAME).open("a") as file:
        file.write("2026-11-\nnonsense\n\u4f60 00\n2999-01-01T00:00:00+00:00 zz")
    early, late = (erased_list.read(backup, NOW + timedelta(hours=hours)) for hours in (-1, 1))
    assert early == {hash_subject(key, name) for key in KEYS for name in ("p1", "p2")}
    assert late == {hash_subject(key, "p2") for key in KEYS}
    text = (tmp_path / erased_list.NAME).read_text()
    assert "p1" not in text
    assert (tmp_path / erased_list.NAME).stat().st_mode & 0o777 == 0o600
