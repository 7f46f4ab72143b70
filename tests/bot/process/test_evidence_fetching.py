"""Fetching of evidence: what Telegram hands out is kept sealed, what it refuses is gone in the end, what is out of reach waits."""

import hashlib
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.evidence_settings import EvidenceSettings
from bot.process import evidence_fetching
from bot.process.evidence_fetching import ATTEMPTS_MOST, EvidenceFetching
from bot.process.telegram import BotApi
from domain.cases.evidence import EvidenceState
from domain.timer_kinds import TimerKind
from playground.people.client import TelegramClient
from playground.server import Server
from playground.world.files import StoredFile, Upload
from storage.cases import contributions, evidence
from storage.cases.contributions import Contribution
from storage.cases.evidence import EvidenceFile
from storage.engine.database import Database
from storage.models import timers
from storage.objects.object_store import ObjectStore, StorePlace, open_store
from storage.objects.sealed_object import open_sealed
from storage.privacy.erasure import erase
from storage.privacy.owners import Belongings
from tests.harness.in_process import FixedClock
from tests.harness.rows import file_case

INFECTED = "import sys; sys.exit(b'EICAR' in open(sys.argv[-1], 'rb').read())"


class Fetching:
    """A case whose files are fetched."""

    def __init__(self, database: Database, api: BotApi, server: Server, settings: EvidenceSettings) -> None:
        assert settings.place is not None
        self.database, self.server, self.clock = database, server, FixedClock()
        self.store: ObjectStore = open_store(settings.place)
        self.fetching = EvidenceFetching(database, api, settings, self.clock, lambda: True)

    def attach(self, data: bytes, name: str = "a.pdf", size: int | None = None) -> StoredFile:
        return self.server.world.files.add("document", Upload(data, name, size=size))

    async def add(self, *file_ids: str) -> None:
        """A contribution with these files."""
        files = tuple(("document", id_, "") for id_ in file_ids)
        async with self.database.begin() as tx:
            case = await file_case(tx)
            await contributions.add_contribution(tx, Contribution(1, case.id, "", files, self.clock.now()))
        self.case = case.id

    async def step(self) -> list[EvidenceFile]:
        """Fetch what is due; all files as they are now."""
        await self.fetching.step(self.store)
        async with self.database.read() as tx:
            return await evidence.list_by_case(tx, self.case)

    async def read(self, file: EvidenceFile) -> bytes:
        assert file.object is not None
        pieces = open_sealed(bytes.fromhex(file.object.key), self.store.read(file.object.name))
        return b"".join([piece async for piece in pieces])


@pytest.fixture
def settings(tmp_path: Path) -> EvidenceSettings:
    return EvidenceSettings(StorePlace(tmp_path / "kept"))


@pytest.fixture
def fetching(database: Database, api: BotApi, server: Server, settings: EvidenceSettings) -> Fetching:
    return Fetching(database, api, server, settings)


async def test_kept(fetching: Fetching) -> None:
    """Bytes, SHA-256, size and suffix; a path of this machine, as a local Bot API server tells it, is read there."""
    data = bytes(range(256)) * 4000
    attached = fetching.attach(data, "包裹 a?b#c.PDF")
    path = fetching.store.workroom / "local.oga"
    path.write_bytes(b"voice")
    local = fetching.server.world.files.keep(replace(fetching.attach(b"voice"), id="local", path=str(path)))
    await fetching.add(attached.id, local.id)
    first, second = await fetching.step()
    assert first.object is not None
    assert second.object is not None
    assert await fetching.read(first) == data
    assert await fetching.read(second) == b"voice"
    assert (first.object.digest, first.size, first.object.suffix) == (
        hashlib.sha256(data).hexdigest(),
        len(data),
        "pdf",
    )
    assert second.object.suffix == "oga"


async def test_too_big(database: Database, api: BotApi, server: Server, settings: EvidenceSettings) -> None:
    """For Telegram, by what Telegram says of it, and by what comes."""
    fetching = Fetching(database, api, server, replace(settings, limit_bytes=1000))
    files = [
        fetching.attach(b"x", size=21 * 1024 * 1024),
        fetching.attach(b"x", size=1001),
        fetching.attach(b"x" * 1001),
    ]
    files[2] = server.world.files.keep(replace(files[2], size=5))
    await fetching.add(*(file.id for file in files))
    assert [file.state for file in await fetching.step()] == [EvidenceState.TOO_BIG] * 3
    assert [one async for one in fetching.store.list_all()] == []


