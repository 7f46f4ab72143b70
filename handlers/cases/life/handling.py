"""Handling record of a complaint, updated with every event of it; the totals follow in the same transaction.

Whether later complaints repeat it changes when it is merged or passed on, and is decided anew with that event.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from domain.cases.case import Case, CaseKind, CaseState, HistoryEntry
from domain.cases.handling import compute_handling
from domain.figures.totals import CaseFact, Fact, FactPlace
from handlers.turns import totals
from handlers.turns.batch import Batch
from storage.cases import cases, deadlines, handling
from storage.cases import contributions as contribution_rows


async def update_handling(batch: Batch, case: Case, history: Sequence[HistoryEntry]) -> None:
    """Update it after an event (or, when rebuilt, after all of them)."""
    if case.kind is not CaseKind.COMPLAINT:
        return
    known = await handling.get(batch.tx, case.id)
    place = known.place if known is not None else await _find_place(batch, case)
    grown = known.grown if known is not None else await handling.is_grown(batch.tx, case.id)
    letters = await contribution_rows.list_letter_moments(batch.tx, case.id)
    fact = CaseFact(
        replace(place, department=case.department),
        case.created_at,
        case.category,
        valid=case.resolution is not None and case.resolution.get("valid") == "yes",
        merged=case.state is CaseState.MERGED,
        grown=grown,
        handling=compute_handling(history, batch.services.company.calendar, letters),
        rating=case.handling,
    )
    within = timedelta(days=batch.services.company.handling.repeat_within_days)
    fact = replace(fact, repeated=await handling.is_repeat(batch.tx, case.id, fact, within))
    pairs: list[tuple[Fact | None, Fact | None]] = [(known, fact)]
    if known is not None and known.category != fact.category:
        ended = await deadlines.list_counted(batch.tx, case.id)
        pairs += [(one, replace(one, category=fact.category)) for one in ended.values()]
    await handling.put(batch.tx, case.id, fact)
    if known is not None and _find_place_of_repeat(known) != _find_place_of_repeat(fact):
        pairs += await handling.recheck_later(batch.tx, case.id, (known, fact), within)
    totals.record_changes(batch, pairs)


async def rate_handling(batch: Batch, case: int, score: int | None) -> None:
    """Record how the customer rates the handling: 1 to 5, None while it is being rated again."""
    known = await handling.get(batch.tx, case)
    await cases.set_handling_rating(batch.tx, case, score)
    if known is not None:
        totals.record_changes(batch, [(known, replace(known, rating=score))])


def _find_place_of_repeat(fact: CaseFact) -> tuple[str, str, bool]:
    """What decides whether later complaints repeat this one."""
    return fact.category, fact.unit, fact.merged


async def _find_place(batch: Batch, case: Case) -> FactPlace:
    """The place of the delivery it is about; the courier can also come from the case itself."""
    place = await handling.fetch_place(batch.tx, case.delivery) or FactPlace(case.created_at)
    return replace(place, courier=place.courier or case.courier)
