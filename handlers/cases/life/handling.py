"""Handling record of a complaint, updated with every event of it; the totals follow in the same transaction.

Whether later complaints repeat it changes when it is merged or passed on, and is decided anew with that event.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from domain.cases.case import Case, CaseKind, CaseState, HistoryEntry
from domain.cases.handling import compute_handling
from domain.figures.totals import CaseFact, FactPlace
from handlers.turns import totals
from handlers.turns.batch import Batch
from storage.cases import contributions as contribution_rows
from storage.cases import handling
from storage.cases.handling import HandlingRow


async def update_handling(batch: Batch, case: Case, history: Sequence[HistoryEntry]) -> None:
    """Update it after an event (or, when rebuilt, after all of them)."""
    if case.kind is not CaseKind.COMPLAINT:
        return
    known = await handling.get(batch.tx, case.id)
    place = known.fact.place if known is not None else await _find_place(batch, case)
    valid = case.resolution is not None and case.resolution.get("valid") == "yes"
    merged = case.state is CaseState.MERGED
    grown = known.fact.grown if known is not None else await handling.is_grown(batch.tx, case.id)
    fact = CaseFact(replace(place, department=case.department), case.created_at, case.category, valid, merged, grown)
    within = timedelta(days=batch.services.company.handling.repeat_within_days)
    repeated = await handling.is_repeat(batch.tx, case.id, fact, within)
    letters = await contribution_rows.list_letter_moments(batch.tx, case.id)
    handled = compute_handling(history, batch.services.company.calendar, letters)
    await handling.put(batch.tx, HandlingRow(case.id, fact, handled, case.handling, repeated))
    if known is not None and _find_place_of_repeat(known.fact) != _find_place_of_repeat(fact):
        await handling.recheck_later(batch.tx, case.id, (known.fact, fact), within)
    totals.record_changes(batch, [(known.fact if known is not None else None, fact)])


def _find_place_of_repeat(fact: CaseFact) -> tuple[str, str, bool]:
    """What decides whether later complaints repeat this one."""
    return fact.category, fact.unit, fact.merged


async def _find_place(batch: Batch, case: Case) -> FactPlace:
    """The place of the delivery it is about; the courier can also come from the case itself."""
    place = await handling.fetch_place(batch.tx, case.delivery) or FactPlace(case.created_at)
    return replace(place, courier=place.courier or case.courier)
