"""Merging of two cases of one customer: what was in the first continues in the second, and nothing is lost."""

from dataclasses import replace

from domain.cases.case import OPEN, Case, ContributionSide
from handlers.cases.life import card_chats, telling
from handlers.turns.batch import Batch
from handlers.turns.turn import Turn
from storage.cases import cases, evidence, messages
from storage.cases import contributions as contribution_rows
from texts import escape
from texts.length import trim

SHOWN_CHARACTERS = 3000


async def list_choices(turn: Turn, case: Case) -> list[tuple[str, str]]:
    """The customer's other open cases of this kind, as (id, number with the first words)."""
    if case.customer is None:
        return []
    others = await cases.list_by_customer(turn.tx, case.customer, limit=50)
    labelled = [one for one in others if can_merge(case, one)]
    return [(str(one.id), draw_label(_mask(turn, one))) for one in labelled]


def _mask(turn: Turn, case: Case) -> Case:
    return replace(case, description=turn.services.mask_words(case.description, case.waybill))


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


async def carry_over(batch: Batch, case: Case, actor: int | None) -> None:
    """What the customer and everybody else wrote is the other case's too, and its card says what that is."""
    into = await cases.get(batch.tx, case.merged_into) if case.merged_into is not None else None
    if into is None:
        return
    written = await contribution_rows.list_contributions(batch.tx, case.id)
    for contribution in written:
        copy = replace(contribution, id=batch.services.next_id(), case=into.id, shown_in=None)
        if await contribution_rows.add_contribution(batch.tx, copy):
            await evidence.continue_in(batch.tx, contribution.id, copy.id)
        await messages.reassign_messages(batch.tx, contribution.id, copy.id, into.id)
    batch.record(actor, "case.merged_from", f"case:{into.id}", None, case.number)
    theirs = [contribution for contribution in written if contribution.side == ContributionSide.CUSTOMER]
    said = "\n".join(filter(None, [*(one.words for one in theirs), case.wanted]))
    words = trim(batch.services.mask_words(said, case.waybill), SHOWN_CHARACTERS)
    files = [(kind, file) for contribution in theirs for kind, file, _album in contribution.files]
    await card_chats.refresh_cards(batch, into)
    for chat, language in (await card_chats.list_working_chats(batch, into)).items():
        head = batch.services.texts.html(language, "merged-here", {"number": into.number, "other": case.number})
        telling.say_under_card(batch, chat, into, f"{head}\n{escape(words)}".strip())
        telling.forward_files(batch, chat, into, files)
