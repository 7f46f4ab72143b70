"""Access control of cases: may this person do this with this case, here? Every handler asks `may`.

1. What the chat is to the case comes first (`find_chat_role`): in a group everybody reads along, so the group decides what is shown.
2. What the person is to the case comes second (`find_parts`): owner, head, reviewer, from roles and from who did what.
3. A table, `RIGHTS`, says which of them each right takes.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from domain.cases.case import Case, CasePart, list_parts
from domain.people import Grant, Person, Role
from handlers.turns.batch import Batch
from handlers.turns.turn import Turn
from storage.cases import cases
from storage.people import groups, people
from storage.people.groups import Group


class ChatRole(enum.Enum):
    """What a chat is to a case."""

    LEAD = "the department that deals with it"
    OVERSEER = "quality or management, or one of them in private"
    COOPERATING = "a department that helps"
    QUALITY = "quality, while another department leads: it merges, transfers, and answers the regulator"
    FORMER = "a department that led once: its card stands there still"


class CaseRight(enum.Enum):
    """What somebody may want to do with a case."""

    PRESS_CARD = "press the buttons of its card; what an event needs besides, its table says"
    WRITE_ABOUT = "reply to a message about it"
    NOTE = "write down a note, which never leaves"
    SEND_LETTER = "write to its customer"
    STATE = "hand in a cooperating department's statement"
    REVEAL_CONTACT = "see who the customer is"
    READ_LOG = "read its audit log"
    TAKE_UNMASKED = "take its file along with names and numbers in it"


@dataclass(frozen=True, slots=True)
class Rule:
    """Who has a right: chats by their role, and persons by what they are to the case; both where both are given.

    `members_only`: in a group its own people, not those who oversee them; what they do is said in their department's name.
    """

    chats: frozenset[ChatRole] | None = None
    parts: frozenset[CasePart] | None = None
    overseers_anywhere: bool = False
    members_only: bool = False


_CONCERNED = frozenset(ChatRole)

RIGHTS: Mapping[CaseRight, Rule] = {
    CaseRight.PRESS_CARD: Rule(_CONCERNED),
    CaseRight.WRITE_ABOUT: Rule(_CONCERNED),
    CaseRight.NOTE: Rule(_CONCERNED, overseers_anywhere=True),
    CaseRight.SEND_LETTER: Rule(_CONCERNED, frozenset({CasePart.OWNER, CasePart.HEAD, CasePart.QUALITY})),
    CaseRight.STATE: Rule(frozenset({ChatRole.COOPERATING}), members_only=True),
    CaseRight.REVEAL_CONTACT: Rule(None, frozenset({CasePart.OWNER, CasePart.HEAD})),
    CaseRight.READ_LOG: Rule(frozenset(), overseers_anywhere=True),
    CaseRight.TAKE_UNMASKED: Rule(None, frozenset({CasePart.OWNER}), overseers_anywhere=True),
}


async def may(turn: Turn, right: CaseRight, case: Case) -> bool:
    """Whether the person of this turn may do this with this case in this chat."""
    rule, person = RIGHTS[right], turn.person
    if rule.overseers_anywhere and (person.is_quality or person.is_manager):
        return True
    if rule.chats is not None and await find_chat_role(turn, case) not in rule.chats:
        return False
    if rule.members_only and not await _is_member_here(turn):
        return False
    return rule.parts is None or bool(rule.parts & await find_parts(turn, case))


async def find_chat_role(turn: Turn, case: Case) -> ChatRole | None:
    """What this chat is to the case; None where the chat, or this person in it, has nothing to do with it."""
    person, company = turn.person, turn.company
    oversees = person.is_quality or person.is_manager
    if turn.private:
        if oversees:
            return ChatRole.OVERSEER
        return ChatRole.LEAD if person.is_staff_of(case.department) else None
    group = await groups.get(turn.tx, turn.chat)
    if group is None or group.department is None or not (is_member(person, group) or oversees):
        return None
    if group.department in {company.quality, company.management}:
        return ChatRole.OVERSEER
    if turn.chat not in await cases.list_card_chats(turn.tx, case.id):
        return None
    if group.department in case.cooperating:
        return ChatRole.COOPERATING
    return ChatRole.LEAD if group.department == case.department else ChatRole.FORMER


async def find_parts(turn: Turn, case: Case) -> frozenset[CasePart]:
    """What the person of this turn is to this case."""
    heads = await people.list_holders(turn.tx, Role.HEAD, department=case.department)
    parts = list_parts(case, turn.person, has_heads=any(head.id != case.owner for head in heads))
    if case.approvals and await cases.find_approver(turn.tx, case) == turn.person.id:
        return parts - {CasePart.REVIEWER}  # two approvals are two people's
    return parts


async def list_reviewers(batch: Batch, case: Case) -> list[Person]:
    """Who can approve now."""
    heads = await people.list_holders(batch.tx, Role.HEAD, department=case.department)
    others = [person for person in heads if person.id != case.owner]
    return others if others and case.approvals == 0 else await people.list_holders(batch.tx, Role.QUALITY)


async def _is_member_here(turn: Turn) -> bool:
    group = await groups.get(turn.tx, turn.chat)
    return group is not None and is_member(turn.person, group)


def is_member(person: Person, group: Group) -> bool:
    """Whether the bot knows that this person is in the group of a department, quality's included."""
    return person.works_in(group.department or "")


def make_membership_grant(company_quality: str, department: str) -> Grant:
    """What being in a department's group means: staff there, and quality in the quality group."""
    return Grant(Role.QUALITY if department == company_quality else Role.STAFF, department)
