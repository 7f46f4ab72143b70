"""Copies of a contribution: the messages that show it under the card where the case is led, or in the customer's chat.

1. The customer's words and a cooperating department's statement go under the card; a letter from staff goes to the
   customer; a note goes nowhere.
2. A copy always has the name `said:<contribution>`: it is sent where there is none, and an edit changes it in place. What a
   customer adds in a burst is in one copy, named after the first of it (see `gathering`).
3. Phones and addresses in the customer's words are masked in groups; who may see them reveals them (`handlers/cases/file/reveal.py`).
4. What was filed is on the card itself and has no copy.
"""

from collections.abc import Sequence
from dataclasses import replace

from conversations.protocol import File
from domain.cases.case import Case, ContributionSide
from handlers.cases.life import card_chats, cards, telling
from handlers.cases.life.card_chats import list_working_chats
from handlers.turns import outbound
from handlers.turns.batch import Batch
from storage.cases import cases
from storage.cases import contributions as contribution_rows
from storage.cases.contributions import INCOMPLETE, WAITING, Contribution
from storage.people import people
from storage.queue import outbox
from storage.queue.outbox import OwedCall, Priority
from texts import escape
from texts.length import split, trim

SHOWN_UNITS = 7600
"""How much of a customer's words one copy shows, however edits lengthen them; `Full text` and the case's file have the rest."""

PARTS_MOST = 4
"""A copy of that length has no more messages than these, wherever it is cut."""


def copy_name(contribution: int) -> str:
    """Our name for the message that shows a contribution to somebody."""
    return f"said:{contribution}"


async def show_copies(batch: Batch, case: Case, contribution: Contribution) -> None:
    """Show it to those it is for: words first, then attachments."""
    files = [(kind, id_) for kind, id_, _album in contribution.files]
    if contribution.side == ContributionSide.STAFF:
        await _write_customer(batch, case, contribution, files)
    elif contribution.side == ContributionSide.STATEMENT:
        for chat in await list_working_chats(batch, case):
            await show_staff(batch, chat, case, [contribution])
            telling.forward_files(batch, chat, case, files)
        await card_chats.refresh_cards(batch, case)


async def update_copies(batch: Batch, case: Case, contribution: Contribution) -> None:
    """Update the copies already shown to the new words."""
    if contribution.side == ContributionSide.STAFF:
        customer = await telling.find_customer(batch, case)
        if customer is not None:
            telling.hold_if_unreachable(batch, customer)
            html = _draw_copy(batch, customer.language, case, [contribution])
            batch.show(customer.telegram_id, copy_name(contribution.id), html, language=customer.language)
    elif contribution.side != ContributionSide.NOTE and not is_still_to_be_shown(contribution):
        together = await _list_shown_together(batch, contribution)
        for chat in await _list_copy_chats(batch, case, together):
            await show_staff(batch, chat, case, together)


def is_still_to_be_shown(contribution: Contribution) -> bool:
    """Whether staff will be shown it in a moment, as it is then."""
    return contribution.shown_in in {WAITING, INCOMPLETE}


async def show_changed_file(batch: Batch, case: Case, contribution: Contribution, file: File) -> None:
    """Show the file that replaces another, marked as such; what is still to be shown needs no mark."""
    if is_still_to_be_shown(contribution):
        return
    if contribution.side == ContributionSide.STAFF:
        customer = await telling.find_customer(batch, case)
        chats = {customer.telegram_id: customer.language} if customer is not None else {}
        under = copy_name(contribution.id)
        if customer is not None:
            telling.hold_if_unreachable(batch, customer)
    else:
        chats = await list_working_chats(batch, case) if contribution.side != ContributionSide.NOTE else {}
        under = cards.card_name(case.id)
    for chat, language in chats.items():
        mark = batch.services.texts.html(language, "said-edited-file", {"number": case.number})
        priority = Priority.PEOPLE if contribution.side == ContributionSide.STAFF else Priority.STAFF
        name = f"c:{case.id}:{batch.services.next_id()}"
        batch.say(chat, mark, priority=priority, reply_to=under, name=name, topic=case.id)
        _send_files(batch, chat, case, [outbound.make_media_call(file.kind, file.id)], reply_to=name, priority=priority)


async def show_staff(batch: Batch, chat: int, case: Case, together: Sequence[Contribution]) -> None:
    """The copy under the card of what one copy shows together; the owner is named, so that the owner hears of it."""
    language = await card_chats.find_language(batch, chat)
    owner = await people.fetch_by_id(batch.tx, [case.owner]) if case.owner is not None else {}
    together = [_mask(batch, case, contribution) for contribution in together]
    html = _draw_copy(batch, language, case, together, await _draw_author(batch, together[0], language))
    html = f"{html}\n{telling.mention(list(owner.values()))}".strip()
    first, card, staff = copy_name(together[0].id), cards.card_name(case.id), Priority.STAFF
    shown = {f"{first}.{n}" if n else first: part for n, part in enumerate(split(html))}
    shown |= await _empty_superfluous_parts(batch, chat, first, len(shown), language)
    for name, part in shown.items():
        batch.show(chat, name, part, language=language, reply_to=card, priority=staff, topic=case.id)


