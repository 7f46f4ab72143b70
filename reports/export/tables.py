"""Table definitions of the export, by the names that files and formulas use."""

from collections.abc import Sequence

from reports.export.case_columns import CASE_COLUMNS, DAY_COLUMNS, PROMISE_COLUMNS, QUOTED_COLUMNS, STEP_COLUMNS
from reports.export.columns import ExportColumn
from reports.export.response_columns import list_response_columns

FIGURES = "figures"
RESPONSES, CASES, PROCESS, PROMISES, DAYS = "responses", "cases", "process", "deadlines", "deliveries"


def list_table_columns(scored: Sequence[str], *, quoted: bool) -> dict[str, tuple[ExportColumn, ...]]:
    """The columns of every table except the figures, in the order of the sheets; with `quoted`, what customers wrote is included."""
    return {
        RESPONSES: list_response_columns(scored, quoted=quoted),
        CASES: (*CASE_COLUMNS, *(QUOTED_COLUMNS if quoted else ())),
        PROCESS: STEP_COLUMNS,
        PROMISES: PROMISE_COLUMNS,
        DAYS: DAY_COLUMNS,
    }
