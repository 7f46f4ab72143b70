"""Unmasking of contact details (who the customer is, how to reach them, and their own words where these say so): for the owner
and the head only, never in the group, always logged.
"""

from domain.cases.case import Case, ContributionSide
from handlers.access.case_rights import CaseRight, may
from handlers.turns.turn import Turn
from storage.cases import cases
from storage.cases import contributions as contribution_rows
from storage.deliveries import deliveries
from storage.people import people
from texts.length import TOAST, units

REVEALED = "case.reveal"
"""Its name in the log."""


async def reveal_contact(turn: Turn, case: Case) -> None:
    """Over the chat, seen by the presser alone; what is too long for that comes in private."""
    if not await may(turn, CaseRight.REVEAL_CONTACT, case):
        turn.toast("reveal-not-yours", alert=True)
        return
    facts = await _fetch_known(turn, case)
    if not facts:
        turn.toast("reveal-nothing", number=case.number, alert=True)
        return
    shown = "\n".join([case.number, *(turn.plain(key, text=text) for key, text in facts)])
    short = units(shown) <= TOAST and bool(turn.callback)
    if not short and not turn.person.reachable:
        turn.toast("reveal-write-first", alert=True)
        return
    turn.batch.record(turn.person.id, REVEALED, f"case:{case.id}")
    if short:
        turn.answered = True
        turn.batch.answer(turn.callback, shown, alert=True)
        return
    texts, language = turn.services.texts, turn.person.language
    lines = [f"<b>{case.number}</b>", *(texts.html(language, key, {"text": text}) for key, text in facts)]
    turn.batch.say(turn.person.telegram_id, "\n".join(lines))
    turn.toast("reveal-in-private")


async def fetch_contact(turn: Turn, case: Case) -> str:
    """The shortest way to the customer outside the chat, empty if none is known."""
    if case.contact:
        return case.contact
    return (await deliveries.fetch_recipient(turn.tx, case.delivery))[1] if case.delivery is not None else ""


async def _fetch_known(turn: Turn, case: Case) -> list[tuple[str, str]]:
    """What is known, as (text key, value)."""
    customer = (
        (await people.fetch_by_id(turn.tx, [case.customer])).get(case.customer) if case.customer is not None else None
    )
    name, phone = await deliveries.fetch_recipient(turn.tx, case.delivery) if case.delivery is not None else ("", "")
    account = f"@{customer.username}" if customer and customer.username else ""
    names = dict.fromkeys(filter(None, (name, customer.name if customer else "")))
    known = [("reveal-name", " / ".join(names)), ("reveal-account", account), ("reveal-phone", phone)]
    contact = case.contact if case.contact != phone else ""
    written = await contribution_rows.list_contributions(turn.tx, case.id, ContributionSide.CUSTOMER)
    history = await cases.fetch_history(turn.tx, case.id)
    why = [text for one in history if one.actor == case.customer for text in one.facts.values()]
    told = (*(one.words for one in written), case.wanted, *why)
    said = [one for one in told if turn.services.mask_words(one, case.waybill) != one]
    return [one for one in (*known, ("reveal-contact", contact), ("reveal-words", "\n".join(said))) if one[1]]
