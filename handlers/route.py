"""The one place that says who answers an event: by what happened, who it is, and where."""

from dataclasses import replace

import msgspec

from conversations import adding, answering, complaint, forms, inquiry, letter, rating, reason, standard, telling
from conversations.buttons import (
    Act,
    Button,
    ChangeRating,
    Choose,
    FileComplaint,
    Handling,
    Language,
    Listing,
    Look,
    Mine,
    Move,
    NoThanks,
    OpenComplaint,
    Pick,
    Picked,
    Praise,
    Rate,
    RateDelivery,
    Standard,
    Summary,
    SurveyBack,
    SurveySkip,
    Verdict,
)
from conversations.protocol import Attached, Begin, Event, Pressed, Said, Save, Shared
from domain.case import Event as CaseEvent
from handlers import (
    acts,
    asking,
    complaints,
    customers,
    edits,
    engine,
    finding,
    groups,
    inquiries,
    links,
    looks,
    managers,
    mycases,
    others,
    ratings,
    replies,
    staff,
    standards,
    summaries,
    talk,
    threads,
    verdicts,
)
from handlers.batch import Batch, Turn
from handlers.inbound import Arrival, Commanded, Edited, MemberLeft, Membership, Migrated, Stray, Unknown
from storage import groups as group_rows
from storage import outbox, people
from storage.sessions import Session

SURVEY_BUTTONS = (Rate, Pick, Picked, SurveyBack, SurveySkip, ChangeRating, FileComplaint, NoThanks, Praise)


async def route(batch: Batch, arrival: Arrival, update: bytes, *, member: bool | None = None) -> None:
    """Answer one event. `member` is Telegram's word on whether the sender is in the group, where it was asked."""
    person = batch.people[arrival.sender.telegram_id]
    language = person.language
    if not arrival.private:
        group = await group_rows.get(batch.tx, arrival.chat_id)
        language = group.language if group else person.language
    turn = Turn(
        batch,
        person,
        arrival.chat_id,
        arrival.lane,
        language,
        arrival.private,
        callback=arrival.callback,
        pressed_at=arrival.message_id if arrival.callback else None,
        message=arrival.message_id,
    )
    match arrival.what:
        case Migrated(new):
            await groups.migrated(batch, arrival.chat_id, new)
        case Membership() as change:
            await groups.membership_changed(turn, change)
        case MemberLeft(telegram_id):
            await groups.member_left(turn, telegram_id)
        case Pressed(button):
            await _pressed(turn, button, update, member=member)
        case Unknown():
            turn.toast("not-now")
        case Commanded() as command if command.name in _LOOKED_UP and command.to in {"", turn.services.bot.lower()}:
            if await _known(turn, update, member=member):
                await _looked(turn, command, arrival)
        case Commanded() as command:
            await _commanded(turn, command, arrival)
        case Said() | Attached() | Shared() as event:
            await _written(turn, event, arrival, update, member=member)
        case Stray(key):
            if turn.private:
                turn.say(key)
        case Edited() as edit:
            await edits.edited(turn, edit)
    turn.finish()


async def _pressed(turn: Turn, button: Button, update: bytes, *, member: bool | None) -> None:
    match button:
        case Act():
            await _act(turn, button, update, member=member)
        case _ if isinstance(button, SURVEY_BUTTONS):
            await _step(turn, ratings.topic(button.invitation), Pressed(button))
        case Choose() | Move():
            await _draft(turn, button)
        case Look() | Listing():
            if await _known(turn, update, member=member):
                await (looks.pressed(turn, button) if isinstance(button, Look) else finding.listed(turn, button))
        case Summary():
            await _with_grants(turn)
            await summaries.summary_pressed(turn, button)
        case Standard():
            if await _known(turn, update, member=member):
                await standards.pressed(turn, button)
        case _ if not turn.private:
            turn.toast("not-now")
        case _:
            await _pressed_in_private(turn, button)


async def _pressed_in_private(turn: Turn, button: Button) -> None:
    """What customers press, each about their own."""
    match button:
        case RateDelivery():
            await ratings.rate_chosen(turn, button)
        case Verdict():
            await verdicts.verdict(turn, button)
        case Handling():
            await verdicts.handling(turn, button)
        case Mine():
            await mycases.my_case(turn, button)
        case Language():
            await customers.language_chosen(turn, button)
        case OpenComplaint():
            await complaints.open_complaint(turn, button)
        case _:
            turn.toast("not-now")


async def _act(turn: Turn, button: Act, update: bytes, *, member: bool | None) -> None:
    if await _known(turn, update, member=member):
        await staff.act(turn, button)


async def _known(turn: Turn, update: bytes, *, member: bool | None) -> bool:
    """An act in a department's group counts from somebody who is in it; whoever is new is asked about first, and then heard again."""
    await _with_grants(turn)
    group = await group_rows.get(turn.tx, turn.chat) if not turn.private else None
    if group is not None and group.department is not None and not staff.is_member(turn, group):
        if member is None:
            groups.ask_membership(turn, update)
            return False
        if member:
            await groups.joined(turn, group)
            await _with_grants(turn)
    return True


