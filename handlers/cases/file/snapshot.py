"""Snapshot of a case: everything known about it, read once, with the words for it in one language."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.cases.case import Case, ContributionSide, HistoryEntry
from handlers.cases.file.wording import Wording, collect_ids
from handlers.turns.batch import Batch
from storage import audit
from storage.audit import AuditEntry
from storage.cases import cases
from storage.cases import contributions as contribution_rows
from storage.cases import deadlines as deadline_rows
from storage.cases.contributions import Contribution
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


async def take_snapshot(batch: Batch, case: Case, language: str, *, unmasked: bool = False) -> CaseSnapshot:
    """Unless `unmasked`, phones and addresses in the customer's own words are masked wherever they stand."""
    history = await cases.fetch_history(batch.tx, case.id)
    written = await contribution_rows.list_contributions(batch.tx, case.id)
    changes = await audit.list_entries(batch.tx, f"case:{case.id}")
    whom, others = collect_ids(history)
    whom |= {one.author for one in written if one.author} | {one.actor for one in changes if one.actor}
    whom |= {one for one in (case.customer, case.owner) if one}
    others |= {one for one in (case.linked, case.merged_into) if one}
    related = {one: await cases.get(batch.tx, one) for one in others}
    numbers = {one: other.number for one, other in related.items() if other is not None}
    words = Wording(batch.services, language, case, await people.fetch_by_id(batch.tx, whom), numbers)
    known = CaseSnapshot(words, case, history, written, changes, await deadline_rows.list_nudges(batch.tx, case.id))
    return known if unmasked else _mask(known)


def _mask(known: CaseSnapshot) -> CaseSnapshot:
    """The same with the customer's words masked; staff's own are theirs."""
    case = known.case

    def hide(text: str) -> str:
        return known.words.services.mask_words(text, case.waybill)

    def hide_contribution(written: Contribution) -> Contribution:
        edits = tuple({**before, "words": hide(str(before.get("words", "")))} for before in written.edits)
        return replace(written, words=hide(written.words), edits=edits)

    by_customer = case.customer is not None
    return replace(
        known,
        case=replace(case, description=hide(case.description), wanted=hide(case.wanted)),
        history=[
            replace(one, facts={key: hide(text) for key, text in one.facts.items()})
            if by_customer and one.actor == case.customer
            else one
            for one in known.history
        ],
        contributions=[
            hide_contribution(one) if one.side == ContributionSide.CUSTOMER else one for one in known.contributions
        ],
        changes=[
            replace(one, before=one.before and hide(one.before), after=one.after and hide(one.after))
            if by_customer and one.actor == case.customer
            else one
            for one in known.changes
        ],
    )
