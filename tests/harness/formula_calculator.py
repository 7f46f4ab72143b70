"""A small spreadsheet: reckons the formulas of an export from its cells, and from nothing that was stored beside them.

It knows the functions that `reports/export/figure_rows.py` uses, and raises for any other.
"""

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils.cell import range_boundaries

Cell = Any
Cells = list[Cell]


class CalculatedWorkbook:
    """A workbook whose formulas are reckoned; `formula` reads a cell, `of` the value of one."""

    def __init__(self, path: Path) -> None:
        self.book = openpyxl.load_workbook(path)
        self._columns: dict[str, Cells] = {}
        self._known: dict[tuple[str, int, int], Cell] = {}

    def of(self, sheet: str, row: int, column: int) -> Cell:
        """The cell's value, counted from 1; a formula's is reckoned."""
        key = (sheet, row, column)
        if key not in self._known:
            value = self.book[sheet].cell(row, column).value
            formula = getattr(value, "text", value)
            is_formula = isinstance(formula, str) and formula.startswith("=") and not self._is_text(key)
            self._known[key] = _FormulaParser(self, sheet, formula).result() if is_formula else value
        return self._known[key]

    def _is_text(self, key: tuple[str, int, int]) -> bool:
        sheet, row, column = key
        kind: str = self.book[sheet].cell(row, column).data_type
        return kind in {"s", "inlineStr"}

    def area(self, sheet: str, reference: str) -> Cells:
        """Every cell of a range, or of one of our names, as a list."""
        key = f"{sheet}!{reference}"
        if key not in self._columns:
            named = self.book.defined_names.get(reference)
            if named is not None:
                ((sheet, reference),) = named.destinations
            left, top, right, bottom = range_boundaries(reference)
            assert None not in {left, top, right, bottom}
            cells = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
            self._columns[key] = [self.of(sheet, *cell) for cell in cells]
        return self._columns[key]


