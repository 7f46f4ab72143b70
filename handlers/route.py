"""The one place that says who answers an event: by what happened, who it is, and where."""

from dataclasses import replace

import msgspec

from conversations.buttons import (
    Act,
    Appeal,
    Behind,
    Button,
    Call,
    Calls,
    Campaign,
    ChangeRating,
    Choose,
    Export,
    FileComplaint,
    Handling,
    Language,
    Leaderboard,
    Listing,
    Look,
    Mine,
    Move,
    NoThanks,
    OpenComplaint,
    Opt,
    Paper,
    Pick,
    Picked,
    Praise,
    Rate,
    Rated,
    RateDelivery,
    Recommend,
    Standard,
    Summary,
    SurveyBack,
    SurveyEnd,
    SurveySkip,
    TakeBack,
    Trend,
    Verdict,
    YesNo,
    Zone,
)
from conversations.cases import complaint, letter
from conversations.protocol import Attached, Event, Pressed, Said, Shared
from conversations.surveys import rating, rating_states
from handlers import commands, edits, outcomes
from handlers.access import links
from handlers.campaigns import campaigns
from handlers.cases.customers import complaints, mycases, replies, verdicts
from handlers.cases.file import finding, looks
from handlers.cases.messages import talk, threads
from handlers.cases.staff import staff, standards
from handlers.fairness import appeals, myratings
from handlers.figures import behind, exporting, rankings, reporting, summaries, trends
from handlers.people import customers, groups
from handlers.phone_surveys import behalf, calls
from handlers.surveys import ratings
from handlers.turns import engine
from handlers.turns.batch import Batch, Turn
from handlers.turns.inbound import Arrival, Commanded, Edited, MemberLeft, Membership, Migrated, Stray, Unknown
from storage.people import groups as group_rows
from storage.queue import outbox
from storage.queue.sessions import Session

SURVEY_BUTTONS = (
    *(Rate, Recommend, YesNo, Opt, Pick, Picked, TakeBack),
    *(SurveyBack, SurveySkip, SurveyEnd, ChangeRating, FileComplaint, NoThanks, Praise),
)


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
        case Commanded() as command if command.name in commands.LOOKED_UP and command.to in {
            "",
            turn.services.bot.lower(),
        }:
            if await _known(turn, update, member=member):
                await commands.looked(turn, command, arrival)
        case Commanded() as command:
            await commands.commanded(turn, command, arrival)
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
        case Look() | Listing() | Behind():
            if await _known(turn, update, member=member):
                await _looked(turn, button)
        case Call() | Calls():
            if await _known(turn, update, member=member):
                await calls.pressed(turn, button)
        case Summary() | Trend() | Leaderboard() | Export() | Paper():
            await turn.know_roles()
            await _figures(turn, button)
        case Standard():
            if await _known(turn, update, member=member):
                await standards.pressed(turn, button)
        case Appeal():
            if await _known(turn, update, member=member):
                await appeals.pressed(turn, button)
        case _ if not turn.private:
            turn.toast("not-now")
        case _:
            await _pressed_in_private(turn, button)


async def _looked(turn: Turn, button: Look | Listing | Behind) -> None:
    """Cases, one or a list."""
    match button:
        case Look():
            await looks.pressed(turn, button)
        case Listing():
            await finding.listed(turn, button)
        case Behind():
            await behind.pressed(turn, button)


async def _figures(turn: Turn, button: Summary | Trend | Leaderboard | Export | Paper) -> None:
    match button:
        case Summary():
            await summaries.summary_pressed(turn, button)
        case Trend():
            await trends.pressed(turn, button)
        case Leaderboard():
            await rankings.pressed(turn, button)
        case Export():
            await exporting.pressed(turn, button)
        case Paper():
            await reporting.pressed(turn, button)


async def _pressed_in_private(turn: Turn, button: Button) -> None:
    """What people press, each about their own."""
    match button:
        case Rated():
            await turn.know_roles()
            await myratings.pressed(turn, button)
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
        case Zone():
            await customers.zone_chosen(turn, button)
        case OpenComplaint():
            await complaints.open_complaint(turn, button)
        case Campaign():
            await campaigns.pressed(turn, button)
        case _:
            turn.toast("not-now")


async def _act(turn: Turn, button: Act, update: bytes, *, member: bool | None) -> None:
    if await _known(turn, update, member=member):
        await staff.act(turn, button)


async def _known(turn: Turn, update: bytes, *, member: bool | None) -> bool:
    """An act in a department's group counts from somebody who is in it; whoever is new is asked about first, and then heard again."""
    await turn.know_roles()
    group = await group_rows.get(turn.tx, turn.chat) if not turn.private else None
    if group is not None and group.department is not None and not staff.is_member(turn, group):
        if member is None:
            groups.ask_membership(turn, update)
            return False
        if member:
            await groups.joined(turn, group)
            await turn.know_roles()
    return True


async def _step(turn: Turn, topic: str, event: Event) -> None:
    session = turn.batch.sessions.get(turn.lane, {}).get(topic)
    if session is None:
        turn.toast("not-now")
    elif await behalf.may_go_on(turn, session):
        await outcomes.carry_out(turn, engine.run(turn, session, event))


async def _draft(turn: Turn, button: Choose | Move) -> None:
    """A button of a draft: whichever dialogue of this lane has that draft."""
    if not turn.private:
        await turn.know_roles()
    for session in list(turn.batch.sessions.get(turn.lane, {}).values()):
        if session.dialogue == rating.NAME:
            continue
        state = engine.state_of(turn, session)
        draft = state.draft.id if isinstance(state.draft, complaint.Draft) else state.draft
        if draft == button.draft:
            await outcomes.carry_out(turn, engine.run(turn, session, Pressed(button)))
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
            await turn.know_roles()
            await outcomes.carry_out(turn, engine.run(turn, session, event))
        elif not isinstance(event, Shared):
            await _about_a_case(turn, event, arrival, update, member=member)
        return
    answered = await _answered_screen(turn, arrival)
    session = answered or engine.awaiting(turn)
    if isinstance(event, Shared) and (session is None or not _takes_numbers(turn, session)):
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
        if await behalf.may_go_on(turn, session):
            await outcomes.carry_out(turn, engine.run(turn, session, event))
    else:
        left = max(turn.batch.sessions.get(turn.lane, {}).values(), key=lambda one: one.touched, default=None)
        if left is not None and left.dialogue not in {rating.NAME, letter.NAME}:
            await outcomes.carry_out(turn, engine.run(turn, left, event))
        else:
            turn.say("hint")


def _takes_numbers(turn: Turn, session: Session) -> bool:
    """Whether a phone number that is shared now is an answer to this dialogue's question."""
    if session.dialogue != rating.NAME:
        return session.dialogue == complaint.NAME
    state: rating_states.State = engine.state_of(turn, session)
    return rating.listens_for_contact(turn.services.surveys[state.about.survey], state)


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


def deliveries_meant(arrival: Arrival) -> int | None:
    """The delivery whose link this event opens, so that a batch reads all of them at once. Nothing is checked here."""
    if isinstance(arrival.what, Commanded) and arrival.what.name == "start" and links.is_link(arrival.what.args):
        return links.delivery_of(arrival.what.args)
    return None


class Answered(msgspec.Struct, frozen=True):
    """Telegram's answer to a question of ours, on its way back through the door."""

    update: str
    status: str


IN_GROUP = frozenset({"creator", "administrator", "member", "restricted"})