async def _step(turn: Turn, topic: str, event: Event) -> None:
    session = turn.batch.sessions.get(turn.lane, {}).get(topic)
    if session is None:
        turn.toast("not-now")
        return
    await _carry_out(turn, engine.run(turn, session, event))


async def _draft(turn: Turn, button: Choose | Move) -> None:
    """A button of a draft: whichever dialogue of this lane has that draft."""
    if not turn.private:
        await _with_grants(turn)
    for session in list(turn.batch.sessions.get(turn.lane, {}).values()):
        if session.dialogue == rating.NAME:
            continue
        state = engine.state_of(turn, session)
        draft = state.draft.id if isinstance(state.draft, complaint.Draft) else state.draft
        if draft == button.draft:
            await _carry_out(turn, engine.run(turn, session, Pressed(button)))
            return
    turn.toast("not-now")


async def _written(
    turn: Turn, event: Said | Attached | Shared, arrival: Arrival, update: bytes, *, member: bool | None
) -> None:
    if not isinstance(event, Shared):
        event = replace(event, message=arrival.message_id)
    if not turn.private:
        session = await _prompted(turn, arrival)
        if session is not None:
            await _with_grants(turn)
            await _carry_out(turn, engine.run(turn, session, event))
        elif not isinstance(event, Shared):
            await _about_a_case(turn, event, arrival, update, member=member)
        return
    answered = await _answered_screen(turn, arrival)
    session = answered or engine.awaiting(turn)
    if isinstance(event, Shared) and (session is None or session.dialogue != complaint.NAME):
        await customers.shared_phone(turn, event.phone)
        return
    case = await threads.meant(turn, arrival) if answered is None and not isinstance(event, Shared) else None
    if case is not None and not isinstance(event, Shared) and not engine.is_about(turn, session, case.id):
        if case.customer == turn.person.id:
            await replies.wrote(turn, event, case)
            return
        if await _known(turn, update, member=member) and await threads.place(turn, case) is not None:
            await talk.replied(turn, event, case)
            return
    if session is not None:
        await _carry_out(turn, engine.run(turn, session, event))
    else:
        left = max(turn.batch.sessions.get(turn.lane, {}).values(), key=lambda one: one.touched, default=None)
        if left is not None and left.dialogue not in {rating.NAME, letter.NAME}:
            await _carry_out(turn, engine.run(turn, left, event))
        else:
            turn.say("hint")


async def _about_a_case(
    turn: Turn, event: Said | Attached, arrival: Arrival, update: bytes, *, member: bool | None
) -> None:
    """Words in a group that answer no question: the rest of an album, a reply about a case, or nothing of ours."""
    if talk.joined(turn, event):
        return
    case = await threads.meant(turn, arrival)
    if case is not None and await _known(turn, update, member=member):
        await talk.replied(turn, event, case)


async def _answered_screen(turn: Turn, arrival: Arrival) -> Session | None:
    """The open dialogue whose own message this replies to: it wins over everything else."""
    if arrival.replies_to is None or not arrival.replies_to_bot:
        return None
    name = await outbox.name_of(turn.tx, turn.chat, arrival.replies_to)
    open_ones = turn.batch.sessions.get(turn.lane, {}).values()
    return next((one for one in open_ones if engine.screen_name(one.lane, one.topic) == name), None)


async def _prompted(turn: Turn, arrival: Arrival) -> Session | None:
    """The question this message replies to, if it was put to its sender. A plain group message answers nothing."""
    if arrival.replies_to is None or not arrival.replies_to_bot:
        return None
    waiting = [one for one in turn.batch.sessions.get(turn.lane, {}).values() if one.awaits]
    name = await outbox.name_of(turn.tx, turn.chat, arrival.replies_to)
    if name is None:
        # The reply may be faster than our own note of where the question stands; with one question open there is no doubt.
        return waiting[0] if len(waiting) == 1 else None
    return next((one for one in waiting if engine.screen_name(one.lane, one.topic) == name), None)


async def _carry_out(turn: Turn, effects: list[Save | Begin]) -> None:
    """What a dialogue decided: facts are kept, other dialogues begun."""
    for effect in effects:
        match effect:
            case Begin("complaint", about):
                await complaints.complain(turn, about or 0)
            case Begin("praise", about):
                await others.praise(turn, about or 0)
            case Begin(name, _):
                raise LookupError(f"no dialogue begins as {name!r}")
            case Save(fact):
                await _save(turn, fact)


