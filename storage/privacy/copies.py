"""Where others read what somebody said: the messages about their cases and calls, in groups and in the private chats of staff."""

import re
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from storage.engine.bulk import among
from storage.engine.database import Tx
from storage.models import audit, cards, case_events, contributions, groups, messages, people, talk
from storage.privacy.owners import Belongings
from storage.privacy.ownership import DIALOGUES_ABOUT_CASES

_SCREEN = re.compile(r"s:-?\d+:\d+:(?P<kind>[a-z_]+):(?P<id>\d+)")


@dataclass(frozen=True, slots=True)
class CopyOf:
    """A message that shows it; without a name where somebody else wrote it."""

    chat: int
    message: int
    name: str = ""


async def list_copies(tx: Tx, theirs: Belongings) -> list[CopyOf]:
    """All of them except the cards themselves, which are drawn anew; in the person's own chat everything stays."""
    cases, said = theirs.ids.get("cases", frozenset()), theirs.ids.get("contributions", frozenset())
    chats = await _list_chats(tx, cases) - theirs.accounts
    wanted = [*(f"c:{case}:" for case in sorted(cases)), *(f"said:{id_}" for id_ in sorted(said))]
    wanted += [f"call:{delivery}" for delivery in sorted(theirs.ids.get("deliveries", frozenset()))]
    copies: list[CopyOf] = []
    for prefix in wanted:
        named = await _find_named(tx, chats, prefix)
        copies += (copy for copy in named if _is_about(copy.name, prefix))
    copies += (copy for copy in await _find_named(tx, chats, "s:") if _asks_about(copy.name, cases))
    # What members of a group wrote there about the case: an administrator can delete it.
    written = select(talk.c.chat_id, talk.c.message_id).where(talk.c.chat_id < 0, among(tx, talk.c.case, cases))
    known = {(copy.chat, copy.message) for copy in copies}
    copies += (CopyOf(*row) for row in await tx.execute(written) if tuple(row) not in known)
    return copies


async def _list_chats(tx: Tx, cases: frozenset[int]) -> frozenset[int]:
    """Every group, and the private chats of whoever had to do with these cases."""
    chats = {*await tx.scalars(select(groups.c.chat_id)), *await tx.scalars(select(cards.c.chat_id))}
    subjects = [f"case:{case}" for case in cases]
    actors = {
        *await tx.scalars(select(case_events.c.actor).where(among(tx, case_events.c.case, cases))),
        *await tx.scalars(select(contributions.c.author).where(among(tx, contributions.c.case, cases))),
        *await tx.scalars(select(audit.c.actor).where(among(tx, audit.c.subject, subjects))),
    }
    accounts = select(people.c.telegram_id).where(among(tx, people.c.id, actors - {None}))
    return frozenset(chat for chat in {*chats, *await tx.scalars(accounts)} if chat is not None)


async def _find_named(tx: Tx, chats: frozenset[int], prefix: str) -> list[CopyOf]:
    columns = (messages.c.chat_id, messages.c.message_id, messages.c.name)
    rows = await tx.execute(select(*columns).where(among(tx, messages.c.chat_id, chats), _begins(tx, prefix)))
    return [CopyOf(*row) for row in rows]


def _begins(tx: Tx, prefix: str) -> ColumnElement[bool]:
    """SQLite looks a GLOB up in the key; nothing in our prefixes is special to either."""
    if tx.dialect.name == "sqlite":
        return messages.c.name.op("GLOB")(f"{prefix}*")
    return messages.c.name.like(f"{prefix}%")


def _is_about(name: str, prefix: str) -> bool:
    """`said:17` and its parts `said:17.1`, not `said:170`."""
    return prefix.endswith(":") or not name[len(prefix) : len(prefix) + 1].isdigit()


def _asks_about(name: str, cases: frozenset[int]) -> bool:
    screen = _SCREEN.fullmatch(name)
    return screen is not None and screen["kind"] in DIALOGUES_ABOUT_CASES and int(screen["id"]) in cases
