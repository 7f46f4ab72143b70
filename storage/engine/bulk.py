"""Bulk statements: many rows in one statement, compiled once per engine, its values prepared by the columns' own types.

SQLAlchemy prepares every parameter of every row anew (20 µs per row and table, measured); SQLite itself needs 5. So the tables on
the path of a press are written through `BulkStatement`, and read through `among`, which passes all keys as one parameter.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Delete,
    Dialect,
    Insert,
    String,
    Update,
    any_,
    bindparam,
    func,
    select,
)
from sqlalchemy.types import TypeEngine

from storage.engine.database import Tx

Statement = Insert | Update | Delete
_Processor = Callable[[Any], Any]


class BulkStatement:
    """An INSERT, UPDATE or DELETE for many rows; `types` are the parameters by name, in the order of a row's values."""

    def __init__(self, build: Callable[[Tx], Statement], types: Mapping[str, TypeEngine[Any]]) -> None:
        self._build, self._types = build, types
        self._ready: WeakKeyDictionary[Dialect, tuple[str, list[tuple[int, _Processor | None]]]] = WeakKeyDictionary()

    @classmethod
    def into(cls, build: Callable[[Tx], Statement], columns: Iterable[Column[Any]]) -> "BulkStatement":
        """A statement whose parameters are these columns."""
        return cls(build, {column.name: column.type for column in columns})

    async def execute(self, tx: Tx, rows: Sequence[Sequence[Any]]) -> None:
        """Run it for these rows, values in the order of `types`; does nothing for no rows."""
        if not rows:
            return
        sql, places = self._ready.get(tx.dialect) or self._prepare(tx)
        prepared = [tuple(row[at] if make is None else make(row[at]) for at, make in places) for row in rows]
        await tx.exec_driver_sql(sql, prepared)

    def _prepare(self, tx: Tx) -> tuple[str, list[tuple[int, _Processor | None]]]:
        compiled = self._build(tx).compile(dialect=tx.dialect, column_keys=list(self._types))
        names = list(self._types)
        places = [
            (names.index(name), self._types[name].dialect_impl(tx.dialect).bind_processor(tx.dialect))
            for name in compiled.positiontup or names
        ]
        ready: tuple[str, list[tuple[int, _Processor | None]]] = (str(compiled), list(places))
        self._ready[tx.dialect] = ready
        return ready


def among(tx: Tx, column: ColumnElement[Any], values: Iterable[int | str]) -> ColumnElement[bool]:
    """`column IN values` with all values in one parameter, so the statement is the same for any number of them."""
    keys = list(values)
    if tx.dialect.name == "postgresql":
        # PostgreSQL would cut a text to the length of the column's type and match rows that were not asked for.
        kind = String() if isinstance(column.type, String) else column.type
        return column == any_(bindparam(None, keys, type_=ARRAY(kind)))
    elements = func.json_each(msgspec.json.encode(keys).decode()).table_valued("value")
    return column.in_(select(elements.c.value))