def _mask(batch: Batch, case: Case, contribution: Contribution) -> Contribution:
    if contribution.side != ContributionSide.CUSTOMER:
        return contribution
    return replace(contribution, words=batch.services.mask_words(contribution.words, case.waybill))


async def _empty_superfluous_parts(batch: Batch, chat: int, first: str, needed: int, language: str) -> dict[str, str]:
    """Messages of a copy that an edit has made shorter say only that it was edited."""
    standing = await outbox.find_messages(batch.tx, [(chat, f"{first}.{n}") for n in range(needed, PARTS_MOST)])
    return {name: batch.services.texts.html(language, "said-edited") for _chat, name in sorted(standing)}


async def _write_customer(batch: Batch, case: Case, contribution: Contribution, files: list[tuple[str, str]]) -> None:
    customer = await telling.find_customer(batch, case)
    if customer is None:
        return
    telling.hold_if_unreachable(batch, customer)
    chat, name = customer.telegram_id, copy_name(contribution.id)
    html = _draw_copy(batch, customer.language, case, [contribution])
    batch.show(chat, name, html, language=customer.language)
    _send_files(batch, chat, case, outbound.make_media_calls(files), reply_to=name)


async def _list_shown_together(batch: Batch, contribution: Contribution) -> list[Contribution]:
    """What the copy of this contribution shows, as it is now, in order; nothing if it is what was filed, which has no copy."""
    if contribution.side != ContributionSide.CUSTOMER:
        return [contribution]
    written = await contribution_rows.list_contributions(batch.tx, contribution.case, ContributionSide.CUSTOMER)
    if contribution.id == written[0].id:
        return []
    if contribution.shown_in is None:
        return [contribution]
    return [one for one in written if one.shown_in == contribution.shown_in]


async def send_files_again(batch: Batch, case: Case) -> None:
    """Send the customer once more whatever the department attached."""
    customer = await telling.find_customer(batch, case)
    for letter in await contribution_rows.list_contributions(batch.tx, case.id, ContributionSide.STAFF):
        if customer is not None:
            files = [(kind, id_) for kind, id_, _album in letter.files]
            calls = outbound.make_media_calls(files)
            _send_files(batch, customer.telegram_id, case, calls, reply_to=copy_name(letter.id))


async def _list_copy_chats(batch: Batch, case: Case, together: Sequence[Contribution]) -> list[int]:
    """Where the case is led now, and wherever else a copy stands."""
    if not together:
        return []
    leading = await list_working_chats(batch, case)
    others = [chat for chat in await cases.list_card_chats(batch.tx, case.id) if chat not in leading]
    standing = (
        await outbox.find_messages(batch.tx, [(chat, copy_name(together[0].id)) for chat in others]) if others else {}
    )
    return [*leading, *(chat for chat, _name in standing)]


def _send_files(
    batch: Batch,
    chat: int,
    case: Case,
    calls: list[tuple[str, str]],
    *,
    reply_to: str,
    priority: Priority = Priority.PEOPLE,
) -> None:
    for method, body in calls:
        id_ = batch.services.next_id()
        name = f"c:{case.id}:{id_}"
        batch.owe(OwedCall(id_, chat, method, body, name, priority=priority, reply_to=reply_to, topic=case.id))


def _draw_copy(batch: Batch, language: str, case: Case, together: Sequence[Contribution], who: str = "") -> str:
    texts = batch.services.texts
    words = "\n".join(one.words for one in together if one.words)
    lines = [
        texts.html(language, f"said-{together[0].side}", {"number": case.number, "who": who}),
        escape(trim(words, SHOWN_UNITS) if together[0].side == ContributionSide.CUSTOMER else words),
    ]
    if any(one.edits for one in together):
        lines.append(texts.html(language, "said-edited"))
    return "\n".join(filter(None, lines))


async def _draw_author(batch: Batch, contribution: Contribution, language: str) -> str:
    """The name of the reporting department."""
    if contribution.side != ContributionSide.STATEMENT or contribution.author is None:
        return ""
    company = batch.services.company
    case = await cases.get(batch.tx, contribution.case)
    author = (await people.fetch_by_id(batch.tx, [contribution.author])).get(contribution.author)
    if case is None or author is None:
        return ""
    mine = [key for key in case.cooperating if key in author.departments]
    named = [company.departments[key].name.get(language, key) for key in mine if key in company.departments]
    return " / ".join([*named, author.name])
