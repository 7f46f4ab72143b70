"""What a customer does about a delivery: opens its survey, answers, and turns a low rating into a complaint with one tap."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from conversations.buttons import RateDelivery
from conversations.protocol import Key, Row, Text, Words
from conversations.surveys import rating, rating_states
from domain.cases.case import Case
from domain.company import Company
from domain.deliveries.delivery import Fate
from domain.surveys.survey import Answer, Kind, Survey
from handlers.cases.customers import complaints
from handlers.cases.life import cards
from handlers.cases.life import cases as case_work
from handlers.surveys import answers as answer_words
from handlers.surveys import unnamed
from handlers.turns import engine
from handlers.turns.batch import Turn
from storage.cases import cases
from storage.deliveries import deliveries
from storage.deliveries.deliveries import Frozen
from storage.people import groups
from storage.queue import outbox
from storage.surveys import ratings
from storage.surveys.ratings import Given, Invitation

RECENT = timedelta(days=60)


async def rate(turn: Turn, frozen: Frozen | None, origin: str) -> None:
    """Ask about this delivery (or about none): go on where an earlier invitation stands, else begin one."""
    if frozen is None or frozen.invitation is None:
        invite(turn, frozen, origin)
        return
    session = turn.batch.sessions.get(turn.lane, {}).get(topic(frozen.invitation))
    if session is not None:
        engine.show(turn, session)
        return
    earlier = await ratings.get(turn.tx, frozen.invitation)
    if earlier is not None and earlier.state == "expired":
        await _again(turn, frozen, earlier)
    else:
        turn.say("rating-over")


async def _again(turn: Turn, frozen: Frozen, earlier: Invitation) -> None:
    """Nobody answered in time, and now the customer comes by themselves: rating is always open (S8)."""
    expires = turn.now + timedelta(days=turn.company.asking.expire_after_days)
    await ratings.reopen(turn.tx, earlier.id, expires)
    turn.batch.set_timer("expire", f"{earlier.id}:{turn.person.telegram_id}", expires)
    turn.batch.settle_delivery(replace(frozen, fate=Fate.OPENED))
    survey = turn.services.surveys[earlier.survey]
    if survey.anonymous:
        unnamed.settle_later(turn, earlier.id, expires)
    state = rating.begin(survey, earlier.id, frozen.waybill, frozen.delivery)
    engine.begin(turn, topic(earlier.id), rating.NAME, state)


def invite(
    turn: Turn, frozen: Frozen | None, origin: str, *, survey: Survey | None = None, campaign: int | None = None
) -> int:
    """A new invitation and its first question in this person's chat; the id is the invitation's."""
    company = turn.company
    survey = survey or company.survey_of(frozen.values["service"] if frozen else "")
    invitation = turn.services.next_id()
    expires = turn.now + timedelta(days=company.asking.expire_after_days)
    delivery = frozen.delivery if frozen else None
    values = {**_NOTHING, **(frozen.values if frozen else {})}
    turn.batch.invited.append(
        Invitation(invitation, delivery, turn.person.id, survey.name, origin, turn.now, expires, values, campaign)
    )
    turn.batch.set_timer("expire", f"{invitation}:{turn.person.telegram_id}", expires)
    if survey.anonymous:
        unnamed.settle_later(turn, invitation, expires)
    if origin in _OURS and company.asking.remind_after_hours < company.asking.expire_after_days * 24:
        reminder = turn.now + timedelta(hours=company.asking.remind_after_hours)
        turn.batch.set_timer("remind", f"{invitation}:{turn.person.telegram_id}", reminder)
    if frozen is not None:
        turn.batch.cancelled.append(("invite", str(frozen.delivery)))
        fate = Fate.SENT if origin == "sent" else Fate.OPENED
        turn.batch.settle_delivery(replace(frozen, invitation=invitation, fate=fate))
    state = rating.begin(survey, invitation, frozen.waybill if frozen else "", delivery or 0)
    # What we send of our own accord goes after every answer to somebody who has written or pressed.
    priority = outbox.BROADCAST if origin in _OURS else None
    engine.begin(turn, topic(invitation), rating.NAME, state, priority=priority)
    return invitation


def invite_on_behalf(turn: Turn, frozen: Frozen, invitation: int) -> None:
    """Staff ask on the phone what the customer could not be asked in chat; the invitation is written down with the first answer."""
    survey = turn.company.survey_of(frozen.values["service"])
    state = rating.begin(survey, invitation, frozen.waybill, frozen.delivery, on_behalf=True)
    engine.begin(turn, topic(invitation), rating.NAME, state)


_OURS = frozenset({"sent", "campaign"})
"""Origins of what we asked of our own accord; whoever came by themselves is not reminded."""

_NOTHING = dict.fromkeys(("department", "courier", "route", "station", "service", "priority", "customer_type"), "")


topic = rating.topic


async def choose_delivery(turn: Turn) -> None:
    """`/rate`: one of the recent deliveries, or none."""
    recent = await deliveries.recent(turn.tx, turn.person.id, turn.now - RECENT)
    rows: list[Row] = [(Key(Words(one.waybill), RateDelivery(one.id)),) for one in recent]
    rows.append((Key(Text("rate-none"), RateDelivery(0)),))
    turn.batch.show(turn.chat, "rate-list", turn.text("rate-which"), tuple(rows), language=turn.language, fresh=True)


async def rate_chosen(turn: Turn, button: RateDelivery) -> None:
    if button.delivery == 0:
        await rate(turn, None, origin="rate")
        return
    frozen = (await turn.batch.frozen([button.delivery])).get(button.delivery)
    if frozen is None or frozen.person != turn.person.id:
        turn.toast("not-yours")
        return
    await rate(turn, frozen, origin="rate")


async def answered(turn: Turn, fact: rating_states.Answered) -> None:
    """Keep one answer; a changed one leaves its history; the first low one starts the clock of S6."""
    survey = turn.services.surveys[fact.about.survey]
    invitation = fact.about.invitation
    if fact.first and fact.about.delivery:
        turn.batch.fates[fact.about.delivery] = Fate.PHONED if fact.about.on_behalf else Fate.ANSWERED
    turn.batch.given.append(given(turn, survey, invitation, fact.question, fact.answer))
    if isinstance(fact.answer, str):
        await outbox.place(turn.tx, turn.chat, f"rated:{invitation}:{fact.question}", turn.message)  # for its edits
    if fact.before is not None and fact.before != fact.answer:
        subject = f"invitation:{invitation}"
        turn.batch.record(
            turn.person.id, "answer.change", subject, f"{fact.question}={fact.before}", f"{fact.question}={fact.answer}"
        )
    if fact.low:
        due = turn.now + timedelta(minutes=turn.company.asking.low_rating_becomes_case_after_minutes)
        turn.batch.set_timer("low", f"{invitation}:{turn.person.telegram_id}", due)


def recounted(turn: Turn, fact: rating_states.Recounted) -> None:
    """What counts no more is kept no more, so that no figure has it; the log has it, and it comes back with its question."""
    survey = turn.services.surveys[fact.about.survey]
    turn.batch.given.append(given(turn, survey, fact.about.invitation, fact.question, fact.answer))
    before, after = (None if one is None else f"{fact.question}={one}" for one in (fact.before, fact.answer))
    turn.batch.record(turn.person.id, "answer.recount", f"invitation:{fact.about.invitation}", before, after)


def given(turn: Turn, survey: Survey, invitation: int, key: str, answer: Answer | None) -> Given:
    """An answer as it is kept: with what its question is about and how it was asked."""
    question = survey.question(key)
    if question is None:
        return Given(invitation, key, "", answer, turn.now, Kind.TEXT)
    return Given(invitation, key, question.dimension, answer, turn.now, question.kind, question.levels)


async def low_rating_filed(turn: Turn, fact: rating_states.ComplaintFiled) -> None:
    """One tap: the complaint is with the department, and the customer may tell more."""
    turn.batch.cancel_timer("low", f"{fact.about.invitation}:{turn.person.telegram_id}")
    case, is_new = await file_low_rating(turn, fact.about, fact.answers, actor=turn.person.id)
    if fact.about.on_behalf:
        key = "behalf-filed" if is_new else "behalf-joined"
        turn.say(key, number=case.number, due=cards.moment(case.due_at, turn.company))
        return
    complaints.begin_adding(turn, case, fresh=is_new)


async def low_rating_declined(turn: Turn, fact: rating_states.ComplaintDeclined) -> None:
    turn.batch.cancel_timer("low", f"{fact.about.invitation}:{turn.person.telegram_id}")
    turn.batch.record(turn.person.id, "complaint.declined", f"invitation:{fact.about.invitation}")


async def file_low_rating(
    turn: Turn, about: rating_states.About, answers: Mapping[str, Answer], actor: int | None
) -> tuple[Case, bool]:
    """The case that a low rating is: department, waybill, courier from the invitation, words from the answers.

    True where it is a new one: where one about the same delivery is open already, the answers join it (C4).
    """
    known = await cases.of_invitation(turn.tx, about.invitation)
    if known is not None:
        return known, False
    survey, company = turn.services.surveys[about.survey], turn.company
    invitation = await ratings.get(turn.tx, about.invitation)
    if invitation is None:
        invitation = next((one for one in turn.batch.invited if one.id == about.invitation), None)
    frozen = invitation.frozen if invitation else _NOTHING
    customer = invitation.person if invitation else turn.person.id
    category = survey.category_of(answers, company.asking.low_rating)
    if category is None or category not in company.categories:
        category = next(iter(company.categories))
    reason = gravest(company, category, survey.ticked(answers, category))
    department = company.route(category, reason, frozen.get("department", "")).lead
    group = await groups.of_department(turn.tx, department)
    spoken = group.language if group else company.language
    files = answer_words.files(survey, answers)
    new = {
        "waybill": about.waybill,
        "courier": frozen.get("courier", ""),
        "reason": reason,
        "description": answer_words.in_words(turn.services.texts, survey, answers, spoken),
        "contact": answer_words.contact(survey, answers),
    }
    delivery = invitation.delivery if invitation else None
    if about.on_behalf and delivery is not None:
        new["description"] += f"\n{turn.services.texts.plain(spoken, 'entered-on-behalf')}"
        _, phone = await deliveries.recipient(turn.tx, delivery)
        new["contact"] = new["contact"] or phone  # the way to the customer for whoever answers
    open_one = await cases.open_of_waybill(turn.tx, customer, delivery) if customer and delivery is not None else None
    if open_one is not None:
        await complaints.rated_low(turn, open_one, new["description"], files)
        return open_one, False
    case = await case_work.file(
        turn.batch,
        new,
        category=category,
        department=department,
        customer=customer,
        delivery=delivery,
        actor=actor,
        files=files,
        invitation=about.invitation,
    )
    return case, True


def gravest(company: Company, category: str, ticked: Sequence[str]) -> str:
    """Of the reasons that were ticked, the one of this category that matters most: not of normal severity, then the shortest promise."""

    def gravity(key: str) -> tuple[bool, timedelta]:
        severity = company.route(category, key).severity
        return severity == "normal", company.answer_within(severity)

    return min((key for key in ticked if key in company.categories[category].reasons), key=gravity, default="")


async def expire_low(turn: Turn, about: rating_states.About, answers: Mapping[str, Answer]) -> None:
    """Nobody filed, nobody declined: every low rating is dealt with all the same (S6)."""
    case, is_new = await file_low_rating(turn, about, answers, actor=None)
    key = "low-became-case" if is_new else "low-joined"
    if about.on_behalf:
        key = "behalf-became-case" if is_new else "behalf-joined"
    turn.say(key, number=case.number, due=cards.moment(case.due_at, turn.company))
