"""The page of cases for other systems: what may be asked for, and what is shown, which is nothing personal."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from domain.cases.case import CaseState
from handlers.cases.file import api_cases
from handlers.cases.file.api_cases import CasesOut, CasesQuery
from handlers.turns.batch import Batch
from storage.models import cases
from tests.harness.case_actions import NUMBER, fetch_case_row, set_up_answered_case
from tests.harness.in_process import COMPANY, Desk

DEPARTMENTS = COMPANY.departments


def read(text: str) -> CasesQuery | dict[str, str]:
    """The question, or pointers and reasons."""
    pairs = [part.partition("=")[::2] for part in text.split("&") if part]
    parsed = api_cases.parse_query(pairs, DEPARTMENTS)
    return parsed if isinstance(parsed, CasesQuery) else {one.at: one.why for one in parsed}


def test_everything_is_optional() -> None:
    """Nothing asks for the first hundred; whatever is given is understood."""
    assert read("") == CasesQuery()
    asked = read(
        "state=in_work&department=transport&since=2026-11-01T00:00:00+08:00&number=c-261123-0001&limit=5&after=77"
    )
    assert isinstance(asked, CasesQuery)
    assert (asked.state, asked.department, asked.limit, asked.after) == (CaseState.IN_WORK, "transport", 5, "77")
    assert asked.since == datetime(2026, 10, 31, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "at", "why"),
    [
        ("state=mine", "/state", "is not a state; there are assigned, in_work"),
        ("department=moon", "/department", "is not a department; there are transport, "),
        ("since=yesterday", "/since", "datetime"),
        ("since=2026-11-01T00:00:00", "/since", "needs an offset"),
        ("since=2026-11-02T00:00:00Z&until=2026-11-01T00:00:00Z", "/until", "must be later than since"),
        ("number=42", "/number", "is not a case number"),
        ("limit=0", "/limit", "greater than or equal to 1"),
        ("limit=501", "/limit", "less than or equal to 500"),
        ("limit=x", "/limit", "integer"),
        ("after=-1", "/after", "is not the `next` of an earlier page"),
        ("after=9999999999999999999", "/after", "is not the `next`"),
        ("after=٣", "/after", "is not the `next`"),
        ("colour=red", "/colour", "is not a parameter of this page"),
        ("a/b~=1", "/a~1b~0", "is not a parameter"),
        ("limit=1&limit=2", "/limit", "is given twice"),
    ],
)
def test_bad_parameters(text: str, at: str, why: str) -> None:
    """Each with a JSON pointer and a reason that helps."""
    reasons = read(text)
    assert isinstance(reasons, dict)
    assert why in reasons[at]


async def asked(desk: Desk, **more: object) -> CasesOut:
    pages: list[CasesOut] = []

    async def work(batch: Batch) -> None:
        pages.append(await api_cases.fetch_page(batch, CasesQuery.model_validate(more), None))

    await desk.batch(work)
    return pages[0]


async def test_a_case_without_anything_personal(desk: Desk) -> None:
    """Its life, its dates and deadlines; no name, no phone, no word of anybody."""
    await set_up_answered_case(desk)
    page = await asked(desk)
    (case,) = page.cases
    assert (case.number, case.state, case.valid, case.waybill, page.next) == (
        NUMBER,
        CaseState.ANSWERED,
        True,
        "SF1",
        None,
    )
    assert case.answered_at == desk.clock.now()
    assert [(clock.stage, clock.missed) for clock in case.deadlines] == [
        ("accept", False),
        ("answer", False),
        ("review", False),
    ]
    said = page.model_dump_json()
    stored = await fetch_case_row(desk)
    for personal in ("Wang", "Li", "13800138000", "Cause", "Action", stored.description):
        assert personal not in said


async def test_page_after_page(desk: Desk) -> None:
    """`next` leads through all of them, once; the last page has none."""
    for n in range(3):
        await desk.file_complaint(waybill=f"SF{n}")
    numbers: list[str] = []
    after = None
    while True:
        page = await asked(desk, limit=2, **({"after": after} if after else {}))
        numbers += [one.number for one in page.cases]
        after = page.next
        if after is None:
            break
    assert numbers == [f"C-261123-000{n}" for n in (1, 2, 3)]


async def test_a_running_deadline_can_be_missed(desk: Desk) -> None:
    """What nobody accepted in time is missed though it has not ended."""
    await desk.file_complaint()
    desk.clock.advance(days=2)
    (case,) = (await asked(desk)).cases
    accept = next(clock for clock in case.deadlines if clock.stage == "accept")
    assert (accept.ended_at, accept.missed) == (None, True)


async def test_filters_reach_the_rows(desk: Desk) -> None:
    """A state nobody is in, another department: an empty page."""
    await desk.file_complaint()
    assert (await asked(desk, state="closed")).cases == []
    assert (await asked(desk, department="sales")).cases == []
    async with desk.database.begin() as tx:
        await tx.execute(update(cases).values(department="sales"))
    assert len((await asked(desk, department="sales")).cases) == 1
    assert len(await desk.rows(select(cases.c.id))) == 1
