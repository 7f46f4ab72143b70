"""Role administration: managers sign in with the first code, grant and revoke roles."""

import hashlib
import secrets
from dataclasses import dataclass

import msgspec

from domain.people import Grant, Person, Role
from domain.surveys.survey import localize
from handlers.access import rights
from handlers.access.audiences import list_audiences
from handlers.access.case_rights import make_membership_grant
from handlers.access.rights import Right
from handlers.turns.inbound import UpdateSender
from handlers.turns.turn import Turn
from storage import installation
from storage.figures import couriers
from storage.people import groups, memberships, people
from storage.people.people import Newcomer
from storage.queue.outbox import OwedCall

MANAGER_CODE = "manager_code"
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"

_ID_DIGITS = 16
"""Digits of the longest account number: Telegram promises 52 bits."""

_WITH_DEPARTMENT = {Role.STAFF, Role.HEAD}


def make_code() -> str:
    """Ten letters and digits that cannot be mistaken for one another."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(10))


def hash_code(code: str) -> str:
    return hashlib.sha256(code.strip().upper().encode()).hexdigest()


async def redeem_manager_code(turn: Turn, code: str) -> bool:
    """Redeem the first manager's one-time code; False if this is not the code."""
    if not await installation.take(turn.tx, MANAGER_CODE, hash_code(code)):
        return False
    await people.grant(turn.tx, turn.person.id, Grant(Role.MANAGER), None, turn.now)
    turn.batch.record(turn.person.id, "role.grant", f"person:{turn.person.id}", None, "manager")
    await show_menu(turn, turn.person.id)
    turn.say("manager-welcome", departments=turn.list_departments(turn.company.departments, keyed=True))
    return True


async def show_menu(turn: Turn, person: int, language: str = "") -> None:
    """Set the private chat's menu to the commands this person may use, in the language just chosen or else the person's."""
    user = (await people.fetch_by_id(turn.tx, [person])).get(person)
    if user is None or not user.reachable:
        return
    audiences = list_audiences(turn.company, user)
    names = [name for name, menus in turn.services.menu.items() if menus & audiences]
    texts = turn.services.texts
    commands = [
        {"command": name, "description": texts.plain(language or user.language, f"menu-{name}")} for name in names
    ]
    body = {"commands": commands, "scope": {"type": "chat", "chat_id": user.telegram_id}}
    turn.batch.owe(OwedCall(turn.services.next_id(), None, "setMyCommands", msgspec.json.encode(body).decode()))


@dataclass(frozen=True, slots=True)
class _RoleRequest:
    """The arguments of `/grant` and `/revoke`, in any order."""

    role: Role | None
    department: str | None
    target: Person | None


async def on_grant_command(turn: Turn, args: str) -> None:
    """`/grant <role> [department]` in reply to somebody, or with @name."""
    wish = await _check_request(turn, args, "grant-how")
    if wish is None or wish.role is None or wish.target is None:
        return
    given = Grant(wish.role, wish.department)
    await memberships.allow(turn.tx, wish.target.id, _list_meant(turn, given))
    done = await people.grant(turn.tx, wish.target.id, given, turn.person.id, turn.now)
    if done:
        turn.batch.record(turn.person.id, "role.grant", f"person:{wish.target.id}", None, format_grant(given))
        await show_menu(turn, wish.target.id)
    role = _draw_role(turn, given)
    key = "granted-member" if await _lasts_with_membership(turn, given) else "granted"
    turn.say(key if done else "granted-already", name=wish.target.name, role=role)


async def on_revoke_command(turn: Turn, args: str) -> None:
    """`/revoke <role> [department]`; the last manager stays."""
    wish = await _check_request(turn, args, "revoke-how")
    if wish is None or wish.role is None or wish.target is None:
        return
    taken = Grant(wish.role, wish.department)
    if taken.role is Role.MANAGER and len(await people.list_holders(turn.tx, Role.MANAGER)) == 1:
        turn.say("last-manager")
        return
    key = "revoked-already"
    for grant in _list_meant(turn, taken):
        if await people.revoke(turn.tx, wish.target.id, grant):
            key = "revoked" if key == "revoked-already" else key
            turn.batch.record(turn.person.id, "role.revoke", f"person:{wish.target.id}", format_grant(grant), None)
            if grant == make_membership_grant(turn.company.quality, grant.department or ""):
                await memberships.withhold(turn.tx, wish.target.id, grant, turn.person.id, turn.now)
                key = "revoked-member"
    if key != "revoked-already":
        await show_menu(turn, wish.target.id)
    turn.say(key, name=wish.target.name, role=_draw_role(turn, taken))


def _list_meant(turn: Turn, named: Grant) -> list[Grant]:
    """The roles that are meant by one: quality is had by name, and by being in quality's group."""
    quality = make_membership_grant(turn.company.quality, turn.company.quality)
    in_quality = named.role is Role.QUALITY or named == Grant(Role.STAFF, turn.company.quality)
    return list(dict.fromkeys((named, quality))) if in_quality else [named]


