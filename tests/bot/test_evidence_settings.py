"""Settings of evidence: a folder beside an SQLite file by itself, and every mistake told with its variable."""

from pathlib import Path

import pytest

from bot.company.mistakes import Mistakes
from bot.evidence_settings import MEGABYTE, EvidenceSettings
from bot.settings import read
from storage.objects.object_store import StorePlace


def test_where_nothing_is_said() -> None:
    """Beside the file that everybody can reach who reads the database; nowhere with a server, whose replicas share no folder."""
    assert read({}).evidence == EvidenceSettings(StorePlace(Path("evidence")))
    assert read({"HUIFANG_DATABASE": "sqlite+aiosqlite:////data/a.db?timeout=9"}).evidence.place == StorePlace(
        Path("/data/evidence")
    )
    assert read({"HUIFANG_DATABASE": "postgresql+asyncpg://a@b/c"}).evidence.place is None
    assert read({"HUIFANG_DATABASE": "sqlite+aiosqlite:///:memory:"}).evidence.place is None


def test_what_is_set_counts() -> None:
    """A folder, a bucket, none; a command is split as a shell does it."""
    assert read({"HUIFANG_EVIDENCE": "off"}).evidence.place is None
    assert read(
        {"HUIFANG_EVIDENCE": "/e", "HUIFANG_EVIDENCE_LIMIT": "5", "HUIFANG_EVIDENCE_SCAN": "clamdscan 'a b'"}
    ).evidence == (EvidenceSettings(StorePlace(Path("/e")), 5 * MEGABYTE, ("clamdscan", "a b")))
    given = {"": "s3://kept/huifang/", "_ENDPOINT": "https://s3.example.com/", "_REGION": "r", "_ACCESS": "k:s:t"}
    place = read({f"HUIFANG_EVIDENCE{name}": text for name, text in given.items()}).evidence.place
    assert place == StorePlace(None, "kept", "huifang", "https://s3.example.com", "r", "k:s:t")
    assert str(place) == "s3://kept/huifang"
    assert str(StorePlace(Path("/e"))) == "/e"


def test_every_mistake() -> None:
    """At once."""
    wrong = {"": "s3:///x", "_ENDPOINT": "host", "_ACCESS": "key", "_LIMIT": "0", "_SCAN": "'"}
    with pytest.raises(Mistakes) as told:
        read({f"HUIFANG_EVIDENCE{name}": text for name, text in wrong.items()})
    assert [mistake.place for mistake in told.value.found] == [f"HUIFANG_EVIDENCE{name}" for name in wrong]
