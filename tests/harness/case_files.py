"""The file of the first case after some events, for tests that look at it."""

from typing import Any

from domain.cases.case import Case, CaseEvent, CasePart, Need
from handlers.cases.file import case_file
from handlers.cases.file.snapshot import take_snapshot
from handlers.cases.life import transitions
from handlers.turns.batch import Batch
from handlers.turns.flush import flush
from reports.wording.case_file import CaseFile, CaseFileForm
from storage.cases import cases
from tests.harness.case_actions import find_first_case
from tests.harness.in_process import Desk

ANYBODY = frozenset(CasePart)


async def draw_case_file(
    desk: Desk,
    *events: tuple[CaseEvent, dict[Need, str]],
    language: str = "en",
    **more: Any,  # noqa: ANN401 -- fields of a case
) -> CaseFile:
    """The file after these events."""
    files: list[CaseFile] = []
    case_id = await find_first_case(desk)

    async def work(batch: Batch) -> None:
        for event, facts in events:
            before = await cases.get(batch.tx, case_id)
            assert before is not None
            moved = await transitions.move(batch, before, event, ANYBODY, facts, actor=before.owner)
            assert isinstance(moved, Case), (event, moved)
            await flush(batch, None)
            batch.changes.clear()
            batch.calls.clear()
            batch.set_timers.clear()
            batch.cancelled.clear()
        case = await cases.get(batch.tx, case_id)
        assert case is not None
        known = await take_snapshot(batch, case, language)
        files.append(await case_file.draw_case_file(batch, known, **more))

    await desk.batch(work)
    return files[0]


def index_lines(form: CaseFileForm) -> dict[str, str]:
    return {line.label: line.text for line in form.lines}
