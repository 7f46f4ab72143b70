"""An export: the tables in one file, of one moment, with figures that the file's own formulas find again."""

import asyncio
import csv
import io
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.clock import Clock
from bot.drawing.export_source import ExportSource
from bot.drawing.export_writer import make_export, write_export
from domain.figures.export import ExportFormat, ExportRequest
from domain.figures.period import parse_period
from storage.engine.database import Database
from storage.models import metadata
from storage.surveys import ratings
from tests.harness.databases import SECRET
from tests.harness.export_rows import COMPANY, NOW, write_october
from tests.harness.formula_calculator import CalculatedWorkbook
from tests.harness.libreoffice import needs_libreoffice, recalculate

OCTOBER = parse_period("2026-10", NOW, COMPANY.zone)
CHECK = 12
SHEETS = ["Figures", "Responses", "Cases", "Process", "Deadlines", "Deliveries"]


@pytest.fixture
async def source(database: Database) -> ExportSource:
    """A database of a made-up October."""
    async with database.begin() as tx:
        for survey in COMPANY.surveys.values():
            await ratings.record_survey(tx, survey, NOW)
    await write_october(database)
    return ExportSource(database.address, (SECRET,), COMPANY)


async def taken(source: ExportSource, path: Path, language: str = "en", **more: Any) -> Path:  # noqa: ANN401 -- fields of Wanted
    form = ExportFormat.XLSX if path.suffix == ".xlsx" else ExportFormat.CSV
    fields: dict[str, Any] = {"form": form, "words": True} | more
    await write_export(source, ExportRequest(OCTOBER, **fields), language, path, path.suffix or "folder")
    return path


def figures(path: Path, sheet: str = "Figures") -> list[tuple[Any, ...]]:
    """Name, count, n, value, and the same reckoned from the other sheets, and whether they agree; of every figure that is counted again."""
    sheets = CalculatedWorkbook(path)
    worksheet = sheets.book[sheet]
    head = next(row for row in range(1, 20) if worksheet.cell(row, CHECK).value is not None)
    rows = []
    for row in range(head + 1, worksheet.max_row + 1):
        if worksheet.cell(row, CHECK).value is None:
            continue
        cells = [sheets.of(sheet, row, column) for column in (1, 2, 3, 5, 9, 10, 11, CHECK)]
        rows.append(tuple(cells))
    return rows


@pytest.mark.parametrize("departments", [None, ("transport",)])
async def test_every_figure_is_found_again_in_the_rows(
    source: ExportSource, tmp_path: Path, departments: tuple[str, ...] | None
) -> None:
    """Each formula, reckoned by other means from the other sheets, gives what our functions counted; a department's too."""
    rows = figures(await taken(source, tmp_path / "x.xlsx", departments=departments))
    assert len(rows) > 30
    assert [row for row in rows if row[-1] is not True] == []
    for name, part, n, value, live_part, live_n, live_value, _ in rows:
        assert (part or 0, n or 0) == (live_part or 0, live_n or 0), name
        assert live_value in {None, ""} if value is None else live_value == pytest.approx(value, abs=1e-9), name
    _, part, n, value, *_ = next(row for row in rows if row[0].startswith("Satisfaction"))
    assert value != pytest.approx(part / n), "the priorities weigh differently"


@needs_libreoffice
@pytest.mark.one_engine
async def test_a_spreadsheet_program_reckons_the_same(source: ExportSource, tmp_path: Path) -> None:
    """LibreOffice, given the formulas without their values, finds the values that we stored; every check is true."""
    path = await taken(source, tmp_path / "x.xlsx")
    formulas, stored = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    reckoned = openpyxl.load_workbook(recalculate(path, tmp_path), data_only=True)
    cells = [
        (sheet.title, cell.row, cell.column)
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert len(cells) > 150
    for sheet, row, column in cells:
        ours, theirs = stored[sheet].cell(row, column).value, reckoned[sheet].cell(row, column).value
        expected = pytest.approx(ours, abs=1e-9) if isinstance(ours, float | int) else ours or None
        assert (theirs or None if expected is None else theirs) == expected, (sheet, row, column)
    checks = [reckoned[sheet].cell(row, column).value for sheet, row, column in cells if column == CHECK]
    assert len(checks) > 30
    assert set(checks) == {True}


@pytest.mark.one_engine
async def test_a_changed_row_changes_its_figure(source: ExportSource, tmp_path: Path) -> None:
    """The formulas are live, and so is the check: one rating made worse, and it no longer agrees."""
    path = await taken(source, tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["Responses"]
    head = {cell.value: cell.column for cell in sheet[1]}
    row = next(
        n
        for n in range(2, sheet.max_row + 1)
        if sheet.cell(n, head["Overall"]).value == 5 and sheet.cell(n, head["Counts in the ratings"]).value
    )
    sheet.cell(row, head["Overall"]).value = 1
    book.save(path)
    changed = {found[0]: found[-1] for found in figures(path)}
    assert changed["Ratings of 5"] is False
    assert changed["Satisfaction (ratings 4 and 5, weighted)"] is False
    assert changed["Ratings of 3"] is True


@pytest.mark.one_engine
async def test_a_spreadsheet_sees_types(source: ExportSource, tmp_path: Path) -> None:
    """Moments are dates of the company's clock, scores numbers, yes and no booleans; nobody's words are a formula."""
    book = openpyxl.load_workbook(await taken(source, tmp_path / "x.xlsx"))
    assert book.sheetnames == SHEETS
    for name in SHEETS[1:]:
        sheet = book[name]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, sheet.max_column).column_letter}{max(sheet.max_row, 2)}"
        assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert book["Figures"].freeze_panes == "B6"
    responses = _rows(book["Responses"])
    assert all(isinstance(row["Delivered"], datetime | None) for row in responses)
    assert {type(row["Overall"]) for row in responses} == {int}
    assert {type(row["Entered on behalf"]) for row in responses} == {bool}
    assert {"=1+1", "<r>x</r>", "a\nb", "https://example.com"} <= {row["In the customer's words"] for row in responses}
    assert {row["Reasons ticked"] for row in responses} == {None, "Lost or short; Damaged"}
    assert "=k19" in {row["Courier"] for row in responses}
    process = _rows(book["Process"])
    assert {row["By"] for row in process} == {"=Li", "Zhao", "the customer"}
    assert "Root cause: =rain" in str([row["With"] for row in process])


