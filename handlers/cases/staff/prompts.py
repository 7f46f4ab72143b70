"""Which dialogue an event of a case begins, and with which choices. Whether the presser may is known by then."""

from conversations.cases import forms, reason
from conversations.cases.fields import Asking
from domain.cases.case import Case, Event
from domain.people import Person, Role
from handlers.cases.life import merging
from handlers.cases.staff import asking
from handlers.turns import engine
from handlers.turns.batch import Turn
from storage.people import people
from texts.length import trim

FORMS = {
    Event.PLAN: "plan",
    Event.EXTEND: "extend",
    Event.ASK_CUSTOMER: "question",
    Event.HAND_OVER: "hand-over",
    Event.RESOLVE: "resolution",
    Event.APPEAL: "appeal",
    Event.MERGE: "merge",
    Event.ADOPT: "adopt",
    Event.DECLINE: "decline",
    Event.PROGRESS: "progress",
    Event.FINISH: "finish",
    Event.ANSWER: "reply",
}
REASONS = {Event.TRANSFER, Event.RETURN}
ASKED = FORMS.keys() | REASONS
"""Events that bring something along, so that something is asked first."""


def topic(event: Event, case: int) -> str:
    """Under which topic of the presser's lane the dialogue runs."""
    return f"{event.value}:{case}"


async def begin(turn: Turn, case: Case, event: Event) -> None:
    """Ask what the event needs, in a dialogue with the presser."""
    draft = turn.services.next_id()
    if event is Event.TRANSFER:
        choosing = reason.Choosing(draft, case.id, case.number, event.value, case.department)
        engine.begin(turn, topic(event, case.id), reason.NAME, choosing)
        return
    if event is Event.RETURN:
        asking_why = reason.Asking(draft, case.id, case.number, event.value)
        engine.begin(turn, topic(event, case.id), reason.NAME, asking_why)
        return
    if event is Event.ASK_CUSTOMER and await asking.reachable(turn, case) is None:
        return
    offered = await _offered(turn, case, event)
    if offered is None:
        return
    form = "regulator" if event is Event.RESOLVE and case.appealed else FORMS[event]
    zone = turn.company.zone
    floor = case.due_at.astimezone(zone).isoformat() if event is Event.EXTEND else ""
    start = Asking(draft, case.id, case.number, form, engine.now(turn), floor, {}, offered)
    engine.begin(turn, topic(event, case.id), forms.NAME, forms.begin(start))


async def _offered(turn: Turn, case: Case, event: Event) -> dict[str, list[tuple[str, str]]] | None:
    """What can be chosen, by field; None where there is nothing, and that was said."""
    match event:
        case Event.HAND_OVER:
            others = [one for one in await colleagues(turn, case) if one.id != case.owner]
            if not others:
                turn.toast("hand-over-nobody", number=case.number, alert=True)
                return None
            return {"person": _named(others)}
        case Event.MERGE:
            choices = await merging.choices(turn, case)
            if not choices:
                turn.toast("merge-none", number=case.number, alert=True)
                return None
            return {"into": choices}
        case Event.PLAN:
            goal = turn.plain("plan-goal-ready")
            return {"goal": [(goal, goal)]}
        case _:
            return {}


async def colleagues(turn: Turn, case: Case) -> list[Person]:
    """Everybody known to work in the case's department."""
    return await people.holders(turn.tx, Role.STAFF, Role.HEAD, department=case.department)


def _named(found: list[Person]) -> list[tuple[str, str]]:
    """Ids and names; namesakes are told apart."""
    names = [trim(one.name or "?", 40) for one in found]
    return [
        (str(one.id), name if names.count(name) == 1 else f"{name} ({one.username or one.telegram_id})")
        for one, name in zip(found, names, strict=True)
    ]
