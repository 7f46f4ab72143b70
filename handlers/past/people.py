"""People of a past: accounts, numbers, roles, groups, tokens."""

from domain.people import Grant, Reach, Role
from handlers.access.case_rights import make_membership_grant
from handlers.past.draft import DraftedPerson, PastDraft
from handlers.past.lines import GroupLine, PersonLine, RoleLine
from handlers.people.roles import format_grant


def add_person(draft: PastDraft, line: PersonLine) -> None:
    """Somebody who has written to the bot; a phone number was shared with it."""
    person = DraftedPerson(len(draft.people) + 1, line)
    draft.people[line.account] = person
    if line.phone:
        draft.phones[line.phone] = person
        hashed = draft.services.keyring.digest(line.phone)
        draft.add("identities", kind="phone", hash=hashed, person=person.id)
        draft.record(line.since, person.id, "person.phone", f"person:{person.id}", None, line.phone)
    if line.stopped is not None:
        draft.record(line.stopped, person.id, "surveys.stop", f"person:{person.id}")
    if line.blocked:
        draft.record(line.since, person.id, "person.blocked", f"person:{person.id}")


def add_people_rows(draft: PastDraft) -> None:
    """The rows of everybody, once it is known when each was asked last."""
    for account, person in draft.people.items():
        line = person.line
        draft.add(
            "people",
            id=person.id,
            telegram_id=account,
            language=line.language,
            name=line.name,
            phone=line.phone or None,
            reach=(Reach.BLOCKED if line.blocked else Reach.OPEN).value,
            created_at=line.since,
            stopped_at=line.stopped,
            asked_at=person.asked_at,
        )


def add_group(draft: PastDraft, line: GroupLine) -> None:
    """A group that a manager bound to its department; its members were seen in it."""
    by = draft.find_person(line.by)
    draft.add("groups", chat_id=line.chat, department=line.department, language=line.language, updated_at=line.at)
    draft.record(line.at, by.id, "group.bind", f"department:{line.department}", None, str(line.chat))
    given = make_membership_grant(draft.services.company.quality, line.department)
    for account in line.members:
        member = draft.find_person(account)
        _grant(draft, member, given, line, None)
        named = f"{given.role}:{given.department}"
        draft.record(line.at, member.id, "role.member", f"person:{member.id}", None, named)


def add_role(draft: PastDraft, line: RoleLine) -> None:
    """A role that somebody granted; the first manager had the code."""
    person = draft.find_person(line.account)
    by = draft.find_person(line.by).id if line.by is not None else None
    given = Grant(Role(line.role), line.of or None)
    _grant(draft, person, given, line, by)
    actor = person.id if by is None else by
    draft.record(line.at, actor, "role.grant", f"person:{person.id}", None, format_grant(given))


def _grant(draft: PastDraft, person: DraftedPerson, given: Grant, line: GroupLine | RoleLine, by: int | None) -> None:
    if given in person.grants:
        return
    person.grants.add(given)
    draft.add(
        "grants",
        person=person.id,
        role=given.role.value,
        department=given.department or "",
        granted_by=by,
        granted_at=line.at,
        confirmed_at=draft.now if isinstance(line, GroupLine) else None,
    )
