"""Prompts in groups: a question is put to one person, and only that person's reply to it is an answer.

Somebody else's reply, and an answer that is no reply, are told so, once for each question; neither goes anywhere.
"""

from conversations.protocol import Text
from handlers.turns import engine
from handlers.turns.inbound import Arrival
from handlers.turns.turn import Turn
from storage.people import people
from storage.queue import outbox, sessions
from storage.queue.outbox import Priority
from storage.queue.sessions import Session


async def find_prompted_session(turn: Turn, arrival: Arrival) -> Session | None:
    """The question this message replies to, if it was put to its sender. A plain group message answers nothing."""
    if arrival.replies_to is None or not arrival.replies_to_bot:
        return None
    waiting = _list_waiting_sessions(turn)
    if arrival.replied_bot.lower() != turn.services.bot.lower():
        return None  # a group may have other bots
    name = await outbox.find_name(turn.tx, turn.chat, arrival.replies_to)
    if name is None:
        # The reply may arrive before we have recorded the question's message; with only one question open there is no doubt.
        return waiting[0] if len(waiting) == 1 else None
    return next((one for one in waiting if engine.screen_name(one.lane, one.key) == name), None)


async def tell_who_is_asked(turn: Turn, arrival: Arrival) -> bool:
    """Somebody answers a question that was put to another: they read whose it is, once. False where this is no open question."""
    name = await outbox.find_name(turn.tx, turn.chat, arrival.replies_to or 0) or ""
    asked = await _find_asked_session(turn, name)
    if asked is None:
        return False
    account = int(asked.lane.rpartition(":")[2])
    person = (await people.fetch_by_account(turn.tx, [account])).get(account)
    told = f"told:{arrival.replies_to}:{turn.person.telegram_id}"
    if person is not None and await _is_first(turn, told):
        html = turn.text("asked-other", name=person.name)
        turn.batch.say(turn.chat, html, priority=Priority.STAFF, reply_to=told)
    return True


async def ask_for_reply(turn: Turn) -> None:
    """Somebody who was asked writes, but not as a reply: the question is put again, once, and says how to answer it."""
    waiting = max(_list_waiting_sessions(turn), key=lambda one: one.touched, default=None)
    if waiting is None:
        return
    draft = getattr(engine.decode_state(turn, waiting), "draft", waiting.key)
    if await _is_first(turn, f"plain:{draft}"):
        engine.show(turn, waiting, above=Text("reply-please"))


def _list_waiting_sessions(turn: Turn) -> list[Session]:
    return [one for one in turn.batch.sessions.get(turn.lane, {}).values() if one.awaits]


async def _find_asked_session(turn: Turn, name: str) -> Session | None:
    """The open question of another person whose message has this name."""
    prefix = f"s:{turn.chat}:"
    if not name.startswith(prefix):
        return None
    account, _, key = name.removeprefix(prefix).partition(":")
    lane = f"{turn.chat}:{account}"
    if lane == turn.lane or not account.isdecimal():
        return None
    session = (await sessions.load(turn.tx, [lane]))[lane].get(key)
    return session if session is not None and session.awaits else None


async def _is_first(turn: Turn, name: str) -> bool:
    """Whether this message is the first of its kind; it has this name from now on."""
    if await outbox.find_messages(turn.tx, [(turn.chat, name)]):
        return False
    await outbox.name_message(turn.tx, turn.chat, name, turn.message)
    return True
