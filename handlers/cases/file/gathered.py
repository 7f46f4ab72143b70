"""Everything that is known about a case, read once, with the words for it in one language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.cases.case import Case, Happened
from handlers.cases.file.facts import Wording, named
from handlers.turns.batch import Batch
from storage import audit
from storage.audit import Change
from storage.cases import cases
from storage.cases import clocks as clock_rows
from storage.cases.cases import Contribution
from storage.people import people


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that is known about a case, and the words for it."""

    words: Wording
    case: Case
    history: Sequence[Happened]
    written: Sequence[Contribution]
    changes: Sequence[Change]
    nudges: Sequence[tuple[datetime, str, int]]

    @property
    def first(self) -> Contribution | None:
        """What was filed."""
        return next((one for one in self.written if one.side == "customer"), None)


async def gather(batch: Batch, case: Case, language: str) -> Gathered:
    history = await cases.history(batch.tx, case.id)
    written = await cases.contributed(batch.tx, case.id)
    changes = await audit.of(batch.tx, f"case:{case.id}")
    whom, others = named(history)
    whom |= {one.author for one in written if one.author} | {one.actor for one in changes if one.actor}
    whom |= {one for one in (case.customer, case.owner) if one}
    others |= {one for one in (case.linked, case.merged_into) if one}
    found = {one: await cases.get(batch.tx, one) for one in others}
    numbers = {one: other.number for one, other in found.items() if other is not None}
    words = Wording(batch.services, language, case, await people.by_id(batch.tx, whom), numbers)
    return Gathered(words, case, history, written, changes, await clock_rows.given(batch.tx, case.id))
