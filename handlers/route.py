"""The one place that says who answers an event: by what happened, who it is, and where."""

import msgspec

from conversations import adding, complaint, rating, reason, resolution
from conversations.buttons import (
    Act,
    Button,
    ChangeRating,
    Choose,
    FileComplaint,
    Language,
    Mine,
    Move,
    NoThanks,
    OpenComplaint,
    Pick,
    Picked,
    Rate,
    RateDelivery,
    Summary,
    SurveyBack,
    SurveySkip,
    Verdict,
)
from conversations.protocol import Attached, Begin, Event, Pressed, Said, Save, Shared
from domain.case import Event as CaseEvent
from handlers import complaints, customers, engine, groups, links, managers, ratings, staff, summaries
from handlers.batch import Batch, Turn
from handlers.inbound import Arrival, Commanded, Edited, MemberLeft, Membership, Migrated, Stray, Unknown
from storage import groups as group_rows
from storage import outbox, people
from storage.sessions import Session

SURVEY_BUTTONS = (Rate, Pick, Picked, SurveyBack, SurveySkip, ChangeRating, FileComplaint, NoThanks)


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
        case Commanded() as command:
            await _commanded(turn, command, arrival)
        case Said() | Attached() | Shared() as event:
            await _written(turn, event, arrival)
        case Stray(key):
            if turn.private:
                turn.say(key)
        case Edited():
            pass
    turn.finish()


async def _pressed(turn: Turn, button: Button, update: bytes, *, member: bool | None) -> None:
    match button:
        case Act():
            await _act(turn, button, update, member=member)
        case _ if isinstance(button, SURVEY_BUTTONS):
            await _step(turn, ratings.topic(button.invitation), Pressed(button))
        case Choose() | Move():
            await _draft(turn, button)
        case Summary():
            await _with_grants(turn)
            await summaries.summary_pressed(turn, button)
        case _ if not turn.private:
            turn.toast("not-now")
        case RateDelivery():
            await ratings.rate_chosen(turn, button)
        case Verdict():
            await complaints.verdict(turn, button)
        case Mine():
            await complaints.my_case(turn, button)
        case Language():
            await customers.language_chosen(turn, button)
        case OpenComplaint():
            await complaints.open_complaint(turn, button)
        case _:
            turn.toast("not-now")


async def _act(turn: Turn, button: Act, update: bytes, *, member: bool | None) -> None:
    """A press on a card counts from somebody who is in the group; whoever is new is asked about first."""
    await _with_grants(turn)
    group = await group_rows.get(turn.tx, turn.chat) if not turn.private else None
    if group is not None and group.department is not None and not staff.is_member(turn, group):
        if member is None:
            groups.ask_membership(turn, update)
            return
        if member:
            await groups.joined(turn, group)
            await _with_grants(turn)
    await staff.act(turn, button)


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


async def _written(turn: Turn, event: Said | Attached | Shared, arrival: Arrival) -> None:
    if not turn.private:
        session = await _prompted(turn, arrival)
        if session is not None:
            await _with_grants(turn)
            await _carry_out(turn, engine.run(turn, session, event))
        return
    session = engine.awaiting(turn)
    if isinstance(event, Shared) and (session is None or session.dialogue != complaint.NAME):
        await customers.shared_phone(turn, event.phone)
    elif session is not None:
        await _carry_out(turn, engine.run(turn, session, event))
    else:
        left = max(turn.batch.sessions.get(turn.lane, {}).values(), key=lambda one: one.touched, default=None)
        if left is not None and left.dialogue != rating.NAME:
            await _carry_out(turn, engine.run(turn, left, event))
        else:
            turn.say("hint")


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
            case Begin(name, _):
                raise LookupError(f"no dialogue begins as {name!r}")
            case Save(fact):
                await _save(turn, fact)


async def _save(turn: Turn, fact: object) -> None:
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
        case resolution.Resolved():
            await staff.resolved(turn, fact)
        case reason.Reasoned(event=CaseEvent.NOT_SATISFIED.value):
            await complaints.not_satisfied(turn, fact)
        case reason.Reasoned():
            await staff.reasoned(turn, fact)
        case _:
            raise LookupError(f"nobody keeps a {type(fact).__name__}")


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
        case "cases":
            await staff.my_open_cases(turn)
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
            await complaints.my_cases(turn)
        case "language":
            await customers.choose_language(turn)
        case _:
            turn.say("unknown-command")


_FOR_ANYBODY = frozenset({"start", "rate", "complain", "mycases", "language", "cancel"})


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
    keys = ["help-customer"]
    if turn.person.departments or turn.person.is_quality or not turn.private:
        keys.append("help-staff")
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
