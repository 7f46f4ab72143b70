"""File import of deliveries: each row becomes an item as the HTTP interface accepts it, or a reason in the file's own terms.

How a row is read (departments by name, languages by name, priorities by digit) is decided here; whether it is a valid
delivery is decided where all deliveries come in, `handlers/deliveries/deliveries.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from domain.company import Company
from domain.deliveries.cells import Cell, Unclear, moment_of, number_of, text_of
from domain.deliveries.columns import Columns, Field, plain
from domain.vocabulary import Vocabulary
from handlers.deliveries import deliveries
from handlers.deliveries.items import ItemError
from handlers.deliveries.phone_numbers import normalise_phone
from handlers.turns.services import Services
from storage.engine.database import Tx

_ITEM_PATHS: Mapping[Field, tuple[str, ...]] = {
    Field.WAYBILL: ("waybill",),
    Field.DELIVERED_AT: ("delivered_at",),
    Field.PHONE: ("customer", "phone"),
    Field.REF: ("customer", "ref"),
    Field.NAME: ("customer", "name"),
    Field.TYPE: ("customer", "type"),
    Field.LANGUAGE: ("customer", "language"),
    Field.DEPARTMENT: ("department",),
    Field.COURIER_ID: ("courier", "id"),
    Field.COURIER_NAME: ("courier", "name"),
    Field.ROUTE: ("route",),
    Field.STATION: ("station",),
    Field.SERVICE: ("service",),
    Field.PRIORITY: ("priority",),
    Field.DECLARED_VALUE: ("declared_value",),
}
"""The path of each field in an item."""

_FIELDS_BY_POINTER = {"/" + "/".join(place): field for field, place in _ITEM_PATHS.items()}
_NUMBER_FIELDS = frozenset({Field.WAYBILL, Field.PHONE, Field.REF})


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row of the file and the line (from 1) on which it begins."""

    number: int
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as an item, or everything in it that cannot be read."""

    line: FileRow
    item: dict[str, Any]
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IngestedRow:
    """What became of a row: the status as in `handlers.deliveries.deliveries.ItemReply`, and why it was refused."""

    line: FileRow
    status: str
    why: str = ""


class RowReader:
    """Reads the rows of one file, for one company, in the words of all languages."""

    def __init__(self, columns: Columns, company: Company, vocabulary: Vocabulary) -> None:
        self._columns = columns
        self._vocabulary = vocabulary
        self._formats = company.importing.date_formats
        self._zone: tzinfo = ZoneInfo(company.importing.timezone) if company.importing.timezone else company.zone
        named = {plain(name): key for key, one in company.departments.items() for name in one.name.values()}
        self._departments = named | {plain(key): key for key in company.departments}

    def read(self, line: FileRow) -> ReadRow:
        cells, errors = line.cells, list[str]()
        item: dict[str, Any] = {"customer": {}, "courier": {}}
        if any(_has_content(cell) for cell in cells[len(self._columns.headings) :]):
            errors.append("has more cells than there are headings; what contains the separator needs quotation marks")
        for field, places in self._columns.places.items():
            cell = next((cells[place] for place in places if place < len(cells) and _has_content(cells[place])), None)
            if cell is None:
                continue
            try:
                value = self._parse_value(field, cell)
            except Unclear as error:
                errors.append(f"{self._columns.name_field(field)}: {error}")
                continue
            *above, name = _ITEM_PATHS[field]
            target: dict[str, Any] = item[above[0]] if above else item
            target[name] = value
        return ReadRow(line, item, tuple(errors))

    def why(self, errors: Sequence[ItemError]) -> str:
        """Why an item was refused, with the file's own headings."""
        return "; ".join(f"{self._name_field(one.at)}: {one.why}" if one.at else one.why for one in errors)

    def _name_field(self, pointer: str) -> str:
        if pointer == "/customer":
            return " / ".join(
                self._columns.name_field(one) for one in (Field.PHONE, Field.REF) if one in self._columns.places
            )
        field = _FIELDS_BY_POINTER.get(pointer)
        return self._columns.name_field(field) if field is not None else pointer.strip("/")

    def _parse_value(self, field: Field, cell: Cell) -> str | datetime:
        """The value of a cell for this field. Raises Unclear when it cannot be used."""
        if field is Field.DELIVERED_AT:
            return moment_of(cell, self._zone, self._formats, self._vocabulary.written)
        text = number_of(cell) if field in _NUMBER_FIELDS else text_of(cell)
        match field:
            case Field.PHONE if "*" in text:
                raise Unclear("is masked; nobody can be recognised by a number with asterisks")
            case Field.LANGUAGE:
                return self._vocabulary.called.get(plain(text), text)
            case Field.PHONE if text.startswith("+") and normalise_phone(text, "", checks_country=True) is None:
                raise Unclear("no country has such a number; write it like +8613800138000")
            case Field.DEPARTMENT:
                return self._parse_department(text)
            case Field.PRIORITY:
                return f"P{text}" if text in {"1", "2", "3", "4"} else text.upper()
            case _:
                return text

    def _parse_department(self, text: str) -> str:
        """The key of the department. Raises Unclear for one that the company does not have: its figures would be nobody's."""
        key = self._departments.get(plain(text))
        if key is None:
            known = ", ".join(dict.fromkeys(self._departments.values()))
            raise Unclear(f"the company file has no department {text!r}; it has {known}")
        return key


async def ingest_rows(
    tx: Tx, services: Services, source: str, reader: RowReader, rows: Sequence[ReadRow], now: datetime
) -> list[IngestedRow]:
    """Store what is valid; what became of each row, in order."""
    good = [one for one in rows if not one.errors]
    replies = iter(await deliveries.ingest_items(tx, services, source, [one.item for one in good], now))
    taken = []
    for row in rows:
        if row.errors:
            taken.append(IngestedRow(row.line, "refused", "; ".join(row.errors)))
        else:
            reply = next(replies)
            taken.append(IngestedRow(row.line, reply.status, reader.why(reply.errors)))
    return taken


def is_empty(cells: Sequence[Cell]) -> bool:
    return not any(_has_content(cell) for cell in cells)


def _has_content(cell: Cell) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else True
