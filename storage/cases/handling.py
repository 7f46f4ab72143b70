"""Denormalized case history: one narrow row per complaint, so that figures need not decrypt anything."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, exists, select, update

from domain.cases.handling import CaseHandling, Outcome
from domain.deliveries.delivery import PLACE
from domain.figures.totals import CaseFact, FactPlace
from storage.engine.database import Tx, upsert
from storage.models import cases, courses, deliveries, invitations

c = courses.c


async def get(tx: Tx, case: int) -> CaseFact | None:
    """The complaint as the figures see it; nobody else can change it until the transaction ends."""
    row = (await tx.execute(select(courses).where(courses.c.case == case).with_for_update())).first()
    return make_fact(row) if row is not None else None


def make_fact(row: Row[Any]) -> CaseFact:
    """The complaint that this row of `courses` is about."""
    return CaseFact(
        FactPlace(row.at, *(getattr(row, name) for name in PLACE)),
        row.opened_at,
        row.category,
        row.valid,
        row.outcome == Outcome.MERGED.value,
        row.grown,
        CaseHandling(Outcome(row.outcome), *(getattr(row, name) for name in _HANDLING_FIELDS)),
        row.handling,
        row.repeated,
    )


_HANDLING_FIELDS = ("replied", "resolved", "finished", "answered_at", "rounds", "solved_in", "reopened")
"""The fields of `CaseHandling` after the outcome, in their order."""


async def put(tx: Tx, case: int, fact: CaseFact) -> None:
    """Write the complaint as the figures see it now."""
    await tx.execute(upsert(tx, courses), make_row(case, fact))


def make_row(case: int, fact: CaseFact) -> dict[str, Any]:
    """The complaint as the table has it."""
    row: dict[str, Any] = {name: getattr(fact.place, name) for name in PLACE}
    row |= {"case": case, "at": fact.place.at, "opened_at": fact.opened_at, "category": fact.category}
    row |= {"unit": fact.unit, "valid": fact.valid, "grown": fact.grown, "outcome": fact.handling.outcome.value}
    row |= {name: getattr(fact.handling, name) for name in _HANDLING_FIELDS}
    return row | {"repeated": fact.repeated, "handling": fact.rating}


async def set_handling_rating(tx: Tx, case: int, score: int | None) -> None:
    await tx.execute(update(courses).where(courses.c.case == case).values(handling=score))


async def is_repeat(tx: Tx, case: int, fact: CaseFact, within: timedelta) -> bool:
    """Whether the same unit had another complaint of this category within this time before this one."""
    same = _filter_same(fact)
    earlier = (c.opened_at >= fact.opened_at - within, c.opened_at <= fact.opened_at, c.case < case)
    return await tx.scalar(select(c.case).where(*same, *earlier).limit(1)) is not None


async def recheck_later(
    tx: Tx, case: int, facts: Iterable[CaseFact], within: timedelta
) -> list[tuple[CaseFact, CaseFact]]:
    """Decide anew whether what came after this complaint, where it is or was counted, is a repeat; what changed, before and after."""
    earlier = courses.alias("earlier")
    repeats = exists().where(
        earlier.c.category == c.category,
        earlier.c.unit == c.unit,
        earlier.c.outcome != Outcome.MERGED.value,
        earlier.c.opened_at <= c.opened_at,
        earlier.c.case < c.case,
    )
    changed = []
    for fact in facts:
        later = (c.opened_at >= fact.opened_at, c.opened_at <= fact.opened_at + within, c.case > case)
        statement = select(courses).where(*_filter_same(fact), *later).order_by(c.case).with_for_update()
        rows = (await tx.execute(statement)).all()
        for row in rows:  # a handful at most; each has a window of its own
            recent = repeats.where(earlier.c.opened_at >= row.opened_at - within)
            repeated = bool(await tx.scalar(select(recent).where(c.case == row.case)))
            if repeated is not row.repeated:
                await tx.execute(update(courses).where(c.case == row.case).values(repeated=repeated))
                before = make_fact(row)
                changed.append((before, replace(before, repeated=repeated)))
    return changed


def _filter_same(fact: CaseFact) -> tuple[ColumnElement[bool], ...]:
    return c.category == fact.category, c.unit == fact.unit, c.outcome != Outcome.MERGED.value


async def is_grown(tx: Tx, case: int) -> bool:
    """Whether it came from the survey of a low rating."""
    return await tx.scalar(select(cases.c.invitation).where(cases.c.id == case)) is not None


async def fetch_place(tx: Tx, delivery: int | None) -> FactPlace | None:
    """What the survey about this delivery froze, otherwise the delivery itself; None if there is no delivery."""
    if delivery is None:
        return None
    source = deliveries.outerjoin(invitations, invitations.c.delivery == deliveries.c.id)
    frozen = [invitations.c[name].label(f"frozen_{name}") for name in PLACE]
    columns = (invitations.c.id.label("asked"), deliveries.c.delivered_at, *frozen, *(deliveries.c[n] for n in PLACE))
    row = (await tx.execute(select(*columns).select_from(source).where(deliveries.c.id == delivery))).first()
    if row is None:
        return None
    return FactPlace(
        row.delivered_at, *(getattr(row, name if row.asked is None else f"frozen_{name}") for name in PLACE)
    )