class _FormulaParser:
    """One formula, by recursive descent: comparison, sum, product, power, atom."""

    def __init__(self, sheets: CalculatedWorkbook, sheet: str, formula: str) -> None:
        self._sheets, self._sheet = sheets, sheet
        self._tokens = [one for one in Tokenizer(formula).items if one.type != Token.WSPACE]
        self._at = 0

    def result(self) -> Cell:
        value = self._comparison()
        assert self._at == len(self._tokens), self._tokens[self._at :]
        return value

    def _next(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _takes(self, *values: str) -> str | None:
        token = self._next()
        if token is not None and token.type == Token.OP_IN and token.value in values:
            self._at += 1
            return str(token.value)
        return None

    def _comparison(self) -> Cell:
        return self._left(self._sum, "=", "<>", "<=", ">=", "<", ">")

    def _sum(self) -> Cell:
        return self._left(self._product, "+", "-")

    def _product(self) -> Cell:
        return self._left(self._power, "*", "/")

    def _power(self) -> Cell:
        return self._left(self._atom, "^")

    def _left(self, below: Callable[[], Cell], *operators: str) -> Cell:
        value = below()
        while (operator := self._takes(*operators)) is not None:
            value = _each(_OPERATORS[operator], value, below())
        return value

    def _atom(self) -> Cell:
        token = self._next()
        assert token is not None
        self._at += 1
        match token.type, token.subtype:
            case Token.OPERAND, Token.NUMBER:
                return float(token.value)
            case Token.OPERAND, Token.TEXT:
                return token.value[1:-1].replace('""', '"')
            case Token.OPERAND, Token.LOGICAL:
                return token.value == "TRUE"
            case Token.OPERAND, Token.RANGE:
                area = self._sheets.area(self._sheet, token.value)
                is_cell = token.value not in self._sheets.book.defined_names and ":" not in token.value
                return area[0] if is_cell else area
            case Token.PAREN, Token.OPEN:
                inner = self._comparison()
                self._at += 1
                return inner
            case Token.FUNC, Token.OPEN:
                return self._call(str(token.value)[:-1])
            case _:
                raise AssertionError(token)

    def _call(self, name: str) -> Cell:
        """A function with its arguments; IF of one condition looks only where it must."""
        values: list[Cell] = []
        while True:
            start = self._at
            try:
                values.append(self._comparison())
            except (TypeError, ZeroDivisionError, IndexError) as lost:
                if name != "IF":
                    raise
                self._at = self._end(start)
                values.append(lost)
            token = self._next()
            assert token is not None
            self._at += 1
            assert token.type in {Token.FUNC, Token.SEP}, token
            if token.type == Token.FUNC:
                return _FUNCTIONS[name](*values)

    def _end(self, start: int) -> int:
        """Where an argument that could not be reckoned ends."""
        depth = 0
        for n in range(start, len(self._tokens)):
            token = self._tokens[n]
            if depth == 0 and (token.type == Token.SEP or token.subtype == Token.CLOSE):
                return n
            depth += (token.subtype == Token.OPEN) - (token.subtype == Token.CLOSE)
        raise AssertionError(start)


def _each(work: Callable[[Cell, Cell], Cell], cell: Cell, other: Cell) -> Cell:
    if isinstance(cell, list) and isinstance(other, list):
        assert len(cell) == len(other)
        return [work(a, b) for a, b in zip(cell, other, strict=True)]
    if isinstance(cell, list):
        return [work(a, other) for a in cell]
    return [work(cell, b) for b in other] if isinstance(other, list) else work(cell, other)


def _number(value: Cell) -> float:
    if value is None:
        return 0.0
    if isinstance(value, str):
        raise TypeError(value)
    return float(value)


def _same(cell: Cell, other: Cell) -> bool:
    if cell is None or other is None:
        given = other if cell is None else cell
        return given in {None, "", 0} and not isinstance(given, bool)
    if isinstance(cell, str) != isinstance(other, str) or isinstance(cell, bool) != isinstance(other, bool):
        return False
    return bool(cell.casefold() == other.casefold()) if isinstance(cell, str) else bool(cell == other)


_OPERATORS: dict[str, Callable[[Cell, Cell], Cell]] = {
    "+": lambda a, b: _number(a) + _number(b),
    "-": lambda a, b: _number(a) - _number(b),
    "*": lambda a, b: _number(a) * _number(b),
    "/": lambda a, b: _number(a) / _number(b),
    "^": lambda a, b: _number(a) ** _number(b),
    "=": _same,
    "<>": lambda a, b: not _same(a, b),
    "<=": lambda a, b: _number(a) <= _number(b),
    ">=": lambda a, b: _number(a) >= _number(b),
    "<": lambda a, b: _number(a) < _number(b),
    ">": lambda a, b: _number(a) > _number(b),
}


def _meets(criterion: Cell) -> Callable[[Cell], bool]:
    """What COUNTIFS and SUMIFS take: a value, or a text with a comparison in front. An empty cell meets no comparison."""
    if isinstance(criterion, str):
        for operator in ("<=", ">=", "<>", "=", "<", ">"):
            if criterion.startswith(operator):
                bound = float(criterion.removeprefix(operator))
                return lambda cell: (
                    cell is not None and not isinstance(cell, str | bool) and _OPERATORS[operator](_serial(cell), bound)
                )
    return lambda cell: cell is not None and _same(cell, criterion)


def _serial(cell: Cell) -> float:
    """A moment as a spreadsheet's number: any positive one does here."""
    return float(cell) if isinstance(cell, int | float) else 46_000.0


def _chosen(*pairs: Cell) -> Iterator[int]:
    areas, criteria = pairs[::2], [_meets(one) for one in pairs[1::2]]
    for n in range(len(areas[0])):
        if all(meets(area[n]) for area, meets in zip(areas, criteria, strict=True)):
            yield n


def _flat(values: tuple[Cell, ...]) -> list[Cell]:
    return [one for value in values for one in (value if isinstance(value, list) else [value])]


def _if(condition: Cell, then: Cell, otherwise: Cell = 0) -> Cell:
    if isinstance(condition, list):
        return [a if one else None for one, a in zip(condition, then, strict=True)]
    chosen = then if condition else otherwise
    if isinstance(chosen, Exception):
        raise chosen
    return chosen


def _numbers(values: tuple[Cell, ...]) -> list[float]:
    return [float(one) for one in _flat(values) if isinstance(one, int | float) and not isinstance(one, bool)]


_FUNCTIONS: dict[str, Callable[..., Cell]] = {
    "COUNTIFS": lambda *pairs: len(list(_chosen(*pairs))),
    "SUMIFS": lambda area, *pairs: sum(_number(area[n]) for n in _chosen(*pairs)),
    "SUMPRODUCT": lambda area: sum(map(_number, area)),
    "SUM": lambda *values: sum(_numbers(values)),
    "MIN": lambda *values: min(_numbers(values)),
    "MAX": lambda *values: max(_numbers(values)),
    "ABS": lambda value: abs(_number(value)),
    "AND": lambda *values: all(values),
    "OR": lambda *values: any(values),
    "IF": _if,
    "SMALL": lambda area, rank: sorted(_numbers((area,)))[int(rank) - 1],
    "ROUNDUP": lambda value, _digits: math.ceil(value),
}
