"""A year with backups, erasures, rotations, upgrades, retention and a restore in the middle: the figures of the twin without them (G8, G9).

`make test` lives some weeks of it on both engines; `make prove-all` a year.
"""

import lzma
import re
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import msgspec
import pytest
import uvloop
from sqlalchemy import select

from bot.checks.every import ROW_CHECKS
from bot.checks.finding import Inspection, State
from bot.settings import read
from storage.backup.backup_reader import BackupReader
from storage.backup.blocks import Rows
from storage.engine.columns import EncryptedText
from storage.engine.crypto import Keyring
from storage.models import metadata
from tests.harness.databases import RELEASED_SECRET, SECRET, create_database
from tests.harness.in_process import FixedClock
from tests.harness.planted_person import find_marks
from tests.harness.quick_database import open_quickly
from tests.releases.continuing import FOLDER, Written
from tests.simulation.year import YearLife
from tests.simulation.year_figures import Said, compare, read_figures
from tests.simulation.year_operator import FIRST_KEY, LATER_KEY, LATER_SECRET, TroubledLife
from tests.simulation.year_town import HOUR, Way, YearTown

RELEASE = "0.1.0"
_MARK = re.compile(r"mark\d{5}q|861390\d{7}")


@dataclass(frozen=True)
class Size:
    """How long a year is, how many people live in it, and after how many years the second twin's company erases what is old."""

    seed: int
    days: int
    residents: int
    retention: float


WEEKS, YEAR = Size(5, 21, 20, 0.1), Size(7, 365, 50, 0.25)


def make_town(size: Size) -> tuple[YearTown, FixedClock]:
    """A town whose year begins when the story of the release has ended."""
    left = msgspec.json.decode(lzma.decompress((FOLDER / f"{RELEASE}.json.xz").read_bytes()), type=Written)
    town = YearTown(size.seed, left.now, size.days, size.residents)
    return town, FixedClock(left.now.replace(minute=0, second=0, microsecond=0) + HOUR)


def unpack_release(folder: Path) -> str:
    """The URL of the SQLite database that the release left."""
    path = folder / "released.db"
    path.write_bytes(lzma.decompress((FOLDER / f"{RELEASE}.sqlite.xz").read_bytes()))
    return f"sqlite+aiosqlite:///{path}"


@dataclass(frozen=True)
class Lived:
    """What the first twin says at its end: figures, what `huifang check` finds wrong, and how often people were asked about a waybill."""

    said: Said
    wrong: set[str]
    invited: Mapping[str, int]
    events: Mapping[str, int]


async def live_through(life: YearLife) -> None:
    await life.move_in()
    while life.clock.now() < life.town.ends:
        await life.live_watch()


async def live_plainly(folder: Path, size: Size) -> Lived:
    """The year without anything that an operator does."""
    town, clock = make_town(size)
    life = YearLife(town, clock)
    await life.start(open_quickly(unpack_release(folder), (SECRET, RELEASED_SECRET)))
    try:
        await live_through(life)
        said = await read_figures(life.seat, town.begins.date())
        return Lived(said, await _list_findings(life), life.invited, life.events)
    finally:
        await life.stop()


async def live_in_trouble(folder: Path, urls: tuple[str, str], size: Size, plain: Lived) -> TroubledLife:
    """The same year with everything, and every promise of it."""
    town, clock = make_town(size)
    life = TroubledLife(town, clock, retention_years=size.retention, folder=folder, urls=urls)
    await life.upgrade_from(unpack_release(folder))
    try:
        await live_through(life)
        said = await read_figures(life.seat, town.begins.date())
        differences = compare(plain.said, said)
        assert not differences, f"{len(differences)} differences:\n" + "\n".join(differences[:25])
        assert said["totals that do not match the rows"] == {}
        await _find_nobody_erased(life)
        assert await _list_findings(life) <= plain.wrong
    finally:
        await life.stop()
    assert life.restored is not None
    assert life.asked_in_chat
    assert life.withdrawn
    assert life.resealed
    assert all(times == 1 for times in plain.invited.values())
    assert all(times == 1 or waybill in life.shown_before_restore for waybill, times in life.invited.items())
    return life