@pytest.mark.one_engine
async def test_a_running_month_says_until_when_it_grows(source: ExportSource, tmp_path: Path) -> None:
    """Above the figures, in the words of the summary, and on each of them in a column; the formulas still find everything."""
    path = tmp_path / "x.xlsx"
    month = parse_period("month", Clock().now(), COMPANY.zone)
    await write_export(source, ExportRequest(month), "en", path, path.suffix)
    sheet = openpyxl.load_workbook(path)["Figures"]
    assert re.fullmatch(
        r"Still growing: answers until [\d-]+, complaints until .+, valid .+, handling .+, reopened .+",
        sheet["A3"].value,
    )
    assert [row for row in figures(path) if row[-1] is not True] == []
    head = next(row for row in range(1, 20) if sheet.cell(row, CHECK).value == "Agree")
    assert sheet.cell(head, CHECK + 1).value == "Grows until"
    answers = sheet["A3"].value.split("answers until ")[1].partition(",")[0]
    assert sheet.cell(head + 1, 1).value.startswith("Satisfaction")
    assert f"{sheet.cell(head + 1, CHECK + 1).value:%Y-%m-%d}" == answers
    folder = tmp_path / "csv"
    await write_export(source, ExportRequest(month, form=ExportFormat.CSV), "en", folder, "folder")
    rows = _read_figures(folder)
    assert list(rows[0])[-2:] == ["Says", "Grows until"]
    assert rows[0]["Grows until"] == answers
    assert all(re.fullmatch(r"[\d-]{10}", row["Grows until"]) or " now" in row["Figure"] for row in rows)


@pytest.mark.one_engine
async def test_a_complete_month_grows_no_more(source: ExportSource, tmp_path: Path) -> None:
    """The column stands there, and is empty."""
    long_ago = parse_period("2025-01", NOW, COMPANY.zone)
    folder = tmp_path / "csv"
    await write_export(source, ExportRequest(long_ago, form=ExportFormat.CSV), "en", folder, "folder")
    assert {row["Grows until"] for row in _read_figures(folder)} == {""}


