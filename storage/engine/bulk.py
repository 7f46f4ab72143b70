"""Bulk statements: many rows in one statement, compiled once per engine, its values prepared by the columns' own types.

SQLAlchemy prepares every parameter of every row anew (20 µs per row and table, measured); SQLite itself needs 5. So the tables on
the path of a press are written through `BulkStatement`, and read through `KeyedQuery`, which is built once and passes all keys as one
parameter. `among` does the latter for what is read more rarely.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
from sqlalchemy import (
    ARRAY,
    BindParameter,
    Column,
    ColumnElement,
    CursorResult,
    Delete,
    Dialect,
    Insert,
    Select,
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
        await tx.exec_driver_sql(sql, _prepare_rows(rows, places))

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


def _prepare_rows(rows: Sequence[Sequence[Any]], places: list[tuple[int, _Processor | None]]) -> list[tuple[Any, ...]]:
    """The values in the order of the statement, each as the driver takes it."""
    made = [(place, at, make) for place, (at, make) in enumerate(places) if make is not None]
    order = [at for at, _make in places]
    if order != list(range(len(order))):
        rows = [[row[at] for at in order] for row in rows]
    if not made:
        return [*map(tuple, rows)]
    prepared = []
    for row in rows:
        values = list(row)
        for place, _at, make in made:
            values[place] = make(values[place])
        prepared.append(tuple(values))
    return prepared


class KeyedQuery:
    """A SELECT of the rows with certain keys, built once for each kind of database; `build` is given the condition that chooses them."""

    def __init__(self, column: ColumnElement[Any], build: Callable[[ColumnElement[bool]], Select[Any]]) -> None:
        self._column, self._build = column, build
        self._ready: dict[str, Select[Any]] = {}

    async def execute(self, tx: Tx, keys: Iterable[int | str]) -> CursorResult[Any]:
        """The rows with one of these keys."""
        kind = tx.dialect.name
        if kind not in self._ready:
            keys_to_come: BindParameter[Any] = bindparam("keys", type_=_find_keys_type(kind, self._column))
            self._ready[kind] = self._build(_is_among(kind, self._column, keys_to_come))
        rows: CursorResult[Any] = await tx.execute(self._ready[kind], {"keys": _encode_keys(kind, keys)})
        return rows


def among(tx: Tx, column: ColumnElement[Any], values: Iterable[int | str]) -> ColumnElement[bool]:
    """`column IN values` with all values in one parameter, so the statement is the same for any number of them."""
    kind = tx.dialect.name
    return _is_among(kind, column, bindparam(None, _encode_keys(kind, values), type_=_find_keys_type(kind, column)))


def _is_among(kind: str, column: ColumnElement[Any], keys: BindParameter[Any]) -> ColumnElement[bool]:
    if kind == "postgresql":
        return column == any_(keys)
    return column.in_(select(func.json_each(keys).table_valued("value").c.value))


def _find_keys_type(kind: str, column: ColumnElement[Any]) -> TypeEngine[Any]:
    if kind == "postgresql":
        # PostgreSQL would cut a text to the length of the column's type and match rows that were not asked for.
        return ARRAY(String() if isinstance(column.type, String) else column.type)
    return String()


def _encode_keys(kind: str, values: Iterable[int | str]) -> list[int | str] | str:
    keys = list(values)
    return keys if kind == "postgresql" else msgspec.json.encode(keys).decode()
