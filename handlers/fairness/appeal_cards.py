"""Appeal card in quality's group: the rating, whom it rates, why it is appealed, and two buttons until it is decided.

It shows the rating as it stands now, with the customer masked. Without a quality group it goes where everything for
quality goes then.
"""

from dataclasses import replace

from conversations.buttons import AppealButton
from conversations.protocol import Key, KeyboardRow, Text
from domain.fairness.appeal import AppealState
from domain.masking import mask_name, mask_phone
from handlers.cases.life import card_chats, cards
from handlers.fairness import rating_wording
from handlers.people import groups
from handlers.turns.batch import Batch
from storage.fairness import appeals, own_ratings
from storage.fairness.appeals import Appeal, RatedResponse
from storage.fairness.own_ratings import OwnRating
from storage.people import people
from storage.queue.outbox import Priority
from texts.length import trim

SHOWN_CHARACTERS = 1500
"""How many characters of a reason a card shows."""


def card_name(appeal: int) -> str:
    """Our name for the message that is this appeal's card in a chat."""
    return f"appeal:{appeal}"


async def show_card(batch: Batch, appeal: Appeal, *, also: int | None = None) -> None:
    """Draw the card wherever appeals go, and also in the chat `also`."""
    chats = await groups.find_overseers(batch, "")
    if also is not None and also not in chats:
        chats[also] = await card_chats.find_language(batch, also)
    rated = await fetch_rating(batch, appeal.invitation)
    about = await appeals.fetch_rated_response(batch.tx, appeal.invitation)
    for chat, language in chats.items():
        html = await _draw_card(batch, appeal, rated, about, language)
        rows = _draw_buttons(appeal) if appeal.state is AppealState.OPEN else ()
        batch.show(chat, card_name(appeal.id), html, rows, language=language, priority=Priority.STAFF)


async def fetch_rating(batch: Batch, invitation: int) -> OwnRating | None:
    """The rating as it stands, including what this transaction has received but not written yet."""
    rating = await own_ratings.fetch_rating(batch.tx, invitation)
    for given in batch.given:
        if rating is not None and given.invitation == invitation and given.dimension and isinstance(given.answer, int):
            rating = replace(rating, scores={**rating.scores, given.dimension: given.answer}, rated_at=given.at)
    return rating


def _draw_buttons(appeal: Appeal) -> tuple[KeyboardRow, ...]:
    return (
        (
            Key(Text("appeal-uphold"), AppealButton(appeal.id, "u")),
            Key(Text("appeal-reject"), AppealButton(appeal.id, "r")),
        ),
    )


async def _draw_card(batch: Batch, appeal: Appeal, rated: OwnRating | None, about: RatedResponse, language: str) -> str:
    services = batch.services

    def line(key: str, /, **args: str | int) -> str:
        return services.texts.html(language, key, args)

    lines = [line("appeal-head", state=appeal.state.value)]
    if rated is not None:
        day, scores = (
            rating_wording.format_day(services, rated.rated_at),
            rating_wording.format_scores(services, rated, language),
        )
        lines.append(line("appeal-rating", day=day, scores=scores))
        if reasons := rating_wording.format_reasons(services, rated, language):
            lines.append(line("appeal-ticked", text=reasons))
        if rated.on_behalf:
            lines.append(line("appeal-on-behalf"))
        if appeal.state is AppealState.OPEN and rated.rated_at > appeal.created_at:
            lines.append(line("appeal-changed"))
    customer = " ".join(one for one in (mask_name(about.customer_name), mask_phone(about.customer_phone)) if one)
    cases = await appeals.list_cases_about(batch.tx, appeal.invitation, about.delivery)
    facts = {
        "appeal-courier": " ".join(one for one in (about.courier, about.courier_name) if one),
        "appeal-department": services.company.department_name(about.department, language),
        "appeal-waybill": about.waybill,
        "appeal-customer": customer,
        "appeal-cases": ", ".join(case.number for case in cases),
    }
    lines += [line(key, text=text) for key, text in facts.items() if text]
    known = await people.fetch_by_id(
        batch.tx, [one for one in (appeal.appellant, appeal.decided_by) if one is not None]
    )
    appellant = known.get(appeal.appellant)
    lines += ["", line("appeal-by", name=appellant.name if appellant else "—")]
    lines.append(line("appeal-words", text=trim(appeal.reason, SHOWN_CHARACTERS)))
    if appeal.decided_at is not None:
        decider = known.get(appeal.decided_by or 0)
        at = cards.format_moment(appeal.decided_at, services.company)
        lines += ["", line("appeal-decided", name=decider.name if decider else "—", at=at)]
        lines.append(line("appeal-words", text=trim(appeal.decision, SHOWN_CHARACTERS)))
    return "\n".join(lines)
