"""A complaint as it was just filed, for tests that draw it."""

from datetime import timedelta

from domain.cases.case import Case, CaseState
from tests.harness.in_process import NOON

CASE = Case(
    id=42,
    number="C-261123-0042",
    state=CaseState.ASSIGNED,
    category="delivery",
    severity="normal",
    department="transport",
    created_at=NOON,
    due_at=NOON + timedelta(days=7),
    description="It came late",
    contact="+8613800138000",
)
