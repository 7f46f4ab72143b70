"""`huifang import`: what comes in, what is refused and where that is told, ended at any moment and run again."""

import asyncio
import csv
import os
import signal
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.commands.import_command import (
    ROWS_PER_TRANSACTION,
    RejectedFile,
    escape_formula,
    format_counts,
    import_file,
    name_rejected_file,
)
from bot.commands.table_files import UnreadableFileError
from bot.settings import Settings, read
from domain.deliveries.cells import text_of
from handlers.deliveries.importing import FileRow, IngestedRow
from storage import installation
from storage.engine.database import Database
from storage.models import deliveries
from tests.harness.bot_process import SECRET, run_huifang, start_huifang
from tests.harness.in_process import EXAMPLE
from tests.harness.spreadsheet_files import write_sheet

HEADINGS = "运单号,签收时间,手机号,收件人,备注"
NOW = datetime.now(UTC)
RECENT = f"{NOW - timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}"


@pytest.fixture
def environment(database: Database) -> dict[str, str]:
    return {"HUIFANG_DATABASE": database.url, "HUIFANG_SECRET": SECRET, "HUIFANG_CONFIG": str(EXAMPLE)}


@pytest.fixture
def settings(environment: dict[str, str]) -> Settings:
    """Of a database on either engine, in which no bot has run."""
    return read(environment)


def written(path: Path, rows: Sequence[str], headings: str = HEADINGS) -> Path:
    path.write_text("\n".join([headings, *rows]) + "\n", "utf-8")
    return path


def good(start: int, end: int) -> list[str]:
    return [f"SF{n},{RECENT},138{n:08}," for n in range(start, end)]


