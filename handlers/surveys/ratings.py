"""Ratings: a customer opens the survey of a delivery, answers, and turns a low rating into a complaint with one tap."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from conversations.buttons import RateDeliveryButton
from conversations.delivery_labels import label_option
from conversations.protocol import Key, KeyboardRow, Text
from conversations.surveys import rating, rating_states
from domain.cases.case import Case
from domain.company import Company
from domain.deliveries.delivery import RECENT, Fate
from domain.people import Person
from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import Answer, InvitationState, Origin, Survey
from domain.timer_kinds import TimerKind
from handlers.cases.customers import complaints
from handlers.cases.life import cards
from handlers.cases.life.transitions import NewCase
from handlers.cases.notices import events
from handlers.surveys import anonymous, answer_wording
from handlers.surveys.anonymous import InvitedAccount
from handlers.turns import engine
from handlers.turns.batch import Batch, make_lane
from handlers.turns.turn import Turn, open_turn
from storage.cases import cases
from storage.deliveries import deliveries
from storage.deliveries.deliveries import FrozenDelivery
from storage.people import groups
from storage.queue import outbox
from storage.queue.outbox import Priority
from storage.surveys import ratings
from storage.surveys.ratings import Invitation, RecordedAnswer


async def open_survey(turn: Turn, frozen: FrozenDelivery | None, origin: str) -> None:
    """Ask about this delivery (or about none): continue an earlier invitation where it stands, else start one."""
    if frozen is None or frozen.invitation is None:
        invite(turn, frozen, origin)
        return
    session = turn.batch.sessions.get(turn.lane, {}).get(dialogue_key(frozen.invitation))
    if session is not None:
        engine.show(turn, session)
        return
    earlier = await ratings.get(turn.tx, frozen.invitation)
    if earlier is not None and earlier.state is InvitationState.EXPIRED:
        await _reopen_survey(turn, frozen, earlier)
    else:
        turn.say("rating-over")


def is_own_delivery(turn: Turn, frozen: FrozenDelivery) -> bool:
    """Whether this person (whose roles are known) is the courier who would be rated."""
    return frozen.values["courier"] in turn.person.couriers


async def _reopen_survey(turn: Turn, frozen: FrozenDelivery, earlier: Invitation) -> None:
    """Reopen an expired survey for a customer who comes unprompted: rating is always open (S8)."""
    expires = turn.now + timedelta(days=turn.company.invitations.expire_after_days)
    await ratings.reopen(turn.tx, earlier.id, expires)
    turn.batch.set_timer(TimerKind.SURVEY_EXPIRE, f"{earlier.id}:{turn.person.telegram_id}", expires)
    turn.batch.settle_delivery(replace(frozen, fate=Fate.OPENED))
    survey = turn.services.surveys[earlier.survey]
    if survey.anonymous:
        anonymous.set_settle_timer(turn, earlier.id, expires)
    state = rating.begin(survey, earlier.id, frozen.waybill, frozen.delivery)
    engine.begin(turn, dialogue_key(earlier.id), rating.NAME, state)


def invite(
    turn: Turn, frozen: FrozenDelivery | None, origin: str, *, survey: Survey | None = None, campaign: int | None = None
) -> int:
    """Send a new invitation with its first question to this person's chat; returns the invitation's id."""
    company = turn.company
    survey = survey or company.find_survey(frozen.values["service"] if frozen else "")
    invitation = turn.services.next_id()
    expires = turn.now + timedelta(days=company.invitations.expire_after_days)
    delivery = frozen.delivery if frozen else None
    values = {**_BLANK_VALUES, **(frozen.values if frozen else {})}
    turn.batch.invited.append(
        Invitation(invitation, delivery, turn.person.id, survey.name, origin, turn.now, expires, values, campaign)
    )
    turn.batch.set_timer(TimerKind.SURVEY_EXPIRE, f"{invitation}:{turn.person.telegram_id}", expires)
    if survey.anonymous:
        anonymous.set_settle_timer(turn, invitation, expires)
    if origin in _OUR_ORIGINS and company.invitations.remind_after_hours < company.invitations.expire_after_days * 24:
        reminder = turn.now + timedelta(hours=company.invitations.remind_after_hours)
        turn.batch.set_timer(TimerKind.SURVEY_REMIND, f"{invitation}:{turn.person.telegram_id}", reminder)
    if frozen is not None:
        turn.batch.cancelled.append((TimerKind.SURVEY_INVITE, str(frozen.delivery)))
        fate = Fate.SENT if origin == Origin.SENT else Fate.OPENED
        turn.batch.settle_delivery(replace(frozen, invitation=invitation, fate=fate))
    state = rating.begin(survey, invitation, frozen.waybill if frozen else "", delivery or 0)
    # What we send unprompted goes after every answer to somebody who has written or pressed.
    priority = Priority.BROADCAST if origin in _OUR_ORIGINS else None
    engine.begin(turn, dialogue_key(invitation), rating.NAME, state, priority=priority)
    return invitation


def invite_on_behalf(turn: Turn, frozen: FrozenDelivery, invitation: int) -> None:
    """Start the survey for staff asking on the phone what the customer could not be asked in chat; the invitation is
    stored with the first answer.
    """
    survey = turn.company.find_survey(frozen.values["service"])
    state = rating.begin(survey, invitation, frozen.waybill, frozen.delivery, on_behalf=True)
    engine.begin(turn, dialogue_key(invitation), rating.NAME, state)


_OUR_ORIGINS = frozenset({Origin.SENT, Origin.CAMPAIGN})
"""Origins of surveys we sent unprompted; customers who came by themselves are not reminded."""

_BLANK_VALUES = dict.fromkeys(("department", "courier", "route", "station", "service", "priority", "customer_type"), "")


dialogue_key = rating.dialogue_key


async def on_command(turn: Turn, _args: str) -> None:
    """`/rate`: one of the recent deliveries, or none."""
    recent = await deliveries.list_recent(turn.tx, turn.person.id, turn.now - RECENT)
    days = turn.list_days(recent)
    rows: list[KeyboardRow] = [
        (Key(label_option(str(one.id), one.waybill, days), RateDeliveryButton(one.id)),) for one in recent
    ]
    rows.append((Key(Text("rate-none"), RateDeliveryButton(0)),))
    turn.batch.show(turn.chat, "rate-list", turn.text("rate-which"), tuple(rows), language=turn.language, fresh=True)


async def on_press(turn: Turn, button: RateDeliveryButton) -> None:
    if button.delivery == 0:
        await open_survey(turn, None, origin=Origin.RATE)
        return
    frozen = (await turn.batch.frozen([button.delivery])).get(button.delivery)
    if frozen is None or frozen.person != turn.person.id:
        turn.toast("not-yours")
        return
    await turn.load_roles()
    if is_own_delivery(turn, frozen):
        turn.toast("link-yours", alert=True, waybill=frozen.waybill)
        return
    await open_survey(turn, frozen, origin=Origin.RATE)


async def on_answer_fact(turn: Turn, fact: rating_states.RatingAnswered) -> None:
    """Store one answer; a change keeps its history; the first low one starts the clock of S6."""
    survey = turn.services.surveys[fact.about.survey]
    invitation = fact.about.invitation
    if fact.first and fact.about.delivery:
        turn.batch.fates[fact.about.delivery] = Fate.PHONED if fact.about.on_behalf else Fate.ANSWERED
    turn.batch.given.append(make_given_answer(turn, survey, invitation, fact.question, fact.answer))
    if isinstance(fact.answer, str):
        await outbox.name_message(
            turn.tx, turn.chat, f"rated:{invitation}:{fact.question}", turn.message
        )  # for its edits
    if fact.before is not None and fact.before != fact.answer:
        subject = f"invitation:{invitation}"
        turn.batch.record(
            turn.person.id, "answer.change", subject, f"{fact.question}={fact.before}", f"{fact.question}={fact.answer}"
        )
    if fact.low:
        due = turn.now + timedelta(minutes=turn.company.invitations.low_rating_becomes_case_after_minutes)
        turn.batch.set_timer(TimerKind.SURVEY_LOW_RATING, f"{invitation}:{turn.person.telegram_id}", due)


async def on_recount_fact(turn: Turn, fact: rating_states.AnswerRecounted) -> None:
    """Remove an answer that no longer counts, so that no figure includes it; the log has it, and it comes back with its question."""
    survey = turn.services.surveys[fact.about.survey]
    turn.batch.given.append(make_given_answer(turn, survey, fact.about.invitation, fact.question, fact.answer))
    before, after = (None if one is None else f"{fact.question}={one}" for one in (fact.before, fact.answer))
    turn.batch.record(turn.person.id, "answer.recount", f"invitation:{fact.about.invitation}", before, after)


def make_given_answer(turn: Turn, survey: Survey, invitation: int, key: str, answer: Answer | None) -> RecordedAnswer:
    """An answer as stored: with what its question is about and how it was asked."""
    question = survey.question(key)
    if question is None:
        return RecordedAnswer(invitation, key, "", answer, turn.now, QuestionKind.TEXT)
    return RecordedAnswer(invitation, key, question.dimension, answer, turn.now, question.kind, question.levels)


async def on_complaint_fact(turn: Turn, fact: rating_states.ComplaintFiled) -> None:
    """One tap: file the complaint with the department; the customer may add more."""
    turn.batch.cancel_timer(TimerKind.SURVEY_LOW_RATING, f"{fact.about.invitation}:{turn.person.telegram_id}")
    case, is_new = await file_low_rating(turn, fact.about, fact.answers, by=turn.person)
    if fact.about.on_behalf:
        key = "behalf-filed" if is_new else "behalf-joined"
        turn.say(key, number=case.number, due=cards.format_moment(case.due_at, turn.company))
        return
    complaints.begin_addition(turn, case, fresh=is_new)


async def on_decline_fact(turn: Turn, fact: rating_states.ComplaintDeclined) -> None:
    turn.batch.cancel_timer(TimerKind.SURVEY_LOW_RATING, f"{fact.about.invitation}:{turn.person.telegram_id}")
    turn.batch.record(turn.person.id, "complaint.declined", f"invitation:{fact.about.invitation}")


async def file_low_rating(
    turn: Turn, about: rating_states.RatedDelivery, answers: Mapping[str, Answer], by: Person | None
) -> tuple[Case, bool]:
    """File the case of a low rating: department, waybill, courier from the invitation, words from the answers.

    True if it is new; if a case about the same delivery is already open, the answers are added to it (C4).
    """
    known = await cases.find_by_invitation(turn.tx, about.invitation)
    if known is not None:
        return known, False
    survey, company = turn.services.surveys[about.survey], turn.company
    invitation = await ratings.get(turn.tx, about.invitation)
    if invitation is None:
        invitation = next((one for one in turn.batch.invited if one.id == about.invitation), None)
    frozen = invitation.frozen if invitation else _BLANK_VALUES
    customer = invitation.person if invitation else turn.person.id
    category = survey.find_category(answers, company.invitations.low_rating)
    if category is None or category not in company.categories:
        category = next(iter(company.categories))
    reason = find_gravest_reason(company, category, survey.list_chosen_options(answers, category))
    department = company.route(category, reason, frozen.get("department", "")).lead
    group = await groups.find_by_department(turn.tx, department)
    spoken = group.language if group else company.language
    files = answer_wording.list_files(survey, answers)
    new = {
        "waybill": about.waybill,
        "courier": frozen.get("courier", ""),
        "reason": reason,
        "description": answer_wording.draw_answers(turn.services.texts, survey, answers, spoken),
        "contact": answer_wording.find_contact(survey, answers),
    }
    delivery = invitation.delivery if invitation else None
    if about.on_behalf and delivery is not None:
        new["description"] += f"\n{turn.services.texts.plain(spoken, 'entered-on-behalf')}"
        _, phone = await deliveries.fetch_recipient(turn.tx, delivery)
        new["contact"] = new["contact"] or phone  # so that anyone who answers can reach the customer
    open_one = (
        await cases.find_open_by_delivery(turn.tx, customer, delivery) if customer and delivery is not None else None
    )
    if open_one is not None:
        await complaints.join_low_rating(turn, open_one, new["description"], files)
        return open_one, False
    case = await events.file_case(
        turn.batch,
        NewCase(
            new,
            category=category,
            department=department,
            customer=customer,
            delivery=delivery,
            files=files,
            invitation=about.invitation,
        ),
        by=by,
    )
    return case, True


def find_gravest_reason(company: Company, category: str, ticked: Sequence[str]) -> str:
    """The gravest of the ticked reasons of this category: not of normal severity first, then the shortest promise."""

    def gravity(key: str) -> tuple[bool, float]:
        severity = company.route(category, key).severity
        return severity == "normal", company.severities[severity].answer_within_days

    return min((key for key in ticked if key in company.categories[category].reasons), key=gravity, default="")


async def file_undecided_low_rating(
    turn: Turn, about: rating_states.RatedDelivery, answers: Mapping[str, Answer]
) -> None:
    """Nobody filed, nobody declined: every low rating is dealt with all the same (S6)."""
    case, is_new = await file_low_rating(turn, about, answers, by=None)
    if about.on_behalf:
        key = "behalf-became-case" if is_new else "behalf-joined"
    elif is_new:
        return  # the table tells the customer
    else:
        key = "low-joined"
    turn.say(key, number=case.number, due=cards.format_moment(case.due_at, turn.company))


async def on_low_timer(batch: Batch, subject: InvitedAccount) -> None:
    """A low rating that was neither filed nor declined becomes a case, if it is still low."""
    invitation, telegram_id = subject
    turn = await open_turn(batch, telegram_id)
    if turn is None:
        return
    session = turn.batch.sessions[turn.lane].get(dialogue_key(invitation))
    if session is None:
        return
    state: rating_states.State = engine.decode_state(turn, session)
    survey = turn.services.surveys[state.about.survey]
    lowest = survey.find_lowest(state.answers)
    if state.offer != "open" or lowest is None or lowest > turn.company.invitations.low_rating:
        return
    await file_undecided_low_rating(turn, state.about, state.answers)
    engine.set_state(turn, session, rating.mark_filed(state))


async def on_forget_timer(batch: Batch, subject: InvitedAccount) -> None:
    """An answered survey can no longer be changed: end its conversation."""
    invitation, telegram_id = subject
    batch.end_session(make_lane(telegram_id), dialogue_key(invitation))