def _read_figures(folder: Path) -> list[dict[str, str]]:
    raw = (folder / "figures.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(raw, newline="")))


@pytest.mark.one_engine
async def test_nobody_is_named(source: ExportSource, tmp_path: Path) -> None:
    """Customers' names, phones and contacts are in no cell; their words only where they were wanted."""
    for words in (True, False):
        with zipfile.ZipFile(await taken(source, tmp_path / "x.zip", words=words)) as archive:
            everything = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8-sig")
        for secret in ("王小明", "13800138000", "13900000000", "Customer Wang"):
            assert secret not in everything
        for quoted in ("很好，谢谢", "my own words", "HYPERLINK"):
            assert (quoted in everything) is words


@pytest.mark.one_engine
async def test_a_department_gets_its_own(source: ExportSource, tmp_path: Path) -> None:
    """Every row of every table, and the title."""
    book = openpyxl.load_workbook(await taken(source, tmp_path / "x.xlsx", departments=("transport",)))
    for name in ("Responses", "Cases", "Deadlines", "Deliveries"):
        assert {row["Department"] for row in _rows(book[name])} == {"Transport"}
    numbers = {row["Case"] for row in _rows(book["Cases"])}
    assert {row["Case"] for row in _rows(book["Process"])} == numbers
    assert "Transport" in book["Figures"]["A2"].value


@pytest.mark.one_engine
async def test_a_chinese_reader_reads_chinese(source: ExportSource, tmp_path: Path) -> None:
    """Sheets, headings, words; and the formulas still find everything."""
    path = await taken(source, tmp_path / "x.xlsx", "zh")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["指标", "评价", "工单", "过程", "期限", "配送"]
    assert {"总体", "运输时效"} <= {cell.value for cell in book["评价"][1]}
    rows = figures(path, "指标")
    assert [row for row in rows if row[-1] is not True] == []


@pytest.mark.one_engine
async def test_csv_is_as_the_rfc_says(source: ExportSource, tmp_path: Path) -> None:
    """A mark at the beginning, CRLF, a rectangle; the same rows as the workbook; formulas harmless, numbers numbers."""
    folder = await taken(source, tmp_path / "csv")
    book = openpyxl.load_workbook(await taken(source, tmp_path / "x.xlsx"))
    assert {one.name for one in folder.iterdir()} == {f"{name.lower()}.csv" for name in SHEETS}
    for name in SHEETS[1:]:
        raw = (folder / f"{name.lower()}.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
        assert len({len(row) for row in rows}) == 1
        assert len(rows) == len(list(book[name].iter_rows()))
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@", "\t"))]
    responses = list(
        csv.DictReader(io.StringIO((folder / "responses.csv").read_bytes().decode("utf-8-sig"), newline=""))
    )
    assert {row["Courier"] for row in responses} == {"k17", "k18", "'=k19"}
    assert {row["Overall"] for row in responses} <= set("12345")
    alone = await taken(source, tmp_path / "alone.csv")
    assert alone.read_bytes() == (folder / "responses.csv").read_bytes()


@pytest.mark.one_engine
async def test_an_empty_period_says_so(database: Database, tmp_path: Path) -> None:
    """A file with headings, figures without values, and a sentence."""
    source = ExportSource(database.address, (SECRET,), COMPANY)
    path = await taken(source, tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(path)
    assert any("Nothing happened" in str(row[0].value) for row in book["Figures"].iter_rows(max_row=5))
    assert book["Responses"].max_row == 1
    assert [row for row in figures(path) if row[-1] is not True] == []


@pytest.mark.one_engine
async def test_the_file_of_the_chat(source: ExportSource, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It lies in a folder of its own that is ours alone; what a dead process left is removed; what is too big is said instead."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left = tmp_path / "huifang-export-999999999-x"
    left.mkdir()
    made = await asyncio.to_thread(make_export, source, ExportRequest(OCTOBER), "en")
    assert made.path is not None
    assert made.path.parent.stat().st_mode & 0o77 == 0
    assert not left.exists()
    assert [name for name in os.listdir(tmp_path) if name.startswith("huifang-export")] == [made.path.parent.name]  # noqa: PTH208 -- quick
    monkeypatch.setattr("bot.drawing.export_writer.LIMIT_BYTES", 10)
    made = await asyncio.to_thread(make_export, source, ExportRequest(OCTOBER), "en")
    assert made.path is None
    assert "huifang export 2026-10" in made.instead


MEASURE = """
import asyncio, sys
from pathlib import Path
from bot.drawing.export_source import ExportSource
from bot.drawing.export_writer import write_export
from domain.figures.export import ExportRequest
from domain.figures.period import parse_period
from storage.engine.address import Address
from tests.harness.export_rows import COMPANY, NOW
wanted = ExportRequest(parse_period("2026-10", NOW, COMPANY.zone), words=True)
asyncio.run(write_export(ExportSource(Address(sys.argv[1]), (sys.argv[2],), COMPANY), wanted, "en", Path(sys.argv[3]), ".xlsx"))
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read from Linux")
@pytest.mark.prove
async def test_memory_does_not_grow_with_the_rows(database: Database, tmp_path: Path) -> None:
    """Ten times the rows, measured in processes of their own: a few megabytes more."""
    url = database.engine.url.render_as_string(hide_password=False)
    peaks = []
    for seed, deliveries in ((1, 500), (2, 12_000)):
        async with database.begin() as tx:
            for table in reversed(metadata.sorted_tables):
                if table.name in {"answers", "invitations", "deliveries", "people", "delivery_totals", "rating_totals"}:
                    await tx.execute(table.delete())
        await write_october(database, deliveries, 0, seed=seed)
        env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
        command = [sys.executable, "-c", MEASURE, url, SECRET, str(tmp_path / "x.xlsx")]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=env)  # noqa: ASYNC221 -- measured alone
        peaks.append(int(done.stdout))
    few, many = (peak / 1024 for peak in peaks)
    assert many - few < 25
    assert many < 250


def _rows(sheet: Any) -> list[dict[str, Any]]:  # noqa: ANN401 -- the library has no types
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]
