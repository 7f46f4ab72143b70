"""Merging of two cases of one customer: what was in the first continues in the second, and nothing is lost."""

from dataclasses import replace

from domain.cases.case import OPEN, Case
from handlers.cases.life import cases as case_work
from handlers.turns.batch import Turn
from storage.cases import cases, messages
from storage.people import people
from texts import escape
from texts.length import trim

SHOWN_CHARACTERS = 3000


async def list_choices(turn: Turn, case: Case) -> list[tuple[str, str]]:
    """The customer's other open cases of this kind, as (id, number with the first words)."""
    if case.customer is None:
        return []
    others = await cases.list_by_customer(turn.tx, case.customer, limit=50)
    return [(str(one.id), draw_label(one)) for one in others if can_merge(case, one)]


def can_merge(case: Case, into: Case | None) -> bool:
    """Whether `case` can continue in the other one."""
    return (
        into is not None
        and into.id != case.id
        and into.customer == case.customer
        and into.kind is case.kind
        and into.state in OPEN
    )


def draw_label(case: Case) -> str:
    words = " ".join((case.description or case.waybill).split())
    return trim(f"{case.number} · {words}" if words else case.number, 60)


async def carry_over(turn: Turn, case: Case, into: Case) -> None:
    """Carry what the customer and everybody else wrote over to the other case; its card and the customer are told."""
    written = await cases.list_contributions(turn.tx, case.id)
    for one in written:
        copy = replace(one, id=turn.services.next_id(), case=into.id)
        await cases.add_contribution(turn.tx, copy)
        await messages.reassign_messages(turn.tx, one.id, copy.id, into.id)
    turn.batch.record(turn.person.id, "case.merged_from", f"case:{into.id}", None, case.number)
    theirs = [one for one in written if one.side == "customer"]
    words = trim("\n".join(filter(None, [*(one.words for one in theirs), case.wanted])), SHOWN_CHARACTERS)
    files = [(kind, file) for one in theirs for kind, file, _album in one.files]
    for chat in await case_work.refresh_cards(turn.batch, into):
        language = await case_work.find_language(turn.batch, chat)
        head = turn.services.texts.html(language, "merged-here", {"number": into.number, "other": case.number})
        case_work.say_under_card(turn.batch, chat, into, f"{head}\n{escape(words)}".strip())
        case_work.forward_files(turn.batch, chat, into, files)
    customer = (
        (await people.fetch_by_id(turn.tx, [case.customer])).get(case.customer) if case.customer is not None else None
    )
    if customer is not None:
        case_work.tell_customer(turn.batch, customer, "case-merged", number=case.number, other=into.number)
