"""Access control of everything but single cases: may this person do this, here? Handlers ask `may`; cases have `case_rights`.

1. A table, `RIGHTS`, says for each right whose it is and where.
2. In a group everybody reads along: what everybody's cases and answers tell is for the groups of quality and of management.
3. How much of it somebody sees (which departments) is `visibility`'s.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from domain.people import Person, Role
from handlers.turns.turn import Turn
from storage.people import groups


class Place(enum.Enum):
    """Where something is asked for or done."""

    PRIVATE = "the private chat"
    QUALITY = "the group of quality"
    MANAGEMENT = "the group of management"
    ELSEWHERE = "any other group"


class Right(enum.Enum):
    """What somebody may want to do."""

    BIND_GROUPS = "say which department's a group is"
    GIVE_ROLES = "read, give and take every role; a head gives and takes those of the own couriers"
    RUN_CAMPAIGNS = "plan, approve, start and stop campaigns"
    READ_RESULTS = "read how a survey was answered"
    LIST_OPEN_CASES = "list what is open and overdue, as far as it may be seen there"
    OVERSEE = "see everything: the ledger, one delivery's way, what stood out in ratings, a case's log"
    DECIDE_APPEALS = "decide whether a rating counts, unless one is involved"
    PHONE_CUSTOMERS = "see who is to be phoned, and take a call"
    END_CALLS = "say how one's own call ended, and enter its answers"
    SEE_UNDELIVERED = "see what could not be sent, and have it sent again"
    TAKE_WORDS = "take along in an export what customers wrote"


@dataclass(frozen=True, slots=True)
class Holders:
    """Who has a right, and where."""

    roles: frozenset[Role]
    places: frozenset[Place] = frozenset(Place)


_MANAGERS = frozenset({Role.MANAGER})
_QUALITY = frozenset({Role.QUALITY})
_OVERSEERS = _MANAGERS | _QUALITY
_OVERSEEING = frozenset({Place.PRIVATE, Place.QUALITY, Place.MANAGEMENT})

RIGHTS: Mapping[Right, Holders] = {
    Right.BIND_GROUPS: Holders(_MANAGERS, frozenset(Place) - {Place.PRIVATE}),
    Right.GIVE_ROLES: Holders(_MANAGERS),
    Right.RUN_CAMPAIGNS: Holders(_MANAGERS),
    Right.READ_RESULTS: Holders(_MANAGERS, _OVERSEEING),
    Right.LIST_OPEN_CASES: Holders(_OVERSEERS),
    Right.OVERSEE: Holders(_OVERSEERS, _OVERSEEING),
    Right.DECIDE_APPEALS: Holders(_OVERSEERS, _OVERSEEING),
    Right.PHONE_CUSTOMERS: Holders(_QUALITY, frozenset({Place.QUALITY})),
    Right.END_CALLS: Holders(_QUALITY),
    Right.SEE_UNDELIVERED: Holders(_MANAGERS, frozenset({Place.PRIVATE, Place.MANAGEMENT})),
    Right.TAKE_WORDS: Holders(_MANAGERS, frozenset({Place.PRIVATE})),
}


async def may(turn: Turn, right: Right) -> bool:
    """Whether the person of this turn may do this in this chat."""
    return has_role(turn.person, right) and await is_place(turn, right)


def has_role(person: Person, right: Right) -> bool:
    """Whether this is somebody who may do it, wherever that is."""
    return any(grant.role in RIGHTS[right].roles for grant in person.grants)


async def is_place(turn: Turn, right: Right) -> bool:
    """Whether this is a place for it, no matter who asks."""
    places = RIGHTS[right].places
    return len(places) == len(Place) or await _find_place(turn) in places


async def _find_place(turn: Turn) -> Place:
    if turn.private:
        return Place.PRIVATE
    group = await groups.get(turn.tx, turn.chat)
    if group is None or group.department is None:
        return Place.ELSEWHERE
    known = {turn.company.management: Place.MANAGEMENT, turn.company.quality: Place.QUALITY}
    return known.get(group.department, Place.ELSEWHERE)
