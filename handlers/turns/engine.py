"""Dialogue engine: runs one step and shows the screen of the resulting state. What the step wants saved or started is
returned to the caller.

1. The screen is edited in place after a press, and sent anew below what somebody wrote, so that the question is always
   the last message. The rest of an album, or of a burst, is answered by the screen that its beginning has.
2. In groups a question is put to one person, by name, and only a reply to that message is an answer.
"""

from dataclasses import replace
from functools import lru_cache
from typing import Any

import msgspec

from conversations.protocol import Begin, Conversation, Event, Keeps, Pressed, Save, Say, Screen, Text, Toast
from handlers.turns import consent, outbound
from handlers.turns.turn import Turn
from storage.queue.outbox import Priority
from storage.queue.sessions import Session
from texts import escape


def begin(
    turn: Turn,
    key: str,
    dialogue: str,
    state: Any,  # noqa: ANN401 -- each dialogue has states of its own
    *,
    reply_to: str = "",
    priority: Priority | None = None,
) -> None:
    """Open a dialogue in this lane (or restart it) and show its first screen as a new message, optionally in reply to another."""
    _enter(turn, key, turn.services.dialogues[dialogue], state, fresh=True, reply_to=reply_to, priority=priority)


def show(turn: Turn, session: Session, *, above: Text | None = None, priority: Priority | None = None) -> None:
    """Show again where a dialogue stands, as a new message, optionally with a sentence above it."""
    conversation = turn.services.dialogues[session.dialogue]
    _enter(turn, session.key, conversation, decode_state(turn, session), fresh=True, above=above, priority=priority)


def decode_state(turn: Turn, session: Session) -> Any:  # noqa: ANN401 -- each dialogue has states of its own
    return _make_decoder(turn.services.dialogues[session.dialogue].states).decode(session.state)


def set_state(turn: Turn, session: Session, state: Any) -> None:  # noqa: ANN401 -- each dialogue has states of its own
    """Move the dialogue to another state because of something outside it, and redraw its message."""
    _enter(turn, session.key, turn.services.dialogues[session.dialogue], state, fresh=False)


def amend(turn: Turn, session: Session, event: Event) -> bool:
    """Apply an event that amends earlier input: the dialogue's message is updated in place; False if it does not concern the dialogue."""
    step = turn.services.dialogues[session.dialogue].step(decode_state(turn, session), event)
    if step.understood and step.state is not None:
        set_state(turn, session, step.state)
    return step.understood


def run(turn: Turn, session: Session, event: Event) -> list[Save | Begin]:
    """Run one event in one dialogue; returns what to save and start, in order."""
    conversation = turn.services.dialogues[session.dialogue]
    state = _set_now(turn, decode_state(turn, session))
    step = conversation.step(state, event)
    pressed = isinstance(event, Pressed)
    if step.understood and consent.is_missing(turn):
        act = consent.find_act(conversation.screen(state, turn.language), step, pressed=pressed)
        if act is not Keeps.NOTHING and consent.was_asked(turn, session):
            consent.give(turn)
    if not step.understood:
        if pressed:
            turn.toast("not-now")
        elif not turn.quiet:
            turn.say("not-understood")
            _show(
                turn,
                session.key,
                conversation.screen(state, turn.language),
                fresh=True,
                case=getattr(state, "case", None),
            )
        return []
    if step.state is not None:
        if step.continues and conversation.screen(step.state, turn.language) == conversation.screen(
            state, turn.language
        ):
            _save(
                turn, session.key, conversation, step.state, session.awaits, session.consent_asked
            )  # its screen says so already
        else:
            _enter(turn, session.key, conversation, step.state, fresh=not (pressed or step.continues))
    else:
        turn.batch.end_session(turn.lane, session.key)
        if step.last is not None:
            _show(turn, session.key, step.last, fresh=not pressed)
    left: list[Save | Begin] = []
    for effect in step.effects:
        match effect:
            case Say(text):
                turn.say(text.key, **text.args)
            case Toast(text):
                turn.tell(text)
            case Save() | Begin():
                left.append(effect)
    return left


