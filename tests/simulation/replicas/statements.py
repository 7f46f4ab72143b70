"""What statements mean, read from SQLAlchemy's own objects: which rows, in which order, changed into what. Whatever is not understood raises.

A statement is read once: those on the path of a press are made once, too.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Column, ColumnClause, Delete, Select, Table, Update
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import (
    BinaryExpression,
    BindParameter,
    BooleanClauseList,
    CollectionAggregate,
    Grouping,
    Null,
    Tuple,
)
from sqlalchemy.sql.functions import FunctionElement

Row = dict[str, Any]


Params = Mapping[str, Any]
Condition = Callable[[Row, Params], bool]
Value = Callable[[Row, Params], Any]


@dataclass(slots=True)
class Plan:
    """What a SELECT asks for, read from it once: most of them are made once, too."""

    table: str
    names: tuple[str, ...]
    matches: Condition
    orders: list[Value]
    greatest: Value | None
    most: "BindParameter[int] | None"


_PLANS: WeakKeyDictionary[Select[Any], Plan] = WeakKeyDictionary()
_CHANGES: WeakKeyDictionary[Update | Delete, tuple[Condition, dict[str, Value]]] = WeakKeyDictionary()


def find_plan(statement: Select[Any]) -> Plan:
    """How this SELECT is answered; the sorts come last one first."""
    plan = _PLANS.get(statement)
    if plan is None:
        columns = [column for raw in statement._raw_columns for column in (raw.c if isinstance(raw, Table) else [raw])]
        is_greatest = isinstance(columns[0], FunctionElement)
        plan = _PLANS[statement] = Plan(
            find_table(columns[0]).name,
            () if is_greatest else tuple(column.name for column in columns),  # type: ignore[union-attr]
            compile_condition(statement.whereclause),
            [compile_value(clause) for clause in reversed(statement._order_by_clauses)],
            compile_value(next(iter(columns[0].clauses))) if isinstance(columns[0], FunctionElement) else None,
            cast("BindParameter[int] | None", statement._limit_clause),
        )
    return plan


def find_change(statement: Update | Delete) -> tuple[Condition, dict[str, Value]]:
    """Which rows an UPDATE or DELETE is about, and what becomes of them."""
    change = _CHANGES.get(statement)
    if change is None:
        values: Mapping[Any, Any] = (statement._values or {}) if isinstance(statement, Update) else {}
        change = _CHANGES[statement] = (
            compile_condition(statement.whereclause),
            {
                column if isinstance(column, str) else column.name: compile_value(value)
                for column, value in values.items()
            },
        )
    return change


def find_table(column: Any) -> Table:  # noqa: ANN401
    """The table of a column, or of the column inside a function."""
    while isinstance(column, FunctionElement):
        column = next(iter(column.clauses))
    return cast("Table", column.table)


_COMPARED = {
    operators.eq: operator.eq,
    operators.ne: operator.ne,
    operators.lt: operator.lt,
    operators.le: operator.le,
    operators.gt: operator.gt,
    operators.ge: operator.ge,
}


def compile_condition(clause: Any) -> Condition:  # noqa: ANN401
    """A WHERE as a function of a row and the parameters. NULL compares as false."""
    if clause is None:
        return lambda _row, _params: True
    if isinstance(clause, Grouping):
        return compile_condition(clause.element)
    if isinstance(clause, BooleanClauseList):
        return _compile_list(clause)
    assert isinstance(clause, BinaryExpression), repr(clause)
    left = compile_value(clause.left)
    if clause.operator in {operators.is_, operators.is_not}:
        assert isinstance(clause.right, Null)
        wanted = clause.operator is operators.is_
        return lambda row, params: (left(row, params) is None) is wanted
    if clause.operator is operators.in_op or isinstance(clause.right, CollectionAggregate):
        several = clause.right.element if isinstance(clause.right, CollectionAggregate) else clause.right
        return lambda row, params: left(row, params) in list_values(several, params)
    right, compare = compile_value(clause.right), _COMPARED[clause.operator]

    def is_so(row: Row, params: Params) -> bool:
        mine, other = left(row, params), right(row, params)
        return mine is not None and other is not None and bool(compare(mine, other))

    return is_so


def _compile_list(clause: BooleanClauseList) -> Condition:
    parts = [compile_condition(part) for part in clause.clauses]

    def are_all(row: Row, params: Params) -> bool:
        for part in parts:  # noqa: SIM110 -- all() of a generator takes twice as long
            if not part(row, params):
                return False
        return True

    def is_any(row: Row, params: Params) -> bool:
        return any(part(row, params) for part in parts)

    return are_all if clause.operator is operators.and_ else is_any


def list_values(clause: Any, params: Params) -> list[Any]:  # noqa: ANN401
    """What stands behind IN or ANY."""
    while isinstance(clause, Grouping):
        clause = clause.element
    assert isinstance(clause, BindParameter), repr(clause)
    values = params.get(clause.key, clause.value)
    return [tuple(value) if isinstance(value, list) else value for value in values]


def compile_value(clause: Any) -> Value:  # noqa: ANN401
    """A value as a function of a row and the parameters."""
    if isinstance(clause, Column):
        name = clause.name
        return lambda row, _params: row[name]
    if isinstance(clause, ColumnClause):
        word = clause.name.strip("'")  # a word that stands in the statement itself
        return lambda _row, _params: word
    if isinstance(clause, BindParameter):
        key, value = clause.key, clause.value
        return lambda _row, params: params.get(key, value)
    if isinstance(clause, Null):
        return lambda _row, _params: None
    if isinstance(clause, Tuple):
        parts = [compile_value(part) for part in clause.clauses]
        return lambda row, params: tuple(part(row, params) for part in parts)
    assert isinstance(clause, FunctionElement), repr(clause)
    assert clause.name == "length", repr(clause)
    inner = compile_value(next(iter(clause.clauses)))
    return lambda row, params: len(inner(row, params))