async def _save(turn: Turn, fact: object) -> None:  # noqa: C901, PLR0912 -- one case per fact
    match fact:
        case rating.Answered():
            await ratings.answered(turn, fact)
        case rating.ComplaintFiled():
            await ratings.low_rating_filed(turn, fact)
        case rating.ComplaintDeclined():
            await ratings.low_rating_declined(turn, fact)
        case complaint.Confirmed():
            await complaints.confirmed(turn, fact)
        case adding.Added():
            await complaints.added(turn, fact)
        case forms.Filled():
            await _with_grants(turn)
            await acts.filled(turn, fact)
        case answering.Answered():
            await asking.answered(turn, fact)
        case reason.Reasoned(event=CaseEvent.NOT_SATISFIED.value):
            await verdicts.not_satisfied(turn, fact)
        case reason.Reasoned(event=CaseEvent.REOPEN.value):
            await mycases.reopened(turn, fact)
        case reason.Reasoned(event=CaseEvent.ASK_MORE.value):
            await inquiries.asked_more(turn, fact.case, fact.reason)
        case telling.Told():
            await others.told(turn, fact)
        case inquiry.Asked():
            await inquiries.asked(turn, fact)
        case inquiry.Helped():
            await inquiries.helped(turn, fact)
        case standard.Kept():
            await _with_grants(turn)
            await standards.kept(turn, fact)
        case reason.Reasoned():
            await _with_grants(turn)
            await acts.reasoned(turn, fact)
        case letter.Written():
            await talk.written(turn, fact)
        case _:
            raise LookupError(f"nobody keeps a {type(fact).__name__}")


_LOOKED_UP = frozenset({"note", "answers", "case", "cases", "search", "open", "overdue"})
"""Commands that count from whoever is in the group, known to us before or not."""


async def _looked(turn: Turn, command: Commanded, arrival: Arrival) -> None:
    """What staff, quality and managers note and look up."""
    match command.name:
        case "note":
            await talk.noted(turn, command.args, arrival)
        case "answers":
            await standards.answers(turn, command.args)
        case "case":
            await looks.case(turn, command.args, arrival)
        case "cases":
            await finding.department_cases(turn)
        case "search":
            await finding.find(turn, command.args)
        case _:
            await finding.by_department(turn, command.args, overdue=command.name == "overdue")


async def _commanded(turn: Turn, command: Commanded, arrival: Arrival) -> None:  # noqa: C901, PLR0912 -- one case per command
    if command.to and command.to != turn.services.bot.lower():
        return
    if command.name not in _FOR_ANYBODY:
        await _with_grants(turn)
    match command.name:
        case "bind":
            await groups.bind(turn, command.args)
        case "grant":
            await managers.grant(turn, command, arrival.replied_person)
        case "revoke":
            await managers.revoke(turn, command, arrival.replied_person)
        case "roles":
            await managers.roles(turn)
        case "summary":
            await summaries.summary(turn, command.args)
        case "help":
            _help(turn)
        case "cancel":
            _cancel(turn)
        case _ if not turn.private:
            if command.to:
                turn.say("only-in-private")
        case "start":
            if links.is_link(command.args) or not (command.args and await managers.redeem(turn, command.args)):
                await customers.start(turn, command.args)
        case "rate":
            await ratings.choose_delivery(turn)
        case "complain":
            await complaints.complain(turn)
        case "mycases":
            await mycases.my_cases(turn)
            await looks.owned(turn)
        case "suggest":
            others.suggest(turn)
        case "ask":
            inquiries.ask(turn)
        case "praise":
            await others.praise(turn)
        case "language":
            await customers.choose_language(turn)
        case _:
            turn.say("unknown-command")


_FOR_ANYBODY = frozenset({"start", "rate", "complain", "mycases", "suggest", "ask", "praise", "language", "cancel"})


def deliveries_meant(arrival: Arrival) -> int | None:
    """The delivery whose link this event opens, so that a batch reads all of them at once. Nothing is checked here."""
    if isinstance(arrival.what, Commanded) and arrival.what.name == "start" and links.is_link(arrival.what.args):
        return links.delivery_of(arrival.what.args)
    return None


def _cancel(turn: Turn) -> None:
    """`/cancel`: the dialogue that waits for words is over; ratings already given stay."""
    session = engine.awaiting(turn) or max(
        (one for one in turn.batch.sessions.get(turn.lane, {}).values() if one.dialogue != rating.NAME),
        key=lambda one: one.touched,
        default=None,
    )
    if session is None or session.dialogue == rating.NAME:
        turn.say("nothing-to-cancel")
        return
    turn.batch.end_session(turn.lane, session.topic)
    turn.say("cancelled")


def _help(turn: Turn) -> None:
    keys = ["help-customer", "help-others"]
    if turn.person.departments or turn.person.is_quality or not turn.private:
        keys += ["help-staff", "help-answers"]
    if turn.person.is_manager:
        keys.append("help-manager")
    turn.say_html("\n\n".join(turn.text(key) for key in keys))


async def _with_grants(turn: Turn) -> None:
    """Roles are read when something depends on them; a rating does not."""
    turn.person = (await people.with_grants(turn.tx, [turn.person]))[0]


class Answered(msgspec.Struct, frozen=True):
    """Telegram's answer to a question of ours, on its way back through the door."""

    update: str
    status: str


IN_GROUP = frozenset({"creator", "administrator", "member", "restricted"})