def is_about(turn: Turn, session: Session | None, case: int) -> bool:
    """Whether this dialogue, if there is one, is about this case."""
    return session is not None and getattr(decode_state(turn, session), "case", None) == case


def find_awaiting(turn: Turn) -> Session | None:
    """The dialogue that waits for words in this lane: the one touched last."""
    waiting = [session for session in turn.batch.sessions.get(turn.lane, {}).values() if session.awaits]
    return max(waiting, key=lambda session: session.touched, default=None)


def _touch(turn: Turn) -> int:
    """When a dialogue changes it becomes the last of its lane, whatever the clocks of several processes say."""
    others = turn.batch.sessions.get(turn.lane, {}).values()
    return max(turn.services.next_id(), *(other.touched + 1 for other in others), 0)


def screen_name(lane: str, key: str) -> str:
    """Our name for the message that shows this dialogue."""
    return f"s:{lane}:{key}"


def format_now(turn: Turn) -> str:
    """The time in company time, in the format of a state's field `now`."""
    return turn.now.astimezone(turn.company.zone).replace(microsecond=0).isoformat()


def _set_now(turn: Turn, state: Any) -> Any:  # noqa: ANN401 -- each dialogue has states of its own
    """Set the field `now` of a state that has one: a step has no clock, so each event tells it the time."""
    return msgspec.structs.replace(state, now=format_now(turn)) if "now" in state.__struct_fields__ else state


def _enter(
    turn: Turn,
    key: str,
    conversation: Conversation[Any],
    state: Any,  # noqa: ANN401 -- each dialogue has states of its own
    *,
    fresh: bool,
    reply_to: str = "",
    above: Text | None = None,
    priority: Priority | None = None,
) -> None:
    screen = conversation.screen(state, turn.language)
    if above is not None:
        screen = replace(screen, parts=(above, *screen.parts))
    _save(turn, key, conversation, state, screen.asks, consent.find_asked(turn, screen))
    case = getattr(state, "case", None)
    _show(turn, key, screen, fresh=fresh, reply_to=reply_to, case=case, priority=priority)


def _save(
    turn: Turn,
    key: str,
    conversation: Conversation[Any],
    state: Any,  # noqa: ANN401 -- each dialogue has states of its own
    awaits: bool,  # noqa: FBT001 -- as the screen says
    asked: int,
) -> None:
    data = msgspec.json.encode(state).decode()
    turn.batch.save_session(Session(turn.lane, key, conversation.name, data, awaits, _touch(turn), asked))


def _show(
    turn: Turn,
    key: str,
    screen: Screen,
    *,
    fresh: bool,
    reply_to: str = "",
    case: int | None = None,
    priority: Priority | None = None,
) -> None:
    texts, language = turn.services.texts, turn.language
    if priority is None:
        priority = Priority.PEOPLE
    html = outbound.draw_screen(texts, language, consent.ask(turn, screen))
    force_reply = None
    if not turn.private and screen.asks:
        html = f'<a href="tg://user?id={turn.person.telegram_id}">{escape(turn.person.name)}</a>\n{html}'
        force_reply = texts.plain(language, "reply-here")
        fresh = True
    turn.batch.show(
        turn.chat,
        screen_name(turn.lane, key),
        html,
        screen.rows,
        language=language,
        message_id=None if fresh else turn.pressed_at,
        fresh=fresh,
        force_reply=force_reply,
        reply_to=reply_to,
        topic=case or None,  # 0: about no case
        priority=priority,
    )


@lru_cache(maxsize=32)
def _make_decoder(states: Any) -> "msgspec.json.Decoder[Any]":  # noqa: ANN401 -- a union type
    return msgspec.json.Decoder(states)
