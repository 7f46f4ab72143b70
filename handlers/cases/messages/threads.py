"""Threading: which case a message is about, and whether its sender is concerned with that case in this chat.

1. Our messages about a case have permanent names that say so; where a name has passed to a newer message, the case
   number in the message says it, if this bot wrote it and there is only one number.
2. In a private chat the person's own earlier messages are recognised too.
3. A message of a dialogue belongs to that dialogue while it is open; in a group it is nobody else's.
"""

import re

from conversations.protocol import Attached
from domain.cases.case import Case
from handlers.turns.inbound import Arrival
from handlers.turns.turn import Turn
from storage.cases import cases, messages
from storage.cases import contributions as contribution_rows
from storage.engine.database import Tx
from storage.queue import outbox

CASE_NUMBER = re.compile(r"[CSQP]-\d{6}-\d{4,}", re.IGNORECASE)
_NAMED = re.compile(r"(?:card|c|mine|answer|ask):(\d+)(?::.*)?")
_SAID = re.compile(r"said:(\d+)(?:\.\d+)?")
_SCREEN = re.compile(r"s:-?\d+:\d+:(?P<key>.+)")
_DIALOGUE_KEY = re.compile(r"(?!rate:|letter:)[a-z_]+:(\d+)")


async def find_case(turn: Turn, arrival: Arrival) -> Case | None:
    """The case that the replied-to message is about. Whether the sender is concerned with it is not checked."""
    if arrival.replies_to is None:
        return await _find_by_album(turn, arrival)
    if not arrival.replies_to_bot:
        known = await messages.find_message(turn.tx, turn.chat, arrival.replies_to) if turn.private else None
        return await cases.get(turn.tx, known.case) if known else None
    name = await outbox.find_name(turn.tx, turn.chat, arrival.replies_to) or ""
    if _SCREEN.fullmatch(name) and not turn.private:
        return None
    case = await find_named_case(turn.tx, name)
    return case or await _find_by_number(turn, arrival)


def album_name(album: str) -> str:
    """Our name for the first part of an album that a customer sent about a case."""
    return f"album:{album}"


async def _find_by_album(turn: Turn, arrival: Arrival) -> Case | None:
    """The rest of an album goes where its first part went, whether or not it is marked as a reply."""
    if not (turn.private and isinstance(arrival.what, Attached) and arrival.what.file.album):
        return None
    name = album_name(arrival.what.file.album)
    first = (await outbox.find_messages(turn.tx, [(turn.chat, name)])).get((turn.chat, name))
    known = await messages.find_message(turn.tx, turn.chat, first) if first is not None else None
    return await cases.get(turn.tx, known.case) if known else None


async def find_named_case(tx: Tx, name: str) -> Case | None:
    """The case that a message of this name is about."""
    if match := _NAMED.fullmatch(name):
        return await cases.get(tx, int(match[1]))
    if match := _SAID.fullmatch(name):
        contribution = await contribution_rows.fetch_contribution(tx, int(match[1]))
        return await cases.get(tx, contribution.case) if contribution else None
    screen = _SCREEN.fullmatch(name)
    dialogue = _DIALOGUE_KEY.fullmatch(screen["key"]) if screen else None
    return await cases.get(tx, int(dialogue[1])) if dialogue else None


async def _find_by_number(turn: Turn, arrival: Arrival) -> Case | None:
    if arrival.replied_bot.lower() != turn.services.bot.lower():
        return None
    numbers = {number.upper() for number in CASE_NUMBER.findall(arrival.replied_text)}
    return await cases.fetch_by_number(turn.tx, numbers.pop()) if len(numbers) == 1 else None