async def _lasts_with_membership(turn: Turn, given: Grant) -> bool:
    """Whether this role is lost with being in a group."""
    return given.role is Role.STAFF and await groups.find_by_department(turn.tx, given.department or "") is not None


async def on_roles_command(turn: Turn, _args: str) -> None:
    """`/roles`: who holds which role, and which group belongs to which department."""
    if not await rights.may(turn, Right.GIVE_ROLES):
        turn.say("only-managers")
        return
    lines = [turn.text("roles-head")]
    for person in await people.list_holders(turn.tx, *Role):
        given = sorted(_draw_role(turn, one) for one in person.grants)
        lines.append(turn.text("roles-line", name=person.name, roles=turn.join(given)))
    bound = {group.department: group for group in await groups.list_bound(turn.tx)}
    lines.append(turn.text("roles-groups"))
    for key, department in turn.company.departments.items():
        group = bound.get(key)
        state = "none" if group is None else "here" if group.here else "lost"
        lines.append(turn.text(f"roles-group-{state}", department=localize(department.name, turn.language), key=key))
    turn.say_html("\n".join(lines))


async def _check_request(turn: Turn, args: str, how: str) -> _RoleRequest | None:
    """The complete request of a manager; otherwise say what is missing."""
    is_head = any(one.role is Role.HEAD for one in turn.person.grants)
    gives_all = await rights.may(turn, Right.GIVE_ROLES)
    wish = await _parse_request(turn, args) if gives_all or is_head else None
    if wish is None or not (gives_all or wish.role is Role.COURIER):
        turn.say("only-managers")
        return None
    departments = turn.list_departments(turn.company.departments, keyed=True)
    if wish.role is None or (wish.role in _WITH_DEPARTMENT and wish.department is None):
        turn.say(how, departments=departments)
        return None
    if wish.role is Role.COURIER and wish.department is None:
        turn.say("grant-which-courier")
        return None
    if wish.target is None:
        turn.say("grant-whom")
        return None
    return wish if gives_all or await _check_courier(turn, wish) else None


async def _check_courier(turn: Turn, wish: _RoleRequest) -> bool:
    """Whether a head may decide on this courier: not for oneself, and only of one's own department, or of one nobody knows yet."""
    courier = wish.department or ""
    if wish.target is not None and wish.target.id == turn.person.id:
        turn.say("grant-not-yourself")
        return False
    departments = await couriers.list_departments(turn.tx, courier, turn.now)
    if departments and not any(turn.person.is_head_of(one) for one in departments):
        turn.say("grant-not-your-courier", courier=courier)
        return False
    return True


async def _parse_request(turn: Turn, args: str) -> _RoleRequest:
    role, department, target, courier = None, None, None, None
    named = {localize(d.name, language): key for key, d in turn.company.departments.items() for language in d.name}
    replied = turn.heard.replied_person
    named_accounts = [*turn.heard.mentioned, *([replied] if replied is not None else [])]
    if named_accounts:
        target = await _ensure_person(turn, named_accounts[0])
    for token in args.replace(",", " ").split():
        if token.lower() in turn.vocabulary.roles and role is None:
            role = turn.vocabulary.roles[token.lower()]
        elif token.lower() in turn.company.departments or token in named:
            department = named.get(token, token.lower())
        elif role is Role.COURIER and courier is None and not token.startswith("@"):
            courier = token[:64]
        elif token.startswith("@"):
            target = await people.find_by_username(turn.tx, token)
        elif token.isdecimal() and len(token) <= _ID_DIGITS and target is None:
            target = (await people.fetch_by_account(turn.tx, [int(token)])).get(int(token))
    if department is None and role in _WITH_DEPARTMENT:
        group = await groups.get(turn.tx, turn.chat)
        department = group.department if group else None
    if role is Role.COURIER:
        return _RoleRequest(role, courier, target)
    return _RoleRequest(role, department if role in _WITH_DEPARTMENT else None, target)


async def _ensure_person(turn: Turn, sender: UpdateSender) -> Person | None:
    """Somebody named in the chat; a person not seen before is known from now on."""
    if sender.telegram_id not in await people.fetch_by_account(turn.tx, [sender.telegram_id]):
        language = turn.company.choose_language(sender.language_code)
        new = Newcomer(turn.services.next_id(), sender.telegram_id, language, sender.name, sender.username)
        await people.add(turn.tx, [new], "unknown", turn.now)
    return (await people.fetch_by_account(turn.tx, [sender.telegram_id])).get(sender.telegram_id)


def format_grant(given: Grant) -> str:
    """A role as the log has it."""
    return f"{given.role}:{given.department or ''}"


def _draw_role(turn: Turn, given: Grant) -> str:
    role = turn.plain(f"role-{given.role}")
    if given.role is Role.COURIER:
        return f"{role} ({given.department})"
    return f"{role} ({turn.company.department_name(given.department, turn.language)})" if given.department else role
