"""Membership checks: who is in a department's group, asked of Telegram, believed for some hours, and asked again.

1. The question is a row like every queued call; its answer comes back through the inbox with the update it is about, which is
   then handled with what is known now.
2. Nobody acts in private on a membership that is not confirmed lately. Where Telegram cannot say (the bot is not in the
   group, members are hidden from it), the role is not counted for this event, and not taken away either.
3. Acting in the group itself proves membership where members are hidden from us.
4. What a manager took away comes back by /grant only.
"""

from datetime import timedelta

import msgspec

from domain.people import Grant, Person
from handlers.access import rights
from handlers.access.case_rights import is_member, make_membership_grant
from handlers.access.rights import Right
from handlers.people.roles import show_menu
from handlers.turns.turn import Turn
from storage.people import groups, memberships, people
from storage.people.groups import Group
from storage.people.memberships import Membership
from storage.queue import outbox
from storage.queue.outbox import OwedCall, Priority

MEMBER_STATUSES = frozenset({"creator", "administrator", "member", "restricted"})
HIDDEN = "hidden"
"""Telegram does not tell us who is in this group."""

UNKNOWN = "unknown"
_LEFT_STATUSES = frozenset({"left", "kicked"})


class Asked(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was asked about an update: in which group its sender should be, the answer, and the groups that gave none."""

    chat: int
    status: str = ""
    unsure: tuple[int, ...] = ()


class _AskedUpdate(msgspec.Struct, frozen=True):
    membership: Asked | None = None


async def check(turn: Turn, update: bytes, *, member: bool | None) -> bool:
    """Know the sender's roles as they are now, as acts of staff require; False if Telegram is asked first and the event will
    be replayed. `member` is None for an event about which nothing was asked.
    """
    await turn.load_roles()
    asked = await _take_answer(turn, update, member=member) if member is not None else None
    unsure = asked.unsure if asked is not None else ()
    doubted = []
    for stale in await _list_stale(turn):
        if stale.chat is not None and stale.here and stale.chat not in unsure:
            _ask(turn, update, Asked(stale.chat, unsure=unsure))
            return False
        doubted.append(stale.grant)
    _doubt(turn, doubted)
    group = await groups.get(turn.tx, turn.chat) if not turn.private else None
    is_new = group is not None and group.department is not None and not is_member(turn.person, group)
    if is_new and turn.chat not in {*unsure, asked.chat if asked is not None else None}:
        _ask(turn, update, Asked(turn.chat, unsure=unsure))
        return False
    return True


def attach(update: bytes, asked: Asked) -> bytes:
    """The update, with what was asked about it."""
    parts = msgspec.json.decode(update, type=dict[str, msgspec.Raw])
    return msgspec.json.encode(parts | {"membership": msgspec.Raw(msgspec.json.encode(asked))})


def attach_answer(update: bytes, status: str) -> bytes:
    """The update, with Telegram's answer to what was asked about it."""
    asked = _read_asked(update)
    return attach(update, msgspec.structs.replace(asked, status=status)) if asked is not None else update


async def end(turn: Turn, person: Person, group: Group) -> bool:
    """This person is not in this group any more: what they had by being in it is gone. False if that was nothing."""
    taken = make_membership_grant(turn.company.quality, group.department or "")
    if not await people.revoke(turn.tx, person.id, taken):
        return False
    turn.batch.record(person.id, "role.left", f"person:{person.id}", f"{taken.role}:{taken.department}")
    await show_menu(turn, person.id)
    return True


async def begin(turn: Turn, person: Person, group: Group) -> None:
    """This person is in this group: what that means, unless a manager took it away."""
    given = make_membership_grant(turn.company.quality, group.department or "")
    if await memberships.is_withheld(turn.tx, person.id, given):
        return
    if await people.grant(turn.tx, person.id, given, None, turn.now):
        turn.batch.record(person.id, "role.member", f"person:{person.id}", None, f"{given.role}:{given.department}")
    else:
        await memberships.confirm(turn.tx, person.id, given, turn.now)


def _read_asked(update: bytes) -> Asked | None:
    return msgspec.json.decode(update, type=_AskedUpdate).membership


def _ask(turn: Turn, update: bytes, asked: Asked) -> None:
    """Owe the question; the update waits in it."""
    body = {
        "method": "getChatMember",
        "params": {"user_id": turn.person.telegram_id},
        "update": attach(update, asked).decode(),
    }
    payload = msgspec.json.encode(body).decode()
    turn.batch.owe(OwedCall(turn.services.next_id(), asked.chat, outbox.QUERY, payload, priority=Priority.STAFF))
    turn.answered = True  # the press is answered when it is replayed


async def _take_answer(turn: Turn, update: bytes, *, member: bool) -> Asked:
    """Keep what Telegram said; what was asked, with this group among the unsure ones if Telegram could not say."""
    asked = _read_asked(update) or Asked(turn.chat)
    status = asked.status or ("member" if member else UNKNOWN)
    group, acts_there = await groups.get(turn.tx, asked.chat), asked.chat == turn.chat
    if group is None or group.department is None:
        return asked
    if status in MEMBER_STATUSES or (status == HIDDEN and acts_there):
        given = make_membership_grant(turn.company.quality, group.department)
        if acts_there or given in turn.person.grants:
            await begin(turn, turn.person, group)
    elif status in _LEFT_STATUSES:
        if await end(turn, turn.person, group) and turn.private:
            turn.say("membership-over", department=turn.company.department_name(group.department, turn.language))
    else:
        asked = msgspec.structs.replace(asked, unsure=(*asked.unsure, asked.chat))
    await turn.load_roles()
    return asked


async def _list_stale(turn: Turn) -> list[Membership]:
    """What the sender is by being in groups, where that was not confirmed lately."""
    if not any(_is_membership(grant) for grant in turn.person.grants):
        return []
    since = turn.now - timedelta(hours=turn.company.handling.membership_hours)
    return [
        one
        for one in await memberships.list_memberships(turn.tx, turn.person.id)
        if (one.confirmed_at is None or one.confirmed_at < since) and not (one.named and one.chat is None)
    ]


def _is_membership(grant: Grant) -> bool:
    return grant.department is not None and grant.role in memberships.ROLES


def _doubt(turn: Turn, doubted: list[Grant]) -> None:
    """Do not count these roles for this event, and say so where that can make a difference."""
    if not doubted:
        return
    turn.doubted = frozenset(doubted)
    turn.person = turn.without_doubted(turn.person)
    if turn.private and not rights.has_role(turn.person, Right.OVERSEE):
        names = dict.fromkeys(turn.company.department_name(one.department or "", turn.language) for one in doubted)
        turn.toast("membership-unsure", alert=True, departments=turn.join(names))
