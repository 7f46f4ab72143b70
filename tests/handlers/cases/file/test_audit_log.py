"""The log of a case in words."""

import ast
from pathlib import Path

from conversations.buttons import CaseViewButton
from domain.cases.case import CaseEvent
from domain.people import Role
from handlers.cases.file import audit_log
from storage.audit import AuditEntry
from tests.harness.case_actions import find_first_case, set_up_accepted_case
from tests.harness.in_process import BOSS, NOON, Desk, list_texts


async def lines(desk: Desk) -> list[str]:
    await desk.grant(BOSS, Role.MANAGER)
    (text,) = list_texts(await desk.press(BOSS, CaseViewButton(await find_first_case(desk), "a")))
    return text.partition("Audit</b>")[2].strip().splitlines()


async def test_states_by_their_names(desk: Desk) -> None:
    """Who did what; what it was and became, in words; what is new has nothing before it."""
    await set_up_accepted_case(desk)
    assert await lines(desk) == [
        "2026-11-23 12:00 · the customer · filed",
        "— assigned",
        "2026-11-23 12:00 · Li · accepted",
        "— assigned → in progress",
    ]


async def test_an_entry_without_words_of_its_own(desk: Desk) -> None:
    """Is shown by its name; an edit with what it said before and after, escaped."""
    await set_up_accepted_case(desk)
    case = await find_first_case(desk)
    async with desk.database.begin() as tx:
        from storage import audit

        changes = [
            AuditEntry(desk.services.next_id(), NOON, None, "case.strange", f"case:{case}"),
            AuditEntry(desk.services.next_id(), NOON, None, "case.edit", f"case:{case}", "<a>", ""),
        ]
        await audit.write_entries(tx, changes)
    assert (await lines(desk))[-3:] == [
        "2026-11-23 12:00 · the system · case.strange",
        "2026-11-23 12:00 · the system · changed what was written",
        "— &lt;a&gt; → —",
    ]


def test_what_is_logged_has_words() -> None:
    """Whatever the handlers write about a case is an event, or has words here."""
    written = set()
    for path in (Path(__file__).parents[4] / "handlers").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("case."):
                written.add(node.value)
    written.discard("case.")
    assert written
    assert written <= audit_log._WORDED | {f"case.{event}" for event in CaseEvent}
