"""Staff groups: bound to a department by a manager, followed when they migrate, reported when they are lost.

A group that has no department any more hears of it: another group is bound to it, or it has left the company file.
"""

from domain.people import Reach, Role
from handlers.access import rights
from handlers.access.rights import Right
from handlers.cases.life import card_chats
from handlers.people import memberships
from handlers.surveys import invitations
from handlers.turns.batch import Batch
from handlers.turns.inbound import MemberJoined, MemberLeft, MembershipChanged
from handlers.turns.turn import Turn
from storage import installation
from storage.cases import cases
from storage.people import groups, people
from storage.people import memberships as membership_rows
from storage.people.groups import Group
from storage.queue import outbox, sessions
from storage.queue.outbox import Priority


async def on_command(turn: Turn, args: str) -> None:
    """`/bind <department>`: this group is that department's from now on."""
    known = turn.list_departments(turn.company.departments, keyed=True)
    if turn.private:
        turn.say("bind-in-group", departments=known)
        return
    if not await rights.may(turn, Right.BIND_GROUPS):
        turn.say("only-managers")
        return
    department = turn.company.find_department(args)
    if department is None:
        turn.say("bind-which", departments=known)
        return
    was = await groups.get(turn.tx, turn.chat)
    replaced = await groups.bind(turn.tx, turn.chat, department, turn.person.language, turn.now)
    before = str(replaced.chat_id) if replaced else None
    turn.batch.record(turn.person.id, "group.bind", f"department:{department}", before, str(turn.chat))
    turn.language = turn.person.language
    name = turn.company.department_name(department, turn.language)
    # Anyone who was in the group of either department may not be in the one it has now.
    await membership_rows.expire(turn.tx, {department, was.department if was and was.department else department})
    group = await groups.get(turn.tx, turn.chat)
    assert group is not None  # noqa: S101 -- bound a moment ago
    await memberships.begin(turn, turn.person, group)
    if was is not None and was.department not in {None, department}:
        before_it = turn.company.department_name(was.department or "", turn.language)
        turn.say("bound-instead", department=name, before=before_it)
    else:
        turn.say("bound", department=name)
    if replaced is not None and replaced.here:
        _tell_replaced(turn, replaced, department)
    await outbox.release(turn.tx, turn.chat)  # what waited for a group that was lost, if nobody told us that it is back
    await _refresh_open_cases(turn)


def _tell_replaced(turn: Turn, group: Group, department: str) -> None:
    """The group that this department had until now hears why nothing comes any more."""
    name = turn.company.department_name(department, group.language)
    html = turn.services.texts.html(group.language, "bound-elsewhere", {"department": name, "who": turn.person.name})
    turn.batch.say(group.chat_id, html, priority=Priority.STAFF)


async def tell_of_removed_departments(batch: Batch) -> None:
    """Groups whose department is no longer in the company file hear of it once; one that comes back can be removed again."""
    for group in await groups.list_bound(batch.tx):
        department, key = group.department or "", f"removed:{group.chat_id}"
        if department in batch.services.company.departments:
            told = await installation.get(batch.tx, key)
            if told is not None:
                await installation.take(batch.tx, key, told)
            continue
        mark = f"{department}:{batch.services.next_id()}"
        if group.here and await installation.put_once(batch.tx, key, mark) == mark:
            html = batch.services.texts.html(group.language, "department-removed", {"department": department})
            batch.say(group.chat_id, html, priority=Priority.STAFF)


async def on_membership_change(turn: Turn, change: MembershipChanged) -> None:
    """The bot was added, removed, muted, blocked, or let in again."""
    if turn.private:
        await _update_reach(turn, change)
    elif change.can_write:
        await outbox.release(turn.tx, turn.chat)
        if await groups.mark_here(turn.tx, turn.chat, turn.now):
            turn.batch.record(turn.person.id, "group.back", f"chat:{turn.chat}")
            await _expire_memberships(turn)  # nobody told us who left meanwhile
            await _refresh_open_cases(turn)
        elif await groups.get(turn.tx, turn.chat) is None:
            turn.say("added-to-group", departments=turn.list_departments(turn.company.departments, keyed=True))
    else:
        await mark_group_lost(turn.batch, turn.chat, change.status)


