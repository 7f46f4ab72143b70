"""Appeals against ratings (F2): filed with a reason, decided once by somebody in quality with no part in it.

1. Role, chat and state are checked at each press, and again when the words are confirmed. The first decision counts.
2. If upheld, the rating leaves every figure but stays in the log; appellant and customer are told, and no case changes.
"""

from datetime import timedelta

from conversations.buttons import AppealButton
from conversations.cases import reason
from conversations.cases.reason import ReasonGiven
from conversations.surveys.rating_states import RatingAnswered
from domain.fairness.appeal import AppealState, is_in_time, is_involved, may_decide
from domain.people import Role
from handlers.access import rights
from handlers.access.rights import Right
from handlers.cases.life import telling
from handlers.fairness import appeal_cards, rating_wording
from handlers.turns import engine, totals
from handlers.turns.turn import Turn
from storage.fairness import appeals
from storage.fairness.appeals import Appeal
from storage.people import people
from storage.queue import outbox
from storage.queue.outbox import Priority

APPEAL, UPHOLD, REJECT = "rating-appeal", "uphold", "reject"
"""What a reason is asked for; the last two are quality's decisions."""

EVENTS = frozenset({APPEAL, UPHOLD, REJECT})
_VERDICTS = {"u": UPHOLD, "r": REJECT}
_STATES = {UPHOLD: AppealState.UPHELD, REJECT: AppealState.REJECTED}


async def on_press(turn: Turn, button: AppealButton) -> None:
    """A press under one of the user's own ratings, or on the card of an appeal."""
    if button.what == "a":
        if not turn.private:
            turn.toast("not-now")
        elif await _can_appeal(turn, button.about):
            await _ask_reason(turn, APPEAL, button.about, button.about)
        return
    verdict, appeal = _VERDICTS.get(button.what), await appeals.get(turn.tx, button.about)
    if verdict is None or appeal is None:
        turn.toast("appeal-gone" if appeal is None else "not-now")
    elif await _can_decide(turn, appeal):
        await _ask_reason(turn, verdict, appeal.id, appeal.invitation)


async def on_fact(turn: Turn, fact: ReasonGiven) -> None:
    """The words are confirmed: file the appeal, or decide it."""
    about = int(fact.target)
    if fact.event == APPEAL:
        if await _can_appeal(turn, about):
            await _file_appeal(turn, about, fact.reason)
        return
    appeal = await appeals.get(turn.tx, about)
    if appeal is not None and await _can_decide(turn, appeal, asked=fact.event):
        await _decide_appeal(turn, appeal, fact)


async def on_answer_fact(turn: Turn, fact: RatingAnswered) -> None:
    """The customer changed the rating: an open appeal stays, and its card shows the change."""
    if fact.before is None or fact.before == fact.answer:
        return
    batch, invitation = turn.batch, fact.about.invitation
    appeal = await appeals.find_by_invitation(batch.tx, invitation)
    if appeal is not None and appeal.state is AppealState.OPEN:
        await appeal_cards.show_card(batch, appeal)


async def _can_appeal(turn: Turn, invitation: int) -> bool:
    """Whether this is the user's own rating, recent enough, and not appealed yet; if not, say so."""
    rated = await appeal_cards.fetch_rating(turn.batch, invitation)
    days = turn.company.fairness.appeal_within_days
    if rated is None or rated.courier not in turn.person.couriers:
        turn.toast("appeal-not-yours", alert=True)
    elif rated.appeal:
        turn.toast("appeal-already", alert=True)
    elif not is_in_time(rated.rated_at, turn.now, timedelta(days=days)):
        turn.toast("appeal-too-late", alert=True, days=f"{days:g}")
    else:
        return True
    return False


async def _file_appeal(turn: Turn, invitation: int, why: str) -> None:
    appeal = Appeal(turn.services.next_id(), invitation, turn.person.id, why, AppealState.OPEN, turn.now)
    if not await appeals.file(turn.tx, appeal):
        turn.say("appeal-already")
        return
    turn.batch.record(turn.person.id, "appeal.file", f"invitation:{invitation}", None, why)
    await appeal_cards.show_card(turn.batch, appeal)
    turn.say("appeal-filed")


