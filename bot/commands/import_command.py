"""Batch import (`huifang import`): a delivery file taken in piece by piece, one short transaction each, with or without a running bot.

1. It can be stopped at any moment and run again: a waybill already taken in from this source stays unchanged, or is corrected.
2. Refused rows are in FILE.rejected.csv as they were written, with line and reason; that file can be corrected and imported itself.
3. A running bot writes to the same SQLite file: between two pieces there is room for it.
"""

import asyncio
import csv
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.clock import Clock, Ids
from bot.commands.operator_commands import open_database
from bot.commands.table_files import UnreadableFileError, open_table
from bot.company.company import load_company
from bot.settings import Settings
from domain.deliveries.cells import FORMULA, Cell, Unclear, text_of
from domain.deliveries.columns import Columns, understand
from handlers.deliveries.importing import FileRow, IngestedRow, RowReader, ingest_rows, is_empty
from handlers.turns.services import Services
from storage.engine.database import Database
from texts import Texts

ROWS_PER_TRANSACTION = 250
"""Rows per transaction: about 30 ms in which nobody else writes."""

ROOM = 0.01
"""Seconds between two pieces in which another process can begin to write to SQLite: half of its writes then wait under 5 ms (measured)."""

LINE, REASON = "line", "reason"
"""The headings added to the file of refused rows."""


class ImportEndedError(Exception):
    """The import was stopped before the end of the file; the message says how far it got."""


async def import_file(settings: Settings, path: Path, source: str, sheet: str | None = None) -> Counter[str]:
    """How many rows were accepted, unchanged, updated and refused.

    Raises:
        UnreadableFileError: when the file, or its headings, cannot be used.
        ImportEndedError: when it was stopped before the end of the file.
        Mistakes: when the company's file is wrong.
        CannotOpenError: when the database's file cannot be opened.
    """
    company = load_company(settings.config)
    own, texts = company.importing.columns, Texts(own=company.wording)
    table = open_table(path, lambda headings: len(understand(headings, own, texts.vocabulary.headings).places), sheet)
    columns = _complete(path, understand(table.headings, own, texts.vocabulary.headings))
    if table.remark:
        sys.stderr.write(f"{table.remark}\n")
    counts: Counter[str] = Counter()
    async with open_database(settings) as database:
        services = Services(company, {}, texts, database.keyring, {}, "", Ids().next)
        clock, reader = Clock(settings.clock), RowReader(columns, company, texts.vocabulary)
        with RejectedFile(path, columns.headings) as rejected, _open_progress_bar() as progress:
            task = progress.add_task(path.name, total=table.total)
            for piece in _split_into_pieces(table.rows):
                try:
                    taken = await _take_in_piece(database, services, source, reader, piece, clock.now())
                except asyncio.CancelledError:
                    raise ImportEndedError(
                        f"ended after {sum(counts.values())} rows; run it again: nothing comes in twice"
                    ) from None
                counts.update(one.status for one in taken)
                rejected.add([one for one in taken if one.status == "refused"])
                progress.advance(task, len(piece))
    return counts


def name_rejected_file(path: Path) -> Path:
    return path.with_name(path.name + ".rejected.csv")


def format_counts(counts: Counter[str], path: Path) -> str:
    """The closing line of the import."""
    named = ", ".join(f"{counts[status]} {status}" for status in ("accepted", "unchanged", "updated", "refused"))
    where = f"; see {name_rejected_file(path)}" if counts["refused"] else ""
    return f"{sum(counts.values())} rows: {named}{where}"


async def _take_in_piece(
    database: Database, services: Services, source: str, reader: RowReader, piece: Sequence[FileRow], now: datetime
) -> list[IngestedRow]:
    read = [reader.read(line) for line in piece if not is_empty(line.cells)]
    async with database.begin() as tx:
        taken = await ingest_rows(tx, services, source, reader, read, now)
    if database.is_sqlite:
        await asyncio.sleep(ROOM)
    return taken


def _split_into_pieces(rows: Iterator[FileRow]) -> Iterator[list[FileRow]]:
    while piece := list(islice(rows, ROWS_PER_TRANSACTION)):
        yield piece


def _complete(path: Path, columns: Columns) -> Columns:
    """What the headings mean. Raises UnreadableFileError when a required column is missing."""
    if columns.missing:
        headings = ", ".join(heading for heading in columns.headings if heading) or "none"
        why = f"has no column for {' and '.join(columns.missing)}; its columns are: {headings}"
        raise UnreadableFileError(f"{path} {why}. Say in [import.columns] of huifang.toml which is which")
    return columns


def _open_progress_bar() -> Progress:
    """A progress bar on standard error, shown on a terminal only."""
    console = Console(stderr=True)
    parts = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*parts, console=console, disable=not console.is_terminal, transient=True)


class RejectedFile(AbstractContextManager["RejectedFile"]):
    """The file of refused rows: created only if there are any, complete after each piece, harmless in a spreadsheet."""

    def __init__(self, path: Path, headings: Sequence[str]) -> None:
        self._path = name_rejected_file(path)
        # If the file is itself one of refused rows, its old lines and reasons are dropped.
        self._known = len(headings)
        self._headings = list(headings[:-2] if tuple(headings[-2:]) == (LINE, REASON) else headings)
        self._file: IO[str] | None = None

    def __enter__(self) -> Self:
        self._path.unlink(missing_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, refused: Sequence[IngestedRow]) -> None:
        if not refused:
            return
        fresh = self._file is None
        if self._file is None:
            self._path.touch(0o600)  # the rows are customers'
            self._file = self._path.open("w", encoding="utf-8-sig", newline="")
        writer = csv.writer(self._file)
        if fresh:
            writer.writerow(map(escape_formula, [*self._headings, LINE, REASON]))
        for row in refused:
            cells = [_format_cell(cell) for cell in row.line.cells]
            own = [*cells[: len(self._headings)], *[""] * (len(self._headings) - len(cells))]
            writer.writerow(map(escape_formula, [*own, str(row.line.number), row.why, *cells[self._known :]]))
        self._file.flush()


def escape_formula(text: str) -> str:
    """Text that no spreadsheet takes for a formula; `domain.deliveries.cells.text_of` reads it back unchanged."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def _format_cell(cell: Cell) -> str:
    try:
        return cell if isinstance(cell, str) else text_of(cell)
    except Unclear:
        return str(cell)
