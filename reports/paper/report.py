"""Data of a period's report, gathered in the transaction: numbers and names, none of our wording yet, nothing personal.

Departments and categories are named in the reader's language; couriers by name; routes by their keys. `report_file` adds the wording.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.figures.breakdown import By
from domain.figures.control import Trend
from domain.figures.findings import OutlyingUnit
from domain.figures.summary import Summary


@dataclass(frozen=True, slots=True)
class Standouts:
    """Of `compared` couriers or routes, how many differ clearly from the rest, `below` and `above`, and some of them."""

    by: By
    compared: int = 0
    below: int = 0
    above: int = 0
    shown: tuple[OutlyingUnit, ...] = ()


@dataclass(frozen=True, slots=True)
class WorstCase:
    """A complaint worth a look, without anything personal. `seconds` to its last answer, or its age while it has none (`open`)."""

    number: str
    category: str
    department: str
    severity: str
    state: str
    opened_at: datetime
    seconds: float
    open: bool = False
    rounds: int = 1
    late: bool = False
    overdue: bool = False
    reopened: bool = False
    regulator: bool = False
    dissatisfied: bool = False


class PlanStatus(StrEnum):
    KEPT = "kept"
    LATE = "late"
    OVERDUE = "overdue"
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class CorrectivePlan:
    """A corrective measure in its planner's words, phone numbers masked; `department` is the owner's."""

    number: str
    department: str
    measure: str
    goal: str
    due_at: datetime
    keeping: PlanStatus


@dataclass(frozen=True, slots=True)
class Report:
    """`scope` names the one department it is about, empty for the whole company. `targets` and `sampling` are percentages.

    `worst` are the most pressing of `worst_of` complaints; `plans` likewise of all that `kept` counts by how they were kept.
    """

    company: str
    made_at: datetime
    summary: Summary
    trend: Trend
    scope: str = ""
    targets: tuple[float, ...] = ()
    sampling: Mapping[str, float] = field(default_factory=dict)
    repeat_days: int = 90
    standouts: tuple[Standouts, ...] = ()
    worst: tuple[WorstCase, ...] = ()
    worst_of: int = 0
    plans: tuple[CorrectivePlan, ...] = ()
    keeping: Mapping[PlanStatus, int] = field(default_factory=dict)
