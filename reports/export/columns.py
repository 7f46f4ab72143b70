"""Export columns: what each is called, its kind, and how it is read from a row, in one reader's language.

`docs/export.md` describes each column. Colleagues are named, customers never.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.company import Company
from domain.surveys.survey import Survey, localize
from reports.export.cells import ColumnKind, Value, to_company_time
from reports.export.workbook import Heading

Say = Callable[..., str]


@dataclass(frozen=True, slots=True)
class ExportReader:
    """The reader's context: the words of one language, the company's names and clock, and every version of the surveys."""

    say: Say
    language: str
    company: Company
    surveys: Mapping[str, Survey]

    def department(self, key: str) -> str:
        return self.company.department_name(key, self.language)

    def category(self, key: str) -> str:
        category = self.company.categories.get(key)
        return localize(category.name, self.language) if category else key

    def reason(self, category: str, key: str) -> str:
        entry = self.company.categories.get(category)
        reason = entry.reasons.get(key) if entry else None
        return localize(reason.name, self.language) if reason else key

    def moment(self, at: datetime | None) -> datetime | None:
        return to_company_time(at, self.company.zone) if at is not None else None


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """`heading` is what the column is called, where that is not the text of its name."""

    name: str
    kind: ColumnKind
    width: float
    read: Callable[[Any, ExportReader], Value]
    heading: Callable[[ExportReader], str] | None = None


def list_headings(columns: Sequence[ExportColumn], reader: ExportReader) -> list[Heading]:
    return [Heading(one.name, _find_heading(one, reader), one.kind, one.width) for one in columns]


def list_values(columns: Sequence[ExportColumn], row: object, reader: ExportReader) -> list[Value]:
    return [one.read(row, reader) for one in columns]


def _find_heading(column: ExportColumn, reader: ExportReader) -> str:
    if column.heading is not None:
        return column.heading(reader)
    return reader.say(f"export-column-{column.name.replace('_', '-')}")


# --- columns that are a field of their row ---------------------------------------------------------------------------


def text_column(name: str, width: float = 14) -> ExportColumn:
    return ExportColumn(name, ColumnKind.TEXT, width, lambda row, _reader: str(getattr(row, name)))


def yes_column(name: str, field: str = "") -> ExportColumn:
    return ExportColumn(name, ColumnKind.YES_NO, 11, lambda row, _reader: getattr(row, field or name))


def number_column(name: str) -> ExportColumn:
    return ExportColumn(name, ColumnKind.NUMBER, 10, lambda row, _reader: getattr(row, name))


def moment_column(name: str) -> ExportColumn:
    return ExportColumn(name, ColumnKind.MOMENT, 17, lambda row, reader: reader.moment(getattr(row, name)))


def hours_column(name: str) -> ExportColumn:
    """A field of seconds, shown as hours."""

    def read(row: Any, _reader: ExportReader) -> Value:  # noqa: ANN401 -- a row with such a field
        seconds = getattr(row, name)
        return seconds / 3600 if seconds is not None else None

    return ExportColumn(f"{name}_hours", ColumnKind.HOURS, 11, read)


DEPARTMENT_COLUMN = ExportColumn(
    "department", ColumnKind.TEXT, 16, lambda row, reader: reader.department(row.department)
)
PLACE_COLUMNS = (
    text_column("courier"),
    text_column("route"),
    text_column("station"),
    text_column("service"),
    text_column("priority", 8),
    text_column("customer_type"),
)
