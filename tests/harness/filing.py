"""The file of the first case after some events, for tests that look at it."""

from typing import Any

from domain.cases.case import Case, Event, Need, Part
from handlers.cases.file import dossier
from handlers.cases.file.gathered import gather
from handlers.cases.life import cases as case_work
from handlers.turns.batch import Batch
from reports.wording.dossier import Dossier, Form
from storage.cases import cases
from tests.harness.acting import first_case
from tests.harness.inside import Desk

ANYBODY = frozenset(Part)


async def told(desk: Desk, *events: tuple[Event, dict[Need, str]], language: str = "en", **more: Any) -> Dossier:  # noqa: ANN401
    """The file after these events."""
    found: list[Dossier] = []
    case_id = await first_case(desk)

    async def work(batch: Batch) -> None:
        for event, facts in events:
            before = await cases.get(batch.tx, case_id)
            assert before is not None
            moved = await case_work.move(batch, before, event, ANYBODY, facts, actor=before.owner)
            assert isinstance(moved, Case), (event, moved)
            await batch.flush(None)
            batch.changes.clear()
            batch.calls.clear()
            batch.set_timers.clear()
            batch.cancelled.clear()
        case = await cases.get(batch.tx, case_id)
        assert case is not None
        known = await gather(batch, case, language)
        found.append(await dossier.dossier(batch, known, **more))

    await desk.batch(work)
    return found[0]


def lines(form: Form) -> dict[str, str]:
    return {line.label: line.text for line in form.lines}
