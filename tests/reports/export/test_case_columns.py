"""The columns of cases and of what happened in them: words of the reader, times in hours."""

from datetime import timedelta

from domain.cases.case import CaseEvent, CaseKind, CaseState
from domain.cases.handling import Outcome
from domain.figures.export import ExportedCase, ExportedStep
from reports.export.case_columns import CASE_COLUMNS, QUOTED_COLUMNS, STEP_COLUMNS
from reports.export.columns import list_headings, list_values
from tests.harness.export_rows import FIRST
from tests.reports.export.test_response_columns import reader

CASE = ExportedCase(
    number="C-261001-0001",
    kind=CaseKind.COMPLAINT,
    state=CaseState.IN_WORK,
    category="delivery",
    reason="late",
    severity="normal",
    department="transport",
    cooperating=("service", "gone"),
    owner="Li",
    waybill="SF1",
    courier="k17",
    route="",
    station="",
    service="",
    priority="P1",
    customer_type="",
    opened_at=FIRST,
    counted_at=FIRST,
    due_at=FIRST + timedelta(days=7),
    answered_at=None,
    closed_at=None,
    round=1,
    valid=None,
    outcome=Outcome.SATISFIED,
    handling=4,
    replied=5400,
    description="=x",
)


def _of(row: object, columns: tuple[object, ...], language: str = "en") -> dict[str, object]:
    listed = list(columns)
    read = list_values(listed, row, reader(language))  # type: ignore[arg-type]  # columns
    return dict(zip([one.name for one in list_headings(listed, reader(language))], read, strict=True))  # type: ignore[arg-type]


def test_a_case_in_words() -> None:
    """Departments, categories and states by their names, an unknown one by its key; seconds as hours, what is unknown empty."""
    cells = _of(CASE, CASE_COLUMNS)
    assert cells["state"] == "in progress"
    assert cells["category"] == "Delivery and logistics"
    assert cells["cooperating"] == f"{reader().department('service')}; gone"
    assert cells["replied_hours"] == 1.5
    assert cells["resolved_hours"] is None
    assert cells["valid"] is None
    assert cells["outcome"] == "solved"
    assert cells["opened_at"] == (FIRST + timedelta(hours=8)).replace(tzinfo=None)
    assert "description" not in cells
    assert _of(CASE, QUOTED_COLUMNS)["description"] == "=x"
    assert _of(CASE, CASE_COLUMNS, "zh")["kind"] == "投诉"


def test_a_step_in_words() -> None:
    """Whose it was, and the facts a line each: moments on the company's clock, departments by name."""
    facts = {
        "due": FIRST.isoformat(),
        "department": "transport",
        "valid": "no",
        "measure": "=train",
        "satisfied": "yes",
    }
    step = ExportedStep("C-1", 2, CaseEvent.PLAN, CaseState.PLANNED, FIRST, "Li", facts=facts)
    cells = _of(step, STEP_COLUMNS)
    assert cells["actor"] == "Li"
    said = str(cells["facts"])
    assert "Due: 2026-10-01 00:00" in said
    assert "Measure: =train" in said
    assert reader().department("transport") in said
    odd = ExportedStep("C-1", 2, CaseEvent.PLAN, CaseState.PLANNED, FIRST, facts={"due": "soon"})
    assert "soon" in str(_of(odd, STEP_COLUMNS)["facts"])


def test_nobody_is_the_clock() -> None:
    """And a customer is not named."""
    for by_customer, said in ((True, "the customer"), (False, "the system")):
        step = ExportedStep("C-1", 2, CaseEvent.SILENT, CaseState.CLOSED, FIRST, by_customer=by_customer)
        assert _of(step, STEP_COLUMNS)["actor"] == said
