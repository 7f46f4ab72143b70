"""Prompts: which dialogue an event of a case starts, and with which choices. Permission has been checked by then."""

from conversations.cases import forms, reason
from conversations.cases.fields import FORMS, AskingField, find_form
from domain.cases.case import Case, CaseEvent
from domain.people import Person, Role
from handlers.cases.life import merging
from handlers.cases.staff import customer_questions
from handlers.turns import engine
from handlers.turns.turn import Turn
from storage.people import people
from texts.length import trim

REASONS = {CaseEvent.TRANSFER, CaseEvent.RETURN}
ASKED = {form.event for form in FORMS.values()} | REASONS
"""Events that need input, so that something is asked first."""


def dialogue_key(event: CaseEvent, case: int) -> str:
    """The key of the user's lane under which the dialogue runs."""
    return f"{event.value}:{case}"


async def begin_dialogue(turn: Turn, case: Case, event: CaseEvent) -> None:
    """Ask for what the event needs, in a dialogue with the user."""
    draft = turn.services.next_id()
    if event is CaseEvent.TRANSFER:
        choosing = reason.ChoosingDepartment(draft, case.id, case.number, event.value, case.department)
        engine.begin(turn, dialogue_key(event, case.id), reason.NAME, choosing)
        return
    if event is CaseEvent.RETURN:
        asking_why = reason.AskingReason(draft, case.id, case.number, event.value)
        engine.begin(turn, dialogue_key(event, case.id), reason.NAME, asking_why)
        return
    if event is CaseEvent.ASK_CUSTOMER and await customer_questions.find_reachable_customer(turn, case) is None:
        return
    offered = await _list_choices(turn, case, event)
    if offered is None:
        return
    form = find_form(event, for_regulator=case.appealed)
    zone = turn.company.zone
    floor = case.due_at.astimezone(zone).isoformat() if event is CaseEvent.EXTEND else ""
    start = AskingField(draft, case.id, case.number, form, engine.format_now(turn), floor, {}, offered)
    engine.begin(turn, dialogue_key(event, case.id), forms.NAME, forms.begin(start))


async def _list_choices(turn: Turn, case: Case, event: CaseEvent) -> dict[str, list[tuple[str, str]]] | None:
    """The choices by field; None if there are none, which the user has been told."""
    match event:
        case CaseEvent.HAND_OVER:
            others = [one for one in await list_colleagues(turn, case) if one.id != case.owner]
            if not others:
                turn.toast("hand-over-nobody", number=case.number, alert=True)
                return None
            return {"person": _label_people(others)}
        case CaseEvent.MERGE:
            choices = await merging.list_choices(turn, case)
            if not choices:
                turn.toast("merge-none", number=case.number, alert=True)
                return None
            return {"into": choices}
        case CaseEvent.PLAN:
            goal = turn.plain("plan-goal-ready")
            return {"goal": [(goal, goal)]}
        case _:
            return {}


async def list_colleagues(turn: Turn, case: Case) -> list[Person]:
    """Everybody known to work in the case's department."""
    return await people.list_holders(turn.tx, Role.STAFF, Role.HEAD, department=case.department)


def _label_people(colleagues: list[Person]) -> list[tuple[str, str]]:
    """Ids and names; namesakes are made distinguishable."""
    names = [trim(one.name or "?", 40) for one in colleagues]
    return [
        (str(one.id), name if names.count(name) == 1 else f"{name} ({one.username or one.telegram_id})")
        for one, name in zip(colleagues, names, strict=True)
    ]