async def test_refused(fetching: Fetching) -> None:
    """Ten times in a day, then it is gone; one that was only busy is kept."""
    busy = fetching.attach(b"busy")
    del fetching.server.world.files._by_path[busy.path]
    await fetching.add("unknown", busy.id)
    for turn in range(ATTEMPTS_MOST - 1):
        for _ in range(2):
            assert {(file.state, file.attempts) for file in await fetching.step()} == {
                (EvidenceState.WAITING, turn + 1)
            }
        fetching.clock.moment += timedelta(hours=6)
    fetching.server.world.files.keep(busy)
    gone, kept = await fetching.step()
    assert gone.state is EvidenceState.GONE
    assert await fetching.read(kept) == b"busy"


async def test_out_of_reach(fetching: Fetching, telegram: TelegramClient) -> None:
    """Telegram is away, asks to wait, or sends a proxy's page; the disk is full: nothing is counted, and it is kept in the end."""
    await fetching.add(fetching.attach(b"x").id)
    for kind in ("reset", "429", "502html"):
        await telegram.fault(kind, method="getFile")
        (file,) = await fetching.step()
        assert (file.state, file.attempts) == (EvidenceState.WAITING, 0), kind
        fetching.clock.moment += timedelta(minutes=1)
    folder = fetching.store.workroom
    folder.rmdir()
    folder.touch()
    (file,) = await fetching.step()
    assert (file.state, file.attempts) == (EvidenceState.WAITING, 0)
    folder.unlink()
    (file,) = await fetching.step()
    assert file.state is EvidenceState.WAITING
    fetching.clock.moment += timedelta(minutes=1)
    (file,) = await fetching.step()
    assert await fetching.read(file) == b"x"


async def test_infected(database: Database, api: BotApi, server: Server, settings: EvidenceSettings) -> None:
    """It is not kept and staff are told; while the scanner does not work everything waits."""
    fetching = Fetching(database, api, server, replace(settings, scan=(sys.executable, "-c", INFECTED)))
    await fetching.add(fetching.attach(b"EICAR").id, fetching.attach(b"clean").id)
    infected, clean = await fetching.step()
    assert infected.state is EvidenceState.INFECTED
    assert await fetching.read(clean) == b"clean"
    async with database.read() as tx:
        (timer,) = await tx.execute(select(timers.c.kind, timers.c.subject))
    assert timer == (TimerKind.EVIDENCE_INFECTED, str(infected.id))
    broken = Fetching(database, api, server, replace(settings, scan=("/nowhere",)))
    async with database.begin() as tx:
        await contributions.add_contribution(
            tx, Contribution(2, fetching.case, "", (("document", fetching.attach(b"x").id, ""),), fetching.clock.now())
        )
    broken.case = fetching.case
    assert (await broken.step())[2].state is EvidenceState.WAITING


async def test_erased_meanwhile(fetching: Fetching, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person is erased while a file of theirs is on its way: it does not stay in the store."""
    await fetching.add(fetching.attach(b"x").id)
    keep = fetching.fetching._keep

    async def keep_late(store: ObjectStore, file: EvidenceFile) -> evidence.SealedObject:
        kept = await keep(store, file)
        async with fetching.database.begin() as tx:
            await erase(tx, Belongings(ids={"contributions": frozenset({1})}))
        return kept

    monkeypatch.setattr(fetching.fetching, "_keep", keep_late)
    assert [file.state for file in await fetching.step()] == [EvidenceState.ERASED]
    assert [one async for one in fetching.store.list_all()] == []


def test_suffixes() -> None:
    """What could be more than a suffix is none."""
    find = evidence_fetching._find_suffix
    assert [find(path) for path in ("a/b.JPG", "b", "b.tar.gz", "b.x y", "b.包", "b.toolongforone")] == [
        "jpg",
        "",
        "gz",
        "",
        "",
        "",
    ]
