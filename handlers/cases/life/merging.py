"""Two cases of one customer become one: what was in the first goes on in the second, and nothing of it is lost."""

from dataclasses import replace

from domain.cases.case import OPEN, Case
from handlers.cases.life import cases as case_work
from handlers.turns.batch import Turn
from storage.cases import cases, talk
from storage.people import people
from texts import escape
from texts.length import trim

SHOWN = 3000


async def choices(turn: Turn, case: Case) -> list[tuple[str, str]]:
    """The customer's other open cases of this kind: id, and number with the first words."""
    if case.customer is None:
        return []
    others = await cases.of_customer(turn.tx, case.customer, limit=50)
    return [(str(one.id), label(one)) for one in others if fits(case, one)]


def fits(case: Case, into: Case | None) -> bool:
    """Whether `case` can go on in the other one."""
    return (
        into is not None
        and into.id != case.id
        and into.customer == case.customer
        and into.kind is case.kind
        and into.state in OPEN
    )


def label(case: Case) -> str:
    words = " ".join((case.description or case.waybill).split())
    return trim(f"{case.number} · {words}" if words else case.number, 60)


async def merged(turn: Turn, case: Case, into: Case) -> None:
    """What the customer and everybody else wrote is the other case's too; its card and the customer hear of it."""
    written = await cases.contributed(turn.tx, case.id)
    for one in written:
        copy = replace(one, id=turn.services.next_id(), case=into.id)
        await cases.contribute(turn.tx, copy)
        await talk.follow(turn.tx, one.id, copy.id, into.id)
    turn.batch.record(turn.person.id, "case.merged_from", f"case:{into.id}", None, case.number)
    theirs = [one for one in written if one.side == "customer"]
    words = trim("\n".join(filter(None, [*(one.words for one in theirs), case.wanted])), SHOWN)
    files = [(kind, file) for one in theirs for kind, file, _album in one.files]
    for chat in await case_work.refresh(turn.batch, into):
        language = await case_work.language_of(turn.batch, chat)
        head = turn.services.texts.html(language, "merged-here", {"number": into.number, "other": case.number})
        case_work.say_under(turn.batch, chat, into, f"{head}\n{escape(words)}".strip())
        case_work.forward(turn.batch, chat, into, files)
    customer = (await people.by_id(turn.tx, [case.customer])).get(case.customer) if case.customer is not None else None
    if customer is not None:
        case_work.tell_customer(turn.batch, customer, "case-merged", number=case.number, other=into.number)
