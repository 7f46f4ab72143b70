"""Export writer: reads batch by batch over its own connection, writes row by row. Run by a helper process, and by `huifang export`.

1. One file shows one moment: a single reading transaction, whatever is written meanwhile.
2. Memory stays small for any period: no table is ever held whole.
3. Files are in a folder only we can read; the next process removes one that a killed process left behind.
"""

import asyncio
import os
import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from bot.clock import Clock
from bot.drawing.export_source import ExportSource, MadeExport
from domain.company import Company
from domain.figures.export import ExportFormat, ExportRequest
from domain.figures.maturity import compute_terms
from domain.surveys.survey import Survey
from reports.export.columns import ExportReader
from reports.export.csv_files import zip_folder
from reports.export.sinks import WORKBOOK_NAME, Sink, open_sink
from reports.export.tables import CASES, DAYS, PROCESS, PROMISES, RESPONSES
from reports.export.workbook import TooManyRowsError
from storage.engine.crypto import Keyring
from storage.engine.database import Database, Tx
from storage.figures import exported_cases, exports, figures
from storage.figures.figures import FigureQuery
from storage.surveys import ratings
from texts import Texts

LIMIT_BYTES = 50_000_000
"""Bytes of the largest file a bot may upload (50 MB, Bot API)."""

FOLDER_PREFIX, ZIP_NAME = "huifang-export-", "export.zip"


def make_export(source: ExportSource, wanted: ExportRequest, language: str) -> MadeExport:
    """The file of an export requested in the chat. Blocking; for the helper process."""
    remove_stale_folders()
    folder = Path(tempfile.mkdtemp(prefix=f"{FOLDER_PREFIX}{os.getpid()}-"))
    path = folder / ("export.zip" if wanted.form is ExportFormat.CSV else "export.xlsx")
    said: dict[str, str | int] = {
        "first": wanted.period.first.isoformat(),
        "last": wanted.period.last.isoformat(),
        "code": wanted.period.code,
    }
    try:
        asyncio.run(write_export(source, wanted, language, path, path.suffix))
        size = path.stat().st_size
        if size <= LIMIT_BYTES:
            return MadeExport(path)
        instead = Texts(own=source.company.wording).html(language, "export-too-big", said | {"size": round(size / 1e6)})
    except TooManyRowsError:
        instead = Texts(own=source.company.wording).html(language, "export-too-many", said)
    except BaseException:
        shutil.rmtree(folder)
        raise
    shutil.rmtree(folder)
    return MadeExport(None, instead)


async def write_export(source: ExportSource, wanted: ExportRequest, language: str, path: Path, kind: str) -> int:
    """Write the export to `path`; returns the number of rows.

    `kind`: .xlsx is a workbook, .zip and `folder` are CSV files, .csv is the responses alone. Raises TooManyRowsError when a sheet is
    full, OSError when the file cannot be written.
    """
    database = Database(source.database, Keyring(source.secrets))
    try:
        async with database.read() as tx:
            now = Clock(source.clock).now()
            surveys = await ratings.list_surveys(tx)
            scored = sorted({*await exports.list_score_keys(tx, wanted), figures.OVERALL})
            reader = _make_reader(source.company, language, surveys)
            with tempfile.TemporaryDirectory(prefix=f"{FOLDER_PREFIX}{os.getpid()}-") as folder:
                with open_sink(Path(folder), reader, scored, wanted) as into:
                    await _fill_tables(tx, into, wanted, now)
                    wish = FigureQuery(wanted.period, departments=wanted.departments)
                    into.figures(await figures.fetch_summary(tx, wish, now, compute_terms(source.company)), now)
                _hand_over(Path(folder), path, kind)
            return into.rows
    finally:
        await database.close()


def _hand_over(folder: Path, path: Path, kind: str) -> None:
    """Move what was written to where it was wanted, all or nothing: if that fails, what was there before stays.

    It is personal data, so that it is its owner's alone wherever it lies.
    """
    if kind == ".zip":
        zip_folder(folder, folder / ZIP_NAME)
    for file in folder.glob("*.*"):
        file.chmod(0o600)
    match kind:
        case ".xlsx":
            shutil.move(folder / WORKBOOK_NAME, path)
        case ".zip":
            shutil.move(folder / ZIP_NAME, path)
        case ".csv":
            shutil.move(folder / f"{RESPONSES}.csv", path)
        case _:
            path.mkdir(parents=True, exist_ok=True)
            for file in folder.glob("*.csv"):
                shutil.move(file, path / file.name)


async def _fill_tables(tx: Tx, into: Sink, wanted: ExportRequest, now: datetime) -> None:
    """Fill every table, batch by batch."""
    async for responses in exports.stream_responses(tx, wanted):
        into.add(RESPONSES, responses)
    async for cases in exported_cases.stream_cases(tx, wanted, now):
        into.add(CASES, [case for case, _ in cases])
        into.add(PROCESS, [step for _, steps in cases for step in steps])
    async for promises in exported_cases.stream_deadlines(tx, wanted, now):
        into.add(PROMISES, promises)
    anonymous = {name for name, survey in into.reader.surveys.items() if survey.anonymous}
    async for days in exports.stream_days(tx, wanted, anonymous):
        into.add(DAYS, days)


def _make_reader(company: Company, language: str, surveys: dict[str, Survey]) -> ExportReader:
    texts = Texts(own=company.wording)

    def say(key: str, /, **args: str | int) -> str:
        return texts.plain(language, key, args)

    return ExportReader(say, language, company, surveys)


def remove_stale_folders() -> None:
    """Remove the folders of processes that are gone."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER_PREFIX}*"):
        owner = folder.name.removeprefix(FOLDER_PREFIX).partition("-")[0]
        if owner.isdecimal() and not _is_alive(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