async def _find_nobody_erased(life: TroubledLife) -> None:
    """The erased are in no table and in no backup, read with every key; others are in both."""
    gone = {one for one in life.town.residents if one.mark in life.erased}
    marks = {one.mark for one in gone} | {one.phone.lstrip("+") for one in gone}
    in_database: set[str] = set()
    async with life.seat.database.read() as tx:
        for table in metadata.sorted_tables:
            for row in await tx.execute(select(table)):
                in_database.update(*(_MARK.findall(value) for value in row if isinstance(value, str)))
        assert not in_database & marks, [place for mark in in_database & marks for place in await find_marks(tx, mark)]
    assert in_database
    left = [one for one in life.town.residents if one.way is Way.LEAVES and one.mark not in in_database]
    assert left, "the years have erased nobody"
    seen: set[str] = set()
    for path in life.backups:
        in_backup = _read_marks(path)
        assert not in_backup & marks, (path.name, in_backup & marks)
        seen |= in_backup
    assert seen


def _read_marks(path: Path) -> set[str]:
    """Whoever can be read in a backup by its operator, without the list of the erased beside it."""
    keyring, marks = Keyring((LATER_SECRET, SECRET, RELEASED_SECRET)), set[str]()
    reader = BackupReader(path, (LATER_KEY, FIRST_KEY))
    for piece in reader.read():
        if isinstance(piece, Rows):
            columns = [metadata.tables[piece.table].c[name].type for name in reader.manifest.columns[piece.table]]
            for row in piece.rows:
                for kind, value in zip(columns, row, strict=True):
                    if isinstance(value, bytes) and isinstance(kind, EncryptedText):
                        marks.update(_MARK.findall(keyring.open(value, kind.column.encode())))
                    elif isinstance(value, str):
                        marks.update(_MARK.findall(value))
    return marks


async def _list_findings(life: YearLife) -> set[str]:
    """What `huifang check` finds wrong in the rows."""
    url, secrets = life.seat.database.url, f"{SECRET},{RELEASED_SECRET}"
    plain = {"HUIFANG_DATABASE": url, "HUIFANG_SECRET": secrets}
    settings = life.make_settings() if isinstance(life, TroubledLife) else read(plain)
    wrong = set()
    for check in ROW_CHECKS:
        async with life.seat.database.read() as tx:
            inspection = Inspection(settings, life.seat.services.company, life.clock.now())
            wrong |= {one.what for one in await check(tx, inspection) if one.state is State.WRONG}
    return wrong


@pytest.fixture(params=["sqlite", "postgresql"])
async def urls(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[str, str]]:
    """Two empty databases: on this engine the second twin begins, on the other it is restored."""
    file = f"sqlite+aiosqlite:///{tmp_path / 'twin.db'}"
    async with create_database(request.getfixturevalue("postgres")) as url:
        yield (file, url) if request.param == "sqlite" else (url, file)


@pytest.fixture(scope="module")
def some_weeks(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    """The first twin's weeks, lived once."""
    return uvloop.run(live_plainly(tmp_path_factory.mktemp("plain"), WEEKS))


@pytest.mark.timeout(600)
async def test_some_weeks(urls: tuple[str, str], tmp_path: Path, some_weeks: Lived) -> None:
    """Three weeks, and until all is settled: begun on each engine and restored on the other, everybody says what the first twin says."""
    await live_in_trouble(tmp_path, urls, WEEKS, some_weeks)


@pytest.mark.prove
@pytest.mark.timeout(7200)
async def test_a_year(urls: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A whole year: the same."""
    (tmp_path / "plain").mkdir()
    begun = perf_counter()
    plain = await live_plainly(tmp_path / "plain", YEAR)
    between = perf_counter()
    life = await live_in_trouble(tmp_path, urls, YEAR, plain)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{plain.events} in {between - begun:.0f} s; the twin {life.events} in {perf_counter() - between:.0f} s: "
            f"{len(life.erased)} erased, {life.withdrawn} open cases withdrawn, {life.resealed} rows sealed anew, "
            f"{len(life.backups)} backups; {len(plain.said)} things said\n"
        )
