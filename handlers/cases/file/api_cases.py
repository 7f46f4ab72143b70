"""REST endpoint `GET /api/v1/cases`: cases for other systems, without personal data; every bad parameter is named with
a pointer and a reason.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from domain.cases.case import CaseKind, CaseState
from domain.cases.deadlines import Deadline, Stage
from handlers.cases.life import deadlines
from handlers.deliveries.items import ItemError
from handlers.turns.batch import Batch
from storage.cases import cases
from storage.cases import deadlines as deadline_rows
from storage.cases.api_cases import ApiCase, CaseFilter, list_api_cases

LIMIT, DEFAULT = 500, 100
_EARLIEST, _LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
"""Moments beyond have no UTC in every offset, so no database can be asked about them."""

_Number = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[CSQPcsqp]-\d{6}-\d{4,10}$")]
_Cursor = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,18}$")]


class CasesQuery(BaseModel):
    """The query parameters; all are optional."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    state: CaseState | None = Field(None, description="Only cases in this state now.")
    department: str | None = Field(
        None, description="Only cases that this department leads now: a key of the company file."
    )
    since: AwareDatetime | None = Field(None, description="Filed at this moment or later; with its offset.")
    until: AwareDatetime | None = Field(None, description="Filed before this moment; with its offset.")
    number: _Number | None = Field(None, description="One case by its number.")
    limit: Annotated[int, Field(ge=1, le=LIMIT)] = DEFAULT
    after: _Cursor | None = Field(None, description="`next` of the page before.")


class DeadlineOut(BaseModel):
    """One promise; `ended_at` is null while it runs."""

    stage: Stage
    started_at: datetime
    due_at: datetime
    ended_at: datetime | None
    missed: bool


class CaseOut(BaseModel):
    """One case; `valid` is whether the company was found at fault, `handling` how the customer rated the handling (1–5)."""

    number: str
    kind: CaseKind
    category: str
    reason: str
    severity: str
    state: CaseState
    department: str
    round: int
    created_at: datetime
    due_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    waybill: str
    valid: bool | None
    handling: int | None
    deadlines: list[DeadlineOut]


class CasesOut(BaseModel):
    """Cases in the order in which they were filed; `next` is null on the last page."""

    cases: list[CaseOut]
    next: str | None


class CasesProblem(BaseModel):
    """What is wrong with the parameters, all at once."""

    error: str
    errors: list[ItemError]


def parse_query(
    parameters: Sequence[tuple[str, str]], departments: Mapping[str, object]
) -> CasesQuery | list[ItemError]:
    """The parsed query, or everything that is wrong with it."""
    twice = sorted({name for name, _ in parameters if [one for one, _ in parameters].count(name) > 1})
    problems = [ItemError(at=f"/{_pointer(name)}", why="is given twice") for name in twice]
    try:
        query = CasesQuery.model_validate(dict(parameters))
    except ValidationError as error:
        errors = error.errors(include_url=False)
        return problems + [ItemError(at=f"/{_pointer(str(one['loc'][0]))}", why=_explain(one)) for one in errors]
    for name, moment in (("since", query.since), ("until", query.until)):
        if moment is not None and not _EARLIEST <= moment <= _LATEST:
            problems.append(ItemError(at=f"/{name}", why="lies where no case can be; check the year"))
    if query.department is not None and query.department not in departments:
        problems.append(ItemError(at="/department", why=f"is not a department; there are {', '.join(departments)}"))
    if query.since is not None and query.until is not None and query.until <= query.since:
        problems.append(ItemError(at="/until", why="must be later than since"))
    return problems or query


async def fetch_page(batch: Batch, query: CasesQuery, source: str | None) -> CasesOut:
    """The requested page; `source` is the system whose deliveries they must be about, None if it reads all."""
    after = int(query.after) if query.after is not None else 0
    wanted = CaseFilter(query.state, query.department, query.since, query.until, query.number, source, after)
    matching = await list_api_cases(batch.tx, wanted, query.limit + 1)
    page = matching[: query.limit]
    ids = [one.case.id for one in page]
    histories, kept = await cases.fetch_histories(batch.tx, ids), await deadline_rows.fetch_due_dates(batch.tx, ids)
    shown = []
    for api_case in page:
        promised = deadlines.list_deadlines(batch, api_case.case, histories[api_case.case.id])
        shown.append(_make_case(api_case, [_make_deadline(batch, api_case, clock, kept) for clock in promised]))
    return CasesOut(cases=shown, next=str(ids[-1]) if len(matching) > len(page) else None)


def _make_deadline(
    batch: Batch, api_case: ApiCase, clock: Deadline, kept: Mapping[tuple[int, str, int], datetime]
) -> DeadlineOut:
    """The deadline as reported; one that has ended shows what was promised then."""
    due = kept.get((api_case.case.id, clock.stage.value, clock.since), clock.due_at) if clock.ended_at else clock.due_at
    missed = (clock.ended_at or batch.now) > due
    return DeadlineOut(
        stage=clock.stage, started_at=clock.started_at, due_at=due, ended_at=clock.ended_at, missed=missed
    )


def _make_case(api_case: ApiCase, deadlines: list[DeadlineOut]) -> CaseOut:
    case = api_case.case
    return CaseOut(
        number=case.number,
        kind=case.kind,
        category=case.category,
        reason=case.reason,
        severity=case.severity,
        state=case.state,
        department=case.department,
        round=case.round,
        created_at=case.created_at,
        due_at=case.due_at,
        answered_at=api_case.answered_at,
        closed_at=api_case.closed_at,
        waybill=case.waybill,
        valid=api_case.valid,
        handling=case.handling,
        deadlines=deadlines,
    )


def _pointer(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


_WHY: Mapping[str, str] = {
    "extra_forbidden": "is not a parameter of this page",
    "timezone_aware": "needs an offset, such as +08:00 (write + as %2B)",
    "enum": f"is not a state; there are {', '.join(CaseState)}",
}


def _explain(problem: Mapping[str, object]) -> str:
    at = problem["loc"]
    if problem["type"] == "string_pattern_mismatch":
        is_cursor = isinstance(at, tuple) and at[0] == "after"
        return "is not the `next` of an earlier page" if is_cursor else "is not a case number, such as C-261123-0042"
    return _WHY.get(str(problem["type"]), str(problem["msg"]))
