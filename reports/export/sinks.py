"""Export sinks: a workbook or CSV files; both take the same rows in the same order."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from domain.figures.export import ExportFormat, ExportRequest
from domain.figures.maturity import Cohort
from domain.figures.summary import Summary
from domain.surveys.survey import localize
from reports.export.cells import Value
from reports.export.columns import ExportReader, list_headings, list_values
from reports.export.csv_files import CsvFiles
from reports.export.figure_rows import list_figure_rows
from reports.export.figures_sheet import FiguresSheet, TitleBlock, list_plain_headings, list_plain_values
from reports.export.tables import FIGURES, list_table_columns
from reports.export.workbook import Workbook
from reports.wording.wording import format_growing

WORKBOOK_NAME = "export.xlsx"


_COHORTS = tuple(one for one in Cohort if one is not Cohort.FILED)
"""What the figures wait for: answers, complaints, what is decided about them."""


class Sink:
    """What both formats share: the columns of every table, and the number of rows. Use as a context manager."""

    def __init__(
        self, file: AbstractContextManager[object], reader: ExportReader, scored: Sequence[str], wanted: ExportRequest
    ) -> None:
        self._file, self.reader, self.scored, self.wanted = file, reader, scored, wanted
        self.columns = list_table_columns(scored, quoted=wanted.words)
        self.rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.__exit__(kind, error, trace)

    def add(self, table: str, rows: Sequence[object]) -> None:
        """Add these rows of `domain.figures.export`. Raises reports.export.workbook.TooManyRowsError when the sheet is full."""
        for row in rows:
            self.put(table, list_values(self.columns[table], row, self.reader))
        self.rows += len(rows)

    def put(self, table: str, row: Sequence[Value]) -> None:
        """Write one row of a table. Raises NotImplementedError here: each format has its own."""
        raise NotImplementedError

    def figures(self, summary: Summary, now: datetime) -> None:
        """Write the figures, once every row was added. Raises NotImplementedError here: each format has its own."""
        raise NotImplementedError

    def head(self, summary: Summary, now: datetime) -> TitleBlock:
        """The title block of the figures: whose, when, what of them still grows, how to read them."""
        say, period, company = self.reader.say, self.wanted.period, self.reader.company
        departments = self.wanted.departments
        named = ", ".join(map(self.reader.department, departments)) if departments else say("export-all")
        name = localize(company.identity.name, self.reader.language)
        at = f"{self.reader.moment(now):%Y-%m-%d %H:%M}"
        return TitleBlock(
            (
                say("export-title", company=name, first=period.first.isoformat(), last=period.last.isoformat()),
                say("export-asof", at=at, zone=company.identity.timezone, departments=named),
                *((growing,) if (growing := format_growing(say, summary.growing, _COHORTS)) else ()),
                *((say("export-note-empty"),) if not self.rows else ()),
                say("export-note"),
                say("export-note-priorities"),
            )
        )


class _WorkbookSink(Sink):
    def __init__(self, folder: Path, reader: ExportReader, scored: Sequence[str], wanted: ExportRequest) -> None:
        self._book = Workbook(folder / WORKBOOK_NAME, folder)
        super().__init__(self._book, reader, scored, wanted)
        self._figures = FiguresSheet(self._book, reader)
        for table, columns in self.columns.items():
            self._book.begin(table, reader.say(f"export-sheet-{table}"), list_headings(columns, reader))

    def put(self, table: str, row: Sequence[Value]) -> None:
        self._book.add(table, row)

    def figures(self, summary: Summary, now: datetime) -> None:
        self._figures.write(
            self.head(summary, now), list_figure_rows(summary, self.reader, self.scored), summary.now.strata
        )


class _CsvSink(Sink):
    def __init__(self, folder: Path, reader: ExportReader, scored: Sequence[str], wanted: ExportRequest) -> None:
        self._files = CsvFiles(folder)
        super().__init__(self._files, reader, scored, wanted)
        for table, columns in self.columns.items():
            self._files.begin(table, [one.words for one in list_headings(columns, reader)])

    def put(self, table: str, row: Sequence[Value]) -> None:
        self._files.add(table, row)

    def figures(self, summary: Summary, now: datetime) -> None:
        del now  # a table has no title
        self._files.begin(FIGURES, list_plain_headings(self.reader))
        for row in list_figure_rows(summary, self.reader, self.scored):
            self._files.add(FIGURES, list_plain_values(row, self.reader))


def open_sink(folder: Path, reader: ExportReader, scored: Sequence[str], wanted: ExportRequest) -> Sink:
    """A sink in this folder: the file WORKBOOK, or one CSV file per table."""
    kind = _CsvSink if wanted.form is ExportFormat.CSV else _WorkbookSink
    return kind(folder, reader, scored, wanted)
