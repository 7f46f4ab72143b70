"""A complaint's course follows every event of it, and the totals follow its course, in the same transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from domain.cases.case import Case, Happened, Kind, State
from domain.cases.course import course
from domain.figures.totals import CaseFact, Place
from handlers.turns import counting
from handlers.turns.batch import Batch
from storage.cases import courses
from storage.cases.courses import Line


async def follow(batch: Batch, case: Case, history: Sequence[Happened]) -> None:
    """After an event (or, written anew, after all of them)."""
    if case.kind is not Kind.COMPLAINT:
        return
    known = await courses.get(batch.tx, case.id)
    place = known.fact.place if known is not None else await _place(batch, case)
    valid = case.resolution is not None and case.resolution.get("valid") == "yes"
    merged = case.state is State.MERGED
    fact = CaseFact(replace(place, department=case.department), case.created_at, case.category, valid, merged)
    repeated = known.repeated if known is not None else False
    if known is None or known.fact.place.department != case.department:
        within = timedelta(days=batch.services.company.handling.repeat_within_days)
        repeated = await courses.is_repeat(batch.tx, case.id, fact, within)
    line = Line(case.id, fact, course(history, batch.services.company.calendar), case.handling, repeated)
    await courses.put(batch.tx, line)
    counting.changed(batch, [(known.fact if known is not None else None, fact)])


async def _place(batch: Batch, case: Case) -> Place:
    """Where the delivery was that it is about; a courier is known by the case itself too."""
    place = await courses.place_of(batch.tx, case.delivery) or Place(case.created_at)
    return replace(place, courier=place.courier or case.courier)
