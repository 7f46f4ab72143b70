"""Columns of an export: what each is called, of what kind it is, and how it is read from a row, for somebody who reads one language.

`docs/export.md` says what each column is. Names of colleagues are shown, of customers never.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.company import Company
from domain.surveys.survey import Survey, words
from reports.export.cells import Is, Value, local
from reports.export.workbook import Heading

Say = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever reads: the words of one language, the company's names and clock, and every version of the surveys."""

    say: Say
    language: str
    company: Company
    surveys: Mapping[str, Survey]

    def department(self, key: str) -> str:
        found = self.company.departments.get(key)
        return words(found.name, self.language) if found else key

    def category(self, key: str) -> str:
        found = self.company.categories.get(key)
        return words(found.name, self.language) if found else key

    def reason(self, category: str, key: str) -> str:
        found = self.company.categories.get(category)
        reason = found.reasons.get(key) if found else None
        return words(reason.name, self.language) if reason else key

    def moment(self, at: datetime | None) -> datetime | None:
        return local(at, self.company.zone) if at is not None else None


@dataclass(frozen=True, slots=True)
class Column:
    """`heading` says what it is called where that is not the text of its name."""

    name: str
    kind: Is
    width: float
    read: Callable[[Any, Reader], Value]
    heading: Callable[[Reader], str] | None = None


def headings(columns: Sequence[Column], reader: Reader) -> list[Heading]:
    return [Heading(one.name, _called(one, reader), one.kind, one.width) for one in columns]


def values(columns: Sequence[Column], row: object, reader: Reader) -> list[Value]:
    return [one.read(row, reader) for one in columns]


def _called(column: Column, reader: Reader) -> str:
    if column.heading is not None:
        return column.heading(reader)
    return reader.say(f"export-column-{column.name.replace('_', '-')}")


# --- columns that are a field of their row ---------------------------------------------------------------------------


def text(name: str, width: float = 14) -> Column:
    return Column(name, Is.TEXT, width, lambda row, _reader: str(getattr(row, name)))


def yes(name: str, field: str = "") -> Column:
    return Column(name, Is.YES_NO, 11, lambda row, _reader: getattr(row, field or name))


def number(name: str) -> Column:
    return Column(name, Is.NUMBER, 10, lambda row, _reader: getattr(row, name))


def moment(name: str) -> Column:
    return Column(name, Is.MOMENT, 17, lambda row, reader: reader.moment(getattr(row, name)))


def hours(name: str) -> Column:
    """Seconds as hours."""

    def read(row: Any, _reader: Reader) -> Value:  # noqa: ANN401 -- a row with such a field
        seconds = getattr(row, name)
        return seconds / 3600 if seconds is not None else None

    return Column(f"{name}_hours", Is.HOURS, 11, read)


DEPARTMENT = Column("department", Is.TEXT, 16, lambda row, reader: reader.department(row.department))
PLACE = (text("courier"), text("route"), text("station"), text("service"), text("priority", 8), text("customer_type"))
