"""Card buttons: what staff do about a case in the group where its card is.

1. Role, chat and state are checked at each press, inside the transaction; the first press wins, the second hears who
   was first.
2. What staff type is a reply to the bot's prompt, is shown back, and counts only then.
"""

from conversations.buttons import CASE_ACTIONS, CaseActionButton
from domain.cases.case import Case, CaseEvent
from domain.people import Grant, Role
from handlers.cases.file import pages, reveal, view
from handlers.cases.life import cases as case_work
from handlers.cases.messages import letters
from handlers.cases.staff import actions, prompts
from handlers.turns.batch import Turn
from storage.cases import cases
from storage.people import groups
from storage.people.groups import Group


def make_membership_grant(company_quality: str, department: str) -> Grant:
    """The role that membership in a department's group grants: staff there, and quality in the quality group."""
    return Grant(Role.QUALITY if department == company_quality else Role.STAFF, department)


async def on_press(turn: Turn, button: CaseActionButton) -> None:
    """A press on a card, by somebody whose membership in the chat is established."""
    case = await cases.get(turn.tx, button.case, for_update=True)
    name = CASE_ACTIONS.get(button.event)
    if case is None or name is None or not await _belongs(turn, case):
        turn.toast("not-yours", alert=True)
        return
    match name:
        case "history" | "full_text":
            await view.show_under_card(turn, case, name)
        case "note":
            letters.begin_note(turn, case)
        case "report":
            letters.begin_statement(turn, case)
        case "reveal":
            await reveal.reveal_contact(turn, case, await case_work.find_parts(turn, case))
        case _:
            await _begin_event(turn, case, CaseEvent(name))
            await pages.redraw(turn, case.id)


async def _begin_event(turn: Turn, case: Case, event: CaseEvent) -> None:
    """Trigger an event of the case's table at once, or after asking for what it needs. Nothing is asked if it would be refused."""
    refused = await case_work.find_refusal(turn.batch, case, event, await case_work.find_parts(turn, case))
    if refused is not None:
        await actions.refuse(turn, case, event, refused)
    elif event in prompts.ASKED:
        await prompts.begin_dialogue(turn, case, event)
    else:
        await actions.cause(turn, case, event, {})


async def _belongs(turn: Turn, case: Case) -> bool:
    """Whether this chat is concerned with the case and this person with the chat."""
    if turn.private:
        return turn.person.is_manager or turn.person.is_quality or turn.person.is_staff_of(case.department)
    group = await groups.get(turn.tx, turn.chat)
    if group is None or group.department is None:
        return False
    overseers = {turn.company.quality, turn.company.management}
    if group.department not in overseers and turn.chat not in await cases.list_card_chats(turn.tx, case.id):
        return False
    return is_member(turn, group) or turn.person.is_quality or turn.person.is_manager


def is_member(turn: Turn, group: Group) -> bool:
    """Whether the bot knows that this person is in the group."""
    department = group.department or ""
    return turn.person.is_staff_of(department) or Grant(Role.QUALITY, department) in turn.person.grants
