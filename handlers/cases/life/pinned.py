"""Pinned overview of a department's group (⚙ pinned_digest): what is open, with whom, until when; one message, edited as cases move."""

from handlers.cases.life import cards
from handlers.turns.batch import Batch
from storage.cases import cases
from storage.people import groups
from storage.people.groups import Group
from storage.queue import outbox
from storage.queue.outbox import OwedCall, Priority

NAME = "open-cases"
SHOWN_CASES = 30


async def show_overview(batch: Batch, department: str) -> None:
    """Redraw the overview in this department's group, and pin it if it is new."""
    if not batch.services.company.handling.pinned_digest:
        return
    group = await groups.find_by_department(batch.tx, department)
    if group is None or not group.here:
        return
    chat, language = group.chat_id, group.language
    batch.show(chat, NAME, await _draw_overview(batch, group), language=language, priority=Priority.STAFF)
    if not await outbox.find_messages(batch.tx, [(chat, NAME)]):
        body = '{"disable_notification":true}'
        batch.owe(OwedCall(batch.services.next_id(), chat, outbox.PIN, body, NAME, priority=Priority.STAFF))


async def _draw_overview(batch: Batch, group: Group) -> str:
    texts, company = batch.services.texts, batch.services.company
    unsolved = await cases.list_unsolved(batch.tx, [group.department or ""], limit=SHOWN_CASES + 1)
    if not unsolved:
        return texts.html(group.language, "pinned-none", {})
    lines = [texts.html(group.language, "pinned-head", {})]
    for case in unsolved[:SHOWN_CASES]:
        args: dict[str, str | int] = {
            "number": case.number,
            "state": texts.plain(group.language, f"state-{case.state.replace('_', '-')}"),
            "owner": case.owner_name or "—",
            "due": cards.format_moment(case.due_at, company),
            "late": "yes" if case.due_at <= batch.now else "no",
        }
        lines.append(texts.html(group.language, "pinned-line", args))
    if len(unsolved) > SHOWN_CASES:
        lines.append(texts.html(group.language, "pinned-more", {}))
    return "\n".join(lines)
