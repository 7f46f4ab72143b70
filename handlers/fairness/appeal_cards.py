"""The card of an appeal in quality's group: the rating, whose it is, why it is appealed, and two buttons until it is decided.

It shows the rating as it stands now, and the customer masked. Without a group of quality it goes where everything of quality goes then.
"""

from dataclasses import replace

from conversations.buttons import Appeal as Button
from conversations.protocol import Key, Row, Text
from domain.fairness.appeal import State
from domain.people import mask_name, mask_phone
from domain.surveys.survey import words
from handlers.cases.life import cards
from handlers.cases.life import cases as case_work
from handlers.fairness import rated_words
from handlers.people import groups
from handlers.turns.batch import Batch
from storage.fairness import appeals, ratings_of
from storage.fairness.appeals import About, Appeal
from storage.fairness.ratings_of import Rated
from storage.people import people
from storage.queue import outbox
from texts.length import trim

SHOWN = 1500
"""How much of a reason a card shows."""


def name(appeal: int) -> str:
    """Our name of the message that is this appeal's card in a chat."""
    return f"appeal:{appeal}"


async def show(batch: Batch, appeal: Appeal, *, also: int | None = None) -> None:
    """Draw the card wherever appeals go, and in the chat that has it besides."""
    chats = await groups.overseers(batch, "")
    if also is not None and also not in chats:
        chats[also] = await case_work.language_of(batch, also)
    rated = await rating(batch, appeal.invitation)
    about = await appeals.about(batch.tx, appeal.invitation)
    for chat, language in chats.items():
        html = await _html(batch, appeal, rated, about, language)
        rows = _rows(appeal) if appeal.state is State.OPEN else ()
        batch.show(chat, name(appeal.id), html, rows, language=language, priority=outbox.STAFF)


async def rating(batch: Batch, invitation: int) -> Rated | None:
    """The rating as it stands, with what this transaction has heard and not written yet."""
    found = await ratings_of.one(batch.tx, invitation)
    for given in batch.given:
        if found is not None and given.invitation == invitation and given.dimension and isinstance(given.answer, int):
            found = replace(found, scores={**found.scores, given.dimension: given.answer}, rated_at=given.at)
    return found


def _rows(appeal: Appeal) -> tuple[Row, ...]:
    return ((Key(Text("appeal-uphold"), Button(appeal.id, "u")), Key(Text("appeal-reject"), Button(appeal.id, "r"))),)


async def _html(batch: Batch, appeal: Appeal, rated: Rated | None, about: About, language: str) -> str:
    services = batch.services

    def line(key: str, /, **args: str | int) -> str:
        return services.texts.html(language, key, args)

    lines = [line("appeal-head", state=appeal.state.value)]
    if rated is not None:
        day, scores = rated_words.day(services, rated.rated_at), rated_words.scores(services, rated, language)
        lines.append(line("appeal-rating", day=day, scores=scores))
        if reasons := rated_words.reasons(services, rated, language):
            lines.append(line("appeal-ticked", text=reasons))
        if rated.on_behalf:
            lines.append(line("appeal-on-behalf"))
        if appeal.state is State.OPEN and rated.rated_at > appeal.created_at:
            lines.append(line("appeal-changed"))
    department = services.company.departments.get(about.department)
    customer = " ".join(one for one in (mask_name(about.customer_name), mask_phone(about.customer_phone)) if one)
    found = await appeals.cases_about(batch.tx, appeal.invitation, about.delivery)
    facts = {
        "appeal-courier": " ".join(one for one in (about.courier, about.courier_name) if one),
        "appeal-department": words(department.name, language) if department else about.department,
        "appeal-waybill": about.waybill,
        "appeal-customer": customer,
        "appeal-cases": ", ".join(case.number for case in found),
    }
    lines += [line(key, text=text) for key, text in facts.items() if text]
    known = await people.by_id(batch.tx, [one for one in (appeal.appellant, appeal.decided_by) if one is not None])
    appellant = known.get(appeal.appellant)
    lines += ["", line("appeal-by", name=appellant.name if appellant else "—")]
    lines.append(line("appeal-words", text=trim(appeal.reason, SHOWN)))
    if appeal.decided_at is not None:
        decider = known.get(appeal.decided_by or 0)
        at = cards.moment(appeal.decided_at, services.company)
        lines += ["", line("appeal-decided", name=decider.name if decider else "—", at=at)]
        lines.append(line("appeal-words", text=trim(appeal.decision, SHOWN)))
    return "\n".join(lines)
