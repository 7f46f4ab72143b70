"""Unit of work for a batch of events: what was read for all of them at once, and what they produce, written in one go at the end.

1. On the path of a press there is one statement per table and batch, and nothing is read that this batch just wrote.
2. What a handler changes directly (cases, grants, groups) it writes at once through `tx`; what every event changes (sessions,
   answers, messages owed, the log) is gathered here, and written together by `handlers/turns/flush.py`.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from conversations.protocol import KeyboardRow
from domain.deliveries.delivery import Fate
from domain.figures.totals import TotalsEntries
from domain.people import Person
from domain.timer_kinds import TimerKind
from handlers.turns import outbound
from handlers.turns.services import Services
from storage import audit
from storage.deliveries import deliveries
from storage.deliveries.deliveries import FrozenDelivery
from storage.engine.database import Tx, lock
from storage.people import people
from storage.queue import outbox, sessions, timers
from storage.queue.outbox import OwedCall, Priority, is_shared
from storage.queue.sessions import Session
from storage.surveys import ratings
from texts.length import split


@dataclass(slots=True)
class Batch:
    """What the events of one transaction know and produce."""

    tx: Tx
    services: Services
    now: datetime
    people: dict[int, Person] = field(default_factory=dict)
    sessions: dict[str, dict[str, Session]] = field(default_factory=dict)
    calls: list[OwedCall] = field(default_factory=list)
    silent: list[OwedCall] = field(default_factory=list)
    closed: set[int] = field(default_factory=set)
    given: list[ratings.RecordedAnswer] = field(default_factory=list)
    invited: list[ratings.Invitation] = field(default_factory=list)
    changes: list[audit.AuditEntry] = field(default_factory=list)
    set_timers: list[timers.Timer] = field(default_factory=list)
    cancelled: list[tuple[str, str]] = field(default_factory=list)
    known_timers: set[tuple[str, str]] = field(default_factory=set)
    """Timers that were found to be set."""
    deliveries: dict[int, FrozenDelivery] = field(default_factory=dict)
    owners: dict[int, int] = field(default_factory=dict)
    fates: dict[int, Fate] = field(default_factory=dict)
    proofs: dict[tuple[str, str], int] = field(default_factory=dict)
    languages: dict[int, tuple[str, bool]] = field(default_factory=dict)
    consents: dict[int, int] = field(default_factory=dict)
    entries: TotalsEntries = field(default_factory=Counter)
    """What to add to the stored totals: see handlers/turns/totals.py."""
    fates_before: dict[int, Fate] = field(default_factory=dict)
    missed_deadlines: int = 0
    """How many deadlines were said to be passed."""
    place: tuple[int, int] | None = None
    """The chat and the forum topic in which the event at hand was sent: what it owes to that chat is said in that topic."""
    touched: dict[tuple[str, str], Session | None] = field(default_factory=dict)
    """Sessions saved, and None for those that ended."""

    async def prepare(self, lanes: Iterable[str], telegram_ids: Iterable[int]) -> None:
        """Read what all events of this batch need, once."""
        self.sessions |= await sessions.load(self.tx, lanes)
        self.people |= await people.fetch_by_account(self.tx, telegram_ids)

    async def load_people(self, telegram_ids: Iterable[int]) -> None:
        """Like `prepare`, for people who have not written themselves: lock their lanes, load their conversations and who they are."""
        new = sorted({id_ for id_ in telegram_ids if make_lane(id_) not in self.sessions})
        if not new:
            return
        lanes = [make_lane(id_) for id_ in new]
        await lock(self.tx, lanes)
        self.sessions |= await sessions.load(self.tx, lanes)
        strangers = [id_ for id_ in new if id_ not in self.people]
        if strangers:
            self.people |= await people.fetch_by_account(self.tx, strangers)

    async def frozen(self, ids: Sequence[int]) -> dict[int, FrozenDelivery]:
        """What invitations about these deliveries remember; each is read once per transaction."""
        missing = [id_ for id_ in ids if id_ not in self.deliveries]
        if missing:
            frozen = await deliveries.freeze(self.tx, missing)
            self.deliveries |= frozen
            self.fates_before |= {id_: one.fate for id_, one in frozen.items()}
        return {id_: self.deliveries[id_] for id_ in ids if id_ in self.deliveries}

    def settle_delivery(self, frozen: FrozenDelivery) -> None:
        """Record whose a delivery is, and what became of asking, as this batch leaves it."""
        self.deliveries[frozen.delivery] = frozen
        self.fates[frozen.delivery] = frozen.fate
        if frozen.person is not None:
            self.owners[frozen.delivery] = frozen.person

    # --- conversations ---

    def save_session(self, session: Session) -> None:
        self.sessions.setdefault(session.lane, {})[session.key] = session
        self.touched[session.lane, session.key] = session

    def end_session(self, lane: str, key: str) -> None:
        self.sessions.get(lane, {}).pop(key, None)
        self.touched[lane, key] = None

    # --- calls owed to Telegram ---

    def owe(self, call: OwedCall) -> None:
        if call.chat_id == 0:
            return  # somebody without an account, who never came or was erased: nobody is there
        call.held = call.chat_id in self.closed
        if not self.services.company.handling.topics or (call.chat_id or 0) > 0:
            call.topic = None
        if call.topic is None and self.place is not None and call.chat_id == self.place[0] and not is_shared(call):
            call.topic = -self.place[1]
        self.calls.append(call)

    def show(
        self,
        chat: int,
        name: str,
        html: str,
        rows: tuple[KeyboardRow, ...] = (),
        *,
        language: str,
        message_id: int | None = None,
        fresh: bool = False,
        force_reply: str | None = None,
        reply_to: str = "",
        priority: Priority = Priority.PEOPLE,
        topic: int | None = None,
    ) -> None:
        """Make the message of this name say this from now on: edited in place if it exists, sent otherwise."""
        buttons = outbound.draw_keyboard(self.services.texts, language, rows)
        parts = split(html)
        for part in parts[:-1]:
            self.say(chat, part, priority=priority)
        last = parts[-1] if parts and parts[-1].strip() else "…"  # Telegram refuses an empty message
        body = outbound.make_message(last, buttons, force_reply=force_reply)
        is_fresh = fresh or len(parts) > 1
        at = None if is_fresh else message_id
        call = OwedCall(self.services.next_id(), chat, outbox.SHOW, body, name, at, is_fresh, priority, reply_to, topic)
        self.owe(call)

    def redraw_buttons(self, chat: int, message_id: int, rows: Sequence[KeyboardRow], *, language: str) -> None:
        """Put other buttons under a message that was pressed; what it says stays."""
        body = outbound.make_buttons(message_id, outbound.draw_keyboard(self.services.texts, language, rows))
        self.owe(OwedCall(self.services.next_id(), chat, outbox.BUTTONS, body))

    def say(
        self,
        chat: int,
        html: str,
        *,
        priority: Priority = Priority.PEOPLE,
        reply_to: str = "",
        name: str = "",
        topic: int | None = None,
    ) -> None:
        """Send a new message, in as many parts as it needs; `name` is for finding it again when somebody replies to it."""
        for n, part in enumerate(split(html)):
            named = f"{name}.{n}" if name and n else name
            body = outbound.make_message(part)
            id_ = self.services.next_id()
            self.owe(OwedCall(id_, chat, "sendMessage", body, named, priority=priority, reply_to=reply_to, topic=topic))

    def answer(self, callback: str, text: str = "", *, alert: bool = False) -> None:
        """Answer a press, after the visible reply. An answer without words says nothing, so it is not a row: see ADR 4."""
        call = OwedCall(
            self.services.next_id(), None, "answerCallbackQuery", outbound.make_toast(callback, text, alert=alert)
        )
        (self.calls if text else self.silent).append(call)

    # --- what is remembered ---

    def record(
        self, actor: int | None, what: str, subject: str, before: str | None = None, after: str | None = None
    ) -> None:
        self.changes.append(audit.AuditEntry(self.services.next_id(), self.now, actor, what, subject, before, after))

    def set_timer(self, kind: TimerKind, subject: str, due_at: datetime) -> None:
        self.set_timers.append(timers.Timer(kind, subject, due_at))

    async def has_timer(self, kind: TimerKind, subject: str) -> bool:
        """Whether this timer is set, as this batch leaves it."""
        key = (kind, subject)
        if key in self.known_timers or any((one.kind, one.subject) == key for one in self.set_timers):
            return True
        if key in self.cancelled or not await timers.is_set(self.tx, kind, subject):
            return False
        self.known_timers.add(key)
        return True

    def cancel_timer(self, kind: TimerKind, subject: str) -> None:
        self.set_timers = [one for one in self.set_timers if (one.kind, one.subject) != (kind, subject)]
        self.known_timers.discard((kind, subject))
        self.cancelled.append((kind, subject))


def make_lane(telegram_id: int) -> str:
    """The lane of somebody's private chat."""
    return f"{telegram_id}:{telegram_id}"