async def _can_decide(turn: Turn, appeal: Appeal, *, asked: str = "") -> bool:
    """Whether this person may decide it here and now; if not, say so, also in the dialogue's own message if there was one."""
    ties = await appeals.fetch_ties(turn.tx, appeal)
    quality = await people.list_holders(turn.tx, Role.QUALITY)
    args: dict[str, str | int] = {}
    if not await rights.is_place(turn, Right.DECIDE_APPEALS):
        key = "not-yours"
    elif not rights.has_role(turn.person, Right.DECIDE_APPEALS):
        key = "appeal-only-quality"
    elif appeal.state is not AppealState.OPEN:
        key, args = "appeal-late", {"name": await _fetch_name(turn, appeal.decided_by)}
    elif may_decide(turn.person, ties, quality):
        return True
    else:
        key = "appeal-involved" if is_involved(turn.person, ties) else "appeal-only-quality"
    turn.toast(key, alert=True, **args)
    if asked:
        said = engine.screen_name(turn.lane, _dialogue_key(asked, appeal.id))
        html, at = turn.text(key, **args), turn.pressed_at
        turn.batch.show(turn.chat, said, html, language=turn.language, message_id=at, priority=Priority.STAFF)
    elif await outbox.find_name(turn.tx, turn.chat, turn.pressed_at or 0) == appeal_cards.card_name(appeal.id):
        await appeal_cards.show_card(turn.batch, appeal, also=turn.chat)
    return False


async def _decide_appeal(turn: Turn, appeal: Appeal, fact: ReasonGiven) -> None:
    state = _STATES[fact.event]
    if not await appeals.decide(turn.tx, appeal.id, state, turn.person.id, fact.reason, turn.now):
        after = await appeals.get(turn.tx, appeal.id)
        turn.toast("appeal-late", alert=True, name=await _fetch_name(turn, after.decided_by if after else None))
        return
    subject = f"invitation:{appeal.invitation}"
    turn.batch.record(turn.person.id, f"appeal.{fact.event}", subject, AppealState.OPEN.value, fact.reason)
    if state is AppealState.UPHELD:
        await totals.record_survey_changes(turn.batch, [appeal.invitation], excluded=True)
        await appeals.exclude_rating(turn.tx, appeal.invitation)
        turn.batch.record(turn.person.id, "rating.exclude", subject, "counts", "excluded")
    decided = await appeals.get(turn.tx, appeal.id)
    assert decided is not None  # noqa: S101 -- it was decided a moment ago
    await appeal_cards.show_card(turn.batch, decided, also=turn.chat)
    await _tell_decision(turn, decided)


async def _tell_decision(turn: Turn, appeal: Appeal) -> None:
    """Tell the appellant the decision with its reason, and the customer that the rating was set aside, but not who asked for it."""
    rated = await appeal_cards.fetch_rating(turn.batch, appeal.invitation)
    about = await appeals.fetch_rated_response(turn.tx, appeal.invitation)
    day = rating_wording.format_day(turn.services, rated.rated_at if rated else appeal.created_at)
    whom = [one for one in (appeal.appellant, about.person) if one is not None]
    known = await people.fetch_by_id(turn.tx, whom)
    if appellant := known.get(appeal.appellant):
        key = f"appeal-{appeal.state.value}-appellant"
        telling.tell_customer(turn.batch, appellant, key, day=day, reason=appeal.decision)
    customer = known.get(about.person or 0)
    if appeal.state is AppealState.UPHELD and customer is not None and customer.reachable:
        is_known = "yes" if about.waybill else "no"
        waybill = about.waybill
        telling.tell_customer(turn.batch, customer, "appeal-upheld-customer", day=day, known=is_known, waybill=waybill)


async def _ask_reason(turn: Turn, what: str, about: int, invitation: int) -> None:
    """Ask why: words that are shown back, and count only then."""
    rated = await appeal_cards.fetch_rating(turn.batch, invitation)
    day = rating_wording.format_day(turn.services, rated.rated_at if rated else turn.now)
    asking = reason.AskingReason(turn.services.next_id(), 0, turn.plain("appeal-of", day=day), what, str(about))
    engine.begin(turn, _dialogue_key(what, about), reason.NAME, asking)


def _dialogue_key(what: str, about: int) -> str:
    return f"{what}:{about}"


async def _fetch_name(turn: Turn, person: int | None) -> str:
    known = (await people.fetch_by_id(turn.tx, [person])).get(person) if person is not None else None
    return known.name if known else "—"
