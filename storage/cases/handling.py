"""Denormalized case history: one narrow row per complaint, so that figures need not decrypt anything."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, select, update

from domain.cases.handling import CaseHandling, Outcome
from domain.deliveries.delivery import PLACE
from domain.figures.totals import CaseFact, FactPlace
from storage.engine.database import Tx, upsert
from storage.models import cases, courses, deliveries, invitations

c = courses.c


@dataclass(frozen=True, slots=True)
class HandlingRow:
    """A complaint as the figures see it; `repeated`: its unit had another one of the same category shortly before."""

    case: int
    fact: CaseFact
    handling: CaseHandling
    rating: int | None = None
    repeated: bool = False


async def get(tx: Tx, case: int) -> HandlingRow | None:
    row = (await tx.execute(select(courses).where(courses.c.case == case))).first()
    if row is None:
        return None
    place = FactPlace(row.at, *(getattr(row, name) for name in PLACE))
    merged = row.outcome == Outcome.MERGED.value
    fact = CaseFact(place, row.opened_at, row.category, row.valid, merged, row.grown)
    handled = CaseHandling(
        Outcome(row.outcome),
        row.replied,
        row.resolved,
        row.finished,
        row.answered_at,
        row.rounds,
        row.solved_in,
        row.reopened,
    )
    return HandlingRow(row.case, fact, handled, row.handling, row.repeated)


async def put(tx: Tx, line: HandlingRow) -> None:
    """Write the handling as it is now."""
    await tx.execute(upsert(tx, courses), make_row(line))


def make_row(line: HandlingRow) -> dict[str, Any]:
    """The handling as the table has it."""
    fact, handled = line.fact, line.handling
    row: dict[str, Any] = {name: getattr(fact.place, name) for name in PLACE}
    row |= {"case": line.case, "at": fact.place.at, "opened_at": fact.opened_at, "category": fact.category}
    row |= {"unit": fact.unit, "valid": fact.valid, "grown": fact.grown}
    row |= {"outcome": handled.outcome.value, "answered_at": handled.answered_at}
    row |= {name: getattr(handled, name) for name in ("replied", "resolved", "finished", "rounds", "solved_in")}
    return row | {"reopened": handled.reopened, "repeated": line.repeated, "handling": line.rating}


async def set_handling_rating(tx: Tx, case: int, score: int | None) -> None:
    await tx.execute(update(courses).where(courses.c.case == case).values(handling=score))


async def is_repeat(tx: Tx, case: int, fact: CaseFact, within: timedelta) -> bool:
    """Whether the same unit had another complaint of this category within this time before this one."""
    same = _filter_same(fact)
    earlier = (c.opened_at >= fact.opened_at - within, c.opened_at <= fact.opened_at, c.case < case)
    return await tx.scalar(select(c.case).where(*same, *earlier).limit(1)) is not None


async def recheck_later(tx: Tx, case: int, facts: Iterable[CaseFact], within: timedelta) -> None:
    """Decide anew whether what came after this complaint, where it is or was counted, is a repeat."""
    earlier = courses.alias("earlier")
    repeats = exists().where(
        earlier.c.category == c.category,
        earlier.c.unit == c.unit,
        earlier.c.outcome != Outcome.MERGED.value,
        earlier.c.opened_at <= c.opened_at,
        earlier.c.case < c.case,
    )
    for fact in facts:
        later = (c.opened_at >= fact.opened_at, c.opened_at <= fact.opened_at + within, c.case > case)
        rows = (await tx.execute(select(c.case, c.opened_at).where(*_filter_same(fact), *later))).all()
        for row in rows:  # a handful at most; each has a window of its own
            recent = repeats.where(earlier.c.opened_at >= row.opened_at - within)
            await tx.execute(update(courses).where(c.case == row.case).values(repeated=recent))


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