def refused(path: Path) -> list[list[str]]:
    """The rows of the file of refused rows, its headings first."""
    assert name_rejected_file(path).read_bytes().startswith(b"\xef\xbb\xbf")
    with name_rejected_file(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


async def stored(database: Database) -> list[tuple[object, ...]]:
    """The deliveries, without what differs from one import to the next."""
    columns = [
        deliveries.c[name] for name in ("source", "waybill", "phone_hash", "delivered_at", "customer_name", "fate")
    ]
    async with database.read() as tx:
        rows = await tx.execute(select(*columns).order_by(deliveries.c.source, deliveries.c.waybill))
        return [tuple(row) for row in rows]


async def test_a_file_is_taken_in(settings: Settings, database: Database, tmp_path: Path) -> None:
    """More than one piece of it; nothing refused leaves no file; the bot has never run."""
    path = written(tmp_path / "a.csv", ["", *good(0, ROWS_PER_TRANSACTION + 5), ",,,,"])
    assert await import_file(settings, path, "import") == Counter(accepted=ROWS_PER_TRANSACTION + 5)
    assert not name_rejected_file(path).exists()
    rows = await stored(database)
    assert {(row[0], row[5]) for row in rows} == {("import", "unreachable")}
    assert len(rows) == ROWS_PER_TRANSACTION + 5
    async with database.read() as tx:
        assert await installation.get(tx, "bot") is None


async def test_again_corrected_and_from_another_system(settings: Settings, database: Database, tmp_path: Path) -> None:
    """The same is unchanged, a correction updates, another source is another delivery."""
    path = written(tmp_path / "a.csv", good(0, 3))
    await import_file(settings, path, "import")
    assert await import_file(settings, path, "import") == Counter(unchanged=3)
    written(path, [*good(0, 2), f"SF2,{RECENT},13900139000,王"])
    assert await import_file(settings, path, "import") == Counter(unchanged=2, updated=1)
    assert await import_file(settings, path, "wms") == Counter(accepted=3)
    assert [(row[0], row[4]) for row in await stored(database)] == [("import", None)] * 2 + [("import", "王")] + [
        ("wms", None)
    ] * 2 + [("wms", "王")]


async def test_what_is_refused_is_kept_with_the_reason(settings: Settings, tmp_path: Path) -> None:
    """The cells as they were, the line, why; what a spreadsheet would take for a formula is harmless."""
    rows = [*good(0, 1), 'SF1,soon,13800138000,"=HYPERLINK(""x"")","a\nb"', "", "SF2," + RECENT + ",+86 12,-1", "SF3"]
    path = written(tmp_path / "a.csv", rows)
    counts = await import_file(settings, path, "import")
    assert counts == Counter(accepted=1, refused=3)
    assert name_rejected_file(path).stat().st_mode & 0o777 == 0o600
    head, *kept = refused(path)
    assert head == [*HEADINGS.split(","), "line", "reason"]
    assert kept[0][:6] == ["SF1", "soon", "13800138000", '\'=HYPERLINK("x")', "a\nb", "3"]
    assert kept[0][6].startswith("签收时间: is no date and time")
    no_phone = "手机号: no country has such a number; write it like +8613800138000"
    assert kept[1] == ["SF2", RECENT, "'+86 12", "'-1", "", "6", no_phone]
    assert kept[2] == ["SF3", "", "", "", "", "7", "签收时间: is required"]
    assert (
        format_counts(counts, path)
        == f"4 rows: 1 accepted, 0 unchanged, 0 updated, 3 refused; see {name_rejected_file(path)}"
    )


async def test_the_file_of_refused_rows_can_be_corrected_and_imported(settings: Settings, tmp_path: Path) -> None:
    """Its marks against formulas are no part of its cells; what is refused again is told with the new line, once."""
    path = written(
        tmp_path / "a.csv", ["SF1,soon,+8613800138000,=A", "SF2,soon,+8613800138001,,", f"SF3,{RECENT},1,,,left"]
    )
    assert await import_file(settings, path, "import") == Counter(refused=3)
    rejected = name_rejected_file(path)
    text = rejected.read_text("utf-8-sig")
    rejected.write_text(text.replace("SF1,soon", f"SF1,{RECENT}"), "utf-8")
    assert await import_file(settings, rejected, "import") == Counter(accepted=1, refused=2)
    again = refused(rejected)
    assert again[0] == [*HEADINGS.split(","), "line", "reason"]
    assert [row[:3] + row[5:6] for row in again[1:]] == [
        ["SF2", "soon", "'+8613800138001", "3"],
        ["SF3", RECENT, "1", "4"],
    ]
    assert again[2][7:] == ["left"]


async def test_an_old_file_of_refused_rows_does_not_stay(settings: Settings, tmp_path: Path) -> None:
    """It belongs to the run before: with nothing refused there is none, with something it is this run's."""
    path = written(tmp_path / "a.csv", ["SF1,soon,13800138000"])
    await import_file(settings, path, "import")
    assert len(refused(path)) == 2
    written(path, [f"SF1,{RECENT},13800138000"])
    await import_file(settings, path, "import")
    assert not name_rejected_file(path).exists()


async def test_a_spreadsheet(settings: Settings, database: Database, tmp_path: Path) -> None:
    """A phone that became a number, a waybill that is one, a date; what is refused is written as text."""
    moment = NOW.replace(tzinfo=None, microsecond=0) - timedelta(hours=1)
    rows: list[list[object]] = [
        [*HEADINGS.split(",")],
        [123456, moment, 1.3800138e10, "王", None],
        [],
        [123456789012345678, moment, "=1+1", None, None],
        ["SF3", moment.date() - timedelta(days=1), "+8613800138000", None, None],
    ]
    path = write_sheet(tmp_path / "a.xlsx", rows)
    assert await import_file(settings, path, "import") == Counter(accepted=2, refused=1)
    assert [(row[1], row[4]) for row in await stored(database)] == [("123456", "王"), ("SF3", None)]
    head, row = refused(path)
    assert head == [*HEADINGS.split(","), "line", "reason"]
    assert row[1] == str(moment)
    assert row[5] == "4"
    assert "more than 15 digits" in row[6]


async def test_a_column_is_missing(settings: Settings, database: Database, tmp_path: Path) -> None:
    """One line says what is there and what is needed; nothing is taken in, an earlier file of refused rows stays."""
    path = written(tmp_path / "a.csv", ["SF1,2026"], "运单号,日期")
    name_rejected_file(path).write_text("old")
    with pytest.raises(UnreadableFileError) as caught:
        await import_file(settings, path, "import")
    assert str(caught.value) == (
        f"{path} has no column for delivered_at and phone or ref; its columns are: 运单号, 日期. "
        "Say in [import.columns] of huifang.toml which is which"
    )
    assert await stored(database) == []
    assert name_rejected_file(path).read_text() == "old"


async def test_a_broken_file_is_not_half_taken_in(settings: Settings, database: Database, tmp_path: Path) -> None:
    """A quotation mark left open near the end is found before the first row is used."""
    path = written(tmp_path / "a.csv", [*good(0, ROWS_PER_TRANSACTION * 2), f'SFX,{RECENT},138,"open'])
    with pytest.raises(UnreadableFileError, match=f"a.csv:{ROWS_PER_TRANSACTION * 2 + 2}: a quotation mark"):
        await import_file(settings, path, "import")
    assert await stored(database) == []


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r1", "  =1", '="1"'])
def test_formulas_are_harmless_and_come_back(text: str) -> None:
    """Begun with an apostrophe in the file, without it when that file is read."""
    assert escape_formula(text) == f"'{text}"
    assert text_of(escape_formula(text)) == text_of(text)
    assert escape_formula("1=1") == "1=1"


def test_without_refused_rows_there_is_no_file(tmp_path: Path) -> None:
    """An empty piece makes none."""
    with RejectedFile(tmp_path / "a.csv", ["x"]) as rejected:
        rejected.add([])
        assert list(tmp_path.iterdir()) == []
        rejected.add([IngestedRow(FileRow(2, ["1", "2"]), "refused", "why")])
        assert refused(tmp_path / "a.csv") == [["x", "line", "reason"], ["1", "2", "why", "2"]]


# --- real processes ---


async def _end_in_the_middle(environment: dict[str, str], path: Path, database: Database, end: signal.Signals) -> str:
    """Import, and send the signal when a piece is in: how the command complains."""
    errors = path.with_name("errors")
    with errors.open("wb") as err:
        process = await start_huifang(["import", str(path)], environment, err.fileno())
        await _some_are_in(database)
        process.send_signal(end)
        assert process.stdout is not None
        assert await process.stdout.read() == b""
        assert await process.wait() == (-signal.SIGKILL if end is signal.SIGKILL else 1)
    return errors.read_text()


async def _some_are_in(database: Database) -> None:
    """Wait until a piece is in, and not all of them."""
    async with asyncio.timeout(30):
        while not await stored(database):  # noqa: ASYNC110 -- another process does it
            await asyncio.sleep(0.01)


@pytest.mark.one_engine
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
async def test_ended_in_the_middle_and_run_again(
    environment: dict[str, str], database: Database, tmp_path: Path, end: signal.Signals
) -> None:
    """The same rows as a run that was not ended, none twice, and every refused row is in the file."""
    count = ROWS_PER_TRANSACTION * 12
    clean = {key: value for key, value in os.environ.items() if not key.startswith("HUIFANG_")} | environment
    rows = good(0, count)
    for n in range(0, count, 50):
        rows[n] = f"SF{n},soon,13800138000,"
    path = written(tmp_path / "a.csv", rows)
    err = await _end_in_the_middle(clean, path, database, end)
    came = len(await stored(database))
    assert 0 < came < count - count // 50
    if end is signal.SIGINT:
        assert err.splitlines()[-1].startswith("Error: ended after ")
        assert "Traceback" not in err
    code, out, err = await run_huifang(["import", str(path)], clean)
    assert (code, err) == (1, "")
    assert out == (
        f"{count} rows: {count - count // 50 - came} accepted, {came} unchanged, 0 updated, {count // 50} refused;"
        f" see {name_rejected_file(path)}\n"
    )
    assert [int(row[5]) for row in refused(path)[1:]] == [n + 2 for n in range(0, count, 50)]
    after = await stored(database)
    assert [row[1] for row in after] == sorted(f"SF{n}" for n in range(count) if n % 50)
    assert {row[5] for row in after} == {"unreachable"}
