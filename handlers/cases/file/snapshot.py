"""Snapshot of a case: everything known about it, read once, with the words for it in one language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.cases.case import Case, ContributionSide, HistoryEntry
from handlers.cases.file.wording import Wording, collect_ids
from handlers.turns.batch import Batch
from storage import audit
from storage.audit import AuditEntry
from storage.cases import cases
from storage.cases import deadlines as clock_rows
from storage.cases.cases import Contribution
from storage.people import people


@dataclass(frozen=True, slots=True)
class CaseSnapshot:
    """Everything known about a case, and the words for it."""

    words: Wording
    case: Case
    history: Sequence[HistoryEntry]
    contributions: Sequence[Contribution]
    changes: Sequence[AuditEntry]
    nudges: Sequence[tuple[datetime, str, int]]

    @property
    def first(self) -> Contribution | None:
        """The contribution that was filed."""
        return next((one for one in self.contributions if one.side == ContributionSide.CUSTOMER), None)


async def take_snapshot(batch: Batch, case: Case, language: str) -> CaseSnapshot:
    history = await cases.fetch_history(batch.tx, case.id)
    written = await cases.list_contributions(batch.tx, case.id)
    changes = await audit.list_entries(batch.tx, f"case:{case.id}")
    whom, others = collect_ids(history)
    whom |= {one.author for one in written if one.author} | {one.actor for one in changes if one.actor}
    whom |= {one for one in (case.customer, case.owner) if one}
    others |= {one for one in (case.linked, case.merged_into) if one}
    related = {one: await cases.get(batch.tx, one) for one in others}
    numbers = {one: other.number for one, other in related.items() if other is not None}
    words = Wording(batch.services, language, case, await people.fetch_by_id(batch.tx, whom), numbers)
    return CaseSnapshot(words, case, history, written, changes, await clock_rows.list_nudges(batch.tx, case.id))
