"""Summary sheet of an export: every figure beside the formula that counts it again from the other sheets, and whether the two agree.

The formula cells hold our own values until a spreadsheet recalculates them, which it does on opening the file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from domain.figures.evidence import find_strength
from domain.figures.figures import Strata, Stratum, cut, weighted_score
from reports.export.cells import Value
from reports.export.columns import ExportReader
from reports.export.figure_row import COUNT, HOURS, NUMBER, RATE, SHARE, FigureRow, quote_text
from reports.export.figure_rows import WEIGHED, WORTH
from reports.export.workbook import Workbook, write_cell

_NAME, _PART, _N, _WORTH, _VALUE, _LOW, _HIGH, _STRENGTH, _LIVE_PART, _LIVE_N, _LIVE_VALUE, _CHECK, _UNTIL = range(13)
_HEADS = (
    "figure", "part", "n", "worth", "value", "low", "high", "strength", "live-part", "live-n", "live-value", "check",
    "until",
)  # fmt: skip
_WIDTHS = (52, 11, 11, 11, 11, 11, 11, 16, 11, 11, 11, 9, 12)
_SHOWN = {SHARE: "0.0%", RATE: "0.00", NUMBER: "0.00", HOURS: "0.0", COUNT: "0"}
_STRATA = (
    "priority", "deliveries", "answers", "satisfied", "score", "weight", "weighed-satisfied", "weighed-score", "worth"
)  # fmt: skip
_EXACT = "1E-9"


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """The lines above the figures."""

    lines: tuple[str, ...]

    @property
    def first(self) -> int:
        """The first row of figures, counted from 0; their heading is right above it."""
        return len(self.lines) + 1


def list_plain_headings(reader: ExportReader) -> list[str]:
    """The headings of figures without formulas."""
    return [reader.say(f"export-figures-{one}") for one in (*_HEADS[:_LIVE_PART], _HEADS[_UNTIL])]


def list_plain_values(row: FigureRow, reader: ExportReader) -> list[Value]:
    """The cells of a figure without formulas."""
    counted: tuple[Value, ...] = (row.part, row.n, _cut_worth(row), row.value, row.low, row.high)
    return [row.name, *counted, _format_strength(row, reader), row.grows_until]


class FiguresSheet:
    """The sheet, created first so that it comes first, written once everything is counted."""

    def __init__(self, book: Workbook, reader: ExportReader) -> None:
        self._book, self._reader = book, reader
        self._sheet: Any = book.book.add_worksheet(reader.say("export-sheet-figures"))
        self._formats = {shown: book.book.add_format({"num_format": form}) for shown, form in _SHOWN.items()}
        self._day = book.book.add_format({"num_format": "yyyy-mm-dd"})
        self._title = book.book.add_format({"bold": True, "font_size": 14})

    def write(self, head: TitleBlock, rows: Sequence[FigureRow], strata: Strata) -> None:
        """Write everything from top to bottom; a row that has been passed cannot be written any more."""
        sheet = self._sheet
        for n, width in enumerate(_WIDTHS):
            sheet.set_column(n, n, width)
        for n, line in enumerate(head.lines):
            write_cell(sheet, n, 0, line, self._title if n == 0 else None)
        for n, name in enumerate(_HEADS):
            write_cell(sheet, head.first - 1, n, self._reader.say(f"export-figures-{name}"), self._book.head)
        sheet.freeze_panes(head.first, 1)
        known = dict(sorted(strata.items())) or {"": Stratum()}
        table = head.first + len(rows) + 2
        weights = _Weights(table, table + len(known) - 1)
        for n, row in enumerate(rows):
            self._figure(head.first + n, row, weights)
        for n, name in enumerate(_STRATA):
            write_cell(sheet, table - 1, n, self._reader.say(f"export-strata-{name}"), self._book.head)
        for n, (priority, stratum) in enumerate(known.items()):
            self._stratum(table + n, priority, stratum)

    def _figure(self, at: int, row: FigureRow, weights: "_Weights") -> None:
        sheet, form = self._sheet, self._formats[row.shown]
        whole = self._formats[COUNT]
        write_cell(sheet, at, _NAME, row.name)
        plain: tuple[tuple[int, Value, Any], ...] = (
            (_PART, row.part, whole),
            (_N, row.n, whole),
            (_WORTH, _cut_worth(row), self._formats[HOURS]),
            (_VALUE, row.value, form),
            (_LOW, row.low, form),
            (_HIGH, row.high, form),
            (_STRENGTH, _format_strength(row, self._reader), None),
            (_UNTIL, row.grows_until, self._day),
        )
        for column, value, shown in plain:
            if value not in {None, ""}:
                write_cell(sheet, at, column, value, shown)
        if not any(row.live):
            return
        cells = {"part": xl_rowcol_to_cell(at, _LIVE_PART), "n": xl_rowcol_to_cell(at, _LIVE_N)}
        counted: tuple[tuple[int, str, Value, Any], ...] = (
            (_LIVE_PART, row.live[0], row.part, whole),
            (_LIVE_N, row.live[1], row.n, whole),
            (_LIVE_VALUE, row.live[2], row.value, form),
        )
        for column, formula, cached, shown in counted:
            if formula:
                self._formula(
                    at, column, weights.fill_in_table(_fill_in_cells(formula, cells)), cached, shown, array=row.array
                )
        self._formula(at, _CHECK, _agreement_formula(at), value=True, shown=None)

    def _formula(
        self,
        at: int,
        column: int,
        formula: str,
        value: Value,
        shown: Any,  # noqa: ANN401 -- the library has no types
        *,
        array: bool = False,
    ) -> None:
        cached = "" if value is None else value
        if array and column == _LIVE_VALUE:
            self._sheet.write_array_formula(at, column, at, column, f"{{={formula}}}", shown, cached)
        else:
            self._sheet.write_formula(at, column, f"={formula}", shown, cached)

    def _stratum(self, at: int, priority: str, stratum: Stratum) -> None:
        """One priority: its deliveries and answers counted from the sheets, and their weight."""
        whole, number = self._formats[COUNT], self._formats[NUMBER]
        own = f"(responses_priority={quote_text(priority)})*(responses_counts=TRUE)"
        deliveries, answers, satisfied, score, weight = (xl_rowcol_to_cell(at, n) for n in range(1, 6))
        tally = stratum.tally
        good, points = tally.count(4) + tally.count(5), weighted_score(tally)
        weighs = max(stratum.deliveries, tally.n) if tally.n else 0
        write_cell(self._sheet, at, 0, priority or self._reader.say("export-strata-none"))
        for column, formula, value, form in (
            (
                1,
                f"SUMPRODUCT((deliveries_priority={quote_text(priority)})*deliveries_deliveries)",
                stratum.deliveries,
                whole,
            ),
            (2, f"SUMPRODUCT({own}*(responses_overall>=1))", tally.n, whole),
            (3, f"SUMPRODUCT({own}*(responses_overall>=4))", good, whole),
            (4, f"SUMPRODUCT({own}*responses_overall)", points, whole),
            (5, f"IF({answers}>0,MAX({deliveries},{answers}),0)", weighs, whole),
            (6, f"IF({answers}>0,{weight}*{satisfied}/{answers},0)", _divide(weighs * good, tally.n), number),
            (7, f"IF({answers}>0,{weight}*{score}/{answers},0)", _divide(weighs * points, tally.n), number),
            (8, f"IF({answers}>0,{weight}^2/{answers},0)", _divide(weighs * weighs, tally.n), number),
        ):
            self._formula(at, column, formula, value, form)


@dataclass(frozen=True, slots=True)
class _Weights:
    """Where the table of priorities is on the sheet."""

    first: int
    last: int

    def fill_in_table(self, formula: str) -> str:
        """The formula, with satisfaction and mean as the table computes them."""
        weight, satisfied, score, squares = (self._range(column) for column in (5, 6, 7, 8))
        worth = f"IF(SUM({squares})>0,SUM({weight})^2/SUM({squares}),0)"
        mean, share = f"SUM({score})/SUM({weight})", f"MIN(1,SUM({satisfied})/SUM({weight}))"
        return formula.replace(WORTH, worth).replace(f"{WEIGHED}:", mean).replace(WEIGHED, share)

    def _range(self, column: int) -> str:
        return f"{xl_rowcol_to_cell(self.first, column)}:{xl_rowcol_to_cell(self.last, column)}"


def _fill_in_cells(formula: str, cells: Mapping[str, str]) -> str:
    """The formula with the cells of its own row; a name in a formula may contain braces itself."""
    for name, cell in cells.items():
        formula = formula.replace(f"{{{name}}}", cell)
    return formula


def _agreement_formula(at: int) -> str:
    """Whether both counts and both values agree; two empty values agree."""
    part, n, value = (xl_rowcol_to_cell(at, one) for one in (_PART, _N, _VALUE))
    live_part, live_n, live_value = (xl_rowcol_to_cell(at, one) for one in (_LIVE_PART, _LIVE_N, _LIVE_VALUE))
    values = f'IF(OR({value}="",{live_value}=""),{value}={live_value},ABS({value}-{live_value})<{_EXACT})'
    return f"AND({part}={live_part},{n}={live_n},{values})"


def _format_strength(row: FigureRow, reader: ExportReader) -> str:
    size = row.n if row.size is None else max(row.size, 1) if row.n else 0
    return reader.say(f"export-strength-{find_strength(size).value}") if size is not None else ""


def _cut_worth(row: FigureRow) -> float | None:
    """What the figure's observations are worth, cut to a tenth: 9.96 are still too few."""
    return cut(row.size, 1) if row.size is not None else row.n


def _divide(part: int, n: int) -> float:
    return part / n if n else 0.0