async def _expire_memberships(turn: Turn) -> None:
    group = await groups.get(turn.tx, turn.chat)
    if group is not None and group.department is not None:
        await membership_rows.expire(turn.tx, [group.department])


async def _refresh_open_cases(turn: Turn) -> None:
    """Show a department whose group is back its cases as they stand now, including those filed meanwhile."""
    group = await groups.get(turn.tx, turn.chat)
    if group is not None and group.department is not None:
        for case in reversed(await cases.list_unsolved(turn.tx, [group.department])):
            await card_chats.refresh_cards(turn.batch, case)


async def _update_reach(turn: Turn, change: MembershipChanged) -> None:
    reach = Reach.OPEN if change.can_write else Reach.BLOCKED
    was = turn.person.reachable
    await people.set_reach(turn.tx, turn.person.telegram_id, reach)
    turn.batch.record(turn.person.id, f"person.{reach}", f"person:{turn.person.id}")
    if change.can_write:
        await outbox.release(turn.tx, turn.chat)
        if not was:
            await invitations.resume_invitations(turn.batch, turn.person.id)


async def mark_group_lost(batch: Batch, chat: int, why: str) -> None:
    """Nothing can be sent to this group: hold what is queued, tell quality, else the managers, and move open cases there."""
    group = await groups.get(batch.tx, chat)
    await outbox.hold(batch.tx, chat, why)
    if group is None or not await groups.mark_lost(batch.tx, chat, why, batch.now):
        return
    batch.record(None, "group.lost", f"chat:{chat}", None, why)
    if group.department is None:
        return
    for target, language in (await find_overseers(batch, group.department)).items():
        name = batch.services.company.department_name(group.department, language)
        html = batch.services.texts.html(language, "group-lost", {"department": name, "reason": why})
        batch.say(target, html, priority=Priority.STAFF)
    for case in await cases.list_unsolved(batch.tx, [group.department]):
        await card_chats.refresh_cards(batch, case)


async def find_overseers(batch: Batch, without: str) -> dict[int, str]:
    """Who is told when a department cannot be reached: quality, else management, else every manager."""
    company = batch.services.company
    for department in (company.quality, company.management):
        group = await groups.find_by_department(batch.tx, department) if department != without else None
        if group is not None and group.here:
            return {group.chat_id: group.language}
    managers = await people.list_holders(batch.tx, Role.MANAGER)
    return {manager.telegram_id: manager.language for manager in managers if manager.reachable}


async def on_migration(batch: Batch, old: int, new: int) -> None:
    """The group has a new id: the binding, the cards, the open questions and the queue follow."""
    # Also for a group bound to no department, and for what was queued since the first notice.
    await outbox.move_chat(batch.tx, old, new)
    await outbox.release(batch.tx, new)
    if not await groups.move(batch.tx, old, new, batch.now):
        return
    await sessions.move_chat(batch.tx, old, new)
    await cases.move_cards(batch.tx, old, new)
    batch.record(None, "group.migrated", f"chat:{new}", str(old), str(new))


async def on_member_change(turn: Turn, change: MemberLeft | MemberJoined) -> None:
    """Anyone who leaves the group is no longer staff of its department; anyone we know who joins it is."""
    group = await groups.get(turn.tx, turn.chat)
    person = (await people.fetch_by_account(turn.tx, [change.telegram_id])).get(change.telegram_id)
    if group is None or group.department is None or person is None:
        return
    if isinstance(change, MemberLeft):
        await memberships.end(turn, person, group)
    else:
        await memberships.begin(turn, person, group)
