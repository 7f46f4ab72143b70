"""Unit of work for a batch of events: what was read for all of them at once, and what they produce, written in one go at the end.

1. On the path of a press there is one statement per table and batch, and nothing this batch just wrote is read back.
2. What a handler changes directly (cases, grants, groups) it writes at once through `tx`; what every event changes
   (sessions, answers, queued messages, the log) is gathered here and flushed together.
"""

import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from conversations.protocol import Conversation, KeyboardRow, Text
from domain.company import Company
from domain.deliveries.delivery import Fate
from domain.figures.totals import TotalsEntries
from domain.people import Audience, Person
from domain.surveys.survey import Survey
from domain.vocabulary import Vocabulary
from handlers.turns import outbound, totals
from handlers.turns.inbound import Arrival
from storage import audit
from storage.deliveries import deliveries
from storage.deliveries.deliveries import FrozenDelivery
from storage.engine.crypto import Keyring
from storage.engine.database import Tx, lock
from storage.figures import totals as total_rows
from storage.people import people
from storage.queue import outbox, sessions, timers
from storage.queue.outbox import OwedCall
from storage.queue.sessions import Session
from storage.surveys import ratings
from texts import Texts
from texts.length import split


def _make_random_id() -> int:
    return secrets.randbits(63)


@dataclass(frozen=True, slots=True)
class Services:
    """What does not change while the process runs. `bot` is the bot's @name."""

    company: Company
    surveys: Mapping[str, Survey]
    texts: Texts
    keyring: Keyring
    dialogues: Mapping[str, Conversation]  # type: ignore[type-arg]  # each dialogue has states of its own
    bot: str
    next_id: Callable[[], int]
    random_id: Callable[[], int] = _make_random_id
    """Ids for things whose time of creation must not be known: `next_id` grows with time."""
    menu: Mapping[str, frozenset[Audience]] = field(default_factory=dict)
    """The commands of private chats in order, and whose menu each is in."""


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
    deliveries: dict[int, FrozenDelivery] = field(default_factory=dict)
    owners: dict[int, int] = field(default_factory=dict)
    fates: dict[int, Fate] = field(default_factory=dict)
    proofs: dict[tuple[str, str], int] = field(default_factory=dict)
    languages: dict[int, tuple[str, bool]] = field(default_factory=dict)
    entries: TotalsEntries = field(default_factory=Counter)
    """What to add to the stored totals: see handlers/turns/totals.py."""
    fates_before: dict[int, Fate] = field(default_factory=dict)
    _touched: dict[tuple[str, str], Session | None] = field(default_factory=dict)

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

    def private(self, person: Person) -> "Turn":
        """A turn in the private chat of somebody who has not just written, but was loaded into this batch.

        Raises:
            LookupError: when they were not loaded: what is started there would hide what the same batch reads later.
        """
        lane = make_lane(person.telegram_id)
        if lane not in self.sessions:
            raise LookupError(f"nobody has met {lane} in this transaction")
        return Turn(self, person, person.telegram_id, lane, person.language, private=True)

    async def open_turn(self, telegram_id: int) -> "Turn | None":
        """The same for one person, loaded now; None for somebody unknown."""
        await self.load_people([telegram_id])
        person = self.people.get(telegram_id)
        return self.private(person) if person is not None else None

    async def frozen(self, ids: Sequence[int]) -> dict[int, FrozenDelivery]:
        """What invitations about these deliveries remember; each is read once per transaction."""
        missing = [id_ for id_ in ids if id_ not in self.deliveries]
        if missing:
            found = await deliveries.freeze(self.tx, missing)
            self.deliveries |= found
            self.fates_before |= {id_: one.fate for id_, one in found.items()}
        return {id_: self.deliveries[id_] for id_ in ids if id_ in self.deliveries}

    def settle_delivery(self, frozen: FrozenDelivery) -> None:
        """Record whose a delivery is, and what became of asking, as this batch leaves it."""
        self.deliveries[frozen.delivery] = frozen
        self.fates[frozen.delivery] = frozen.fate
        if frozen.person is not None:
            self.owners[frozen.delivery] = frozen.person

    # --- conversations ---

    def save_session(self, session: Session) -> None:
        self.sessions.setdefault(session.lane, {})[session.topic] = session
        self._touched[session.lane, session.topic] = session

    def end_session(self, lane: str, topic: str) -> None:
        self.sessions.get(lane, {}).pop(topic, None)
        self._touched[lane, topic] = None

    # --- calls owed to Telegram ---

    def owe(self, call: OwedCall) -> None:
        call.held = call.chat_id in self.closed
        if not self.services.company.handling.topics or (call.chat_id or 0) > 0:
            call.topic = None
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
        priority: int = outbox.PEOPLE,
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
        call = OwedCall(
            self.services.next_id(), chat, outbox.SHOW, body, name, message_id, is_fresh, priority, reply_to, topic
        )
        self.owe(call)

    def say(
        self,
        chat: int,
        html: str,
        *,
        priority: int = outbox.PEOPLE,
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

    def set_timer(self, kind: str, subject: str, due_at: datetime) -> None:
        self.set_timers.append(timers.Timer(kind, subject, due_at))

    def cancel_timer(self, kind: str, subject: str) -> None:
        self.set_timers = [one for one in self.set_timers if (one.kind, one.subject) != (kind, subject)]
        self.cancelled.append((kind, subject))

    async def flush(self, holder: int | None) -> None:
        """Write everything gathered, one statement per table; the totals last, since everybody contends for their rows."""
        saved = [session for session in self._touched.values() if session is not None]
        if saved:
            await sessions.save(self.tx, saved)
        if ended := [key for key, session in self._touched.items() if session is None]:
            await sessions.end(self.tx, ended)
        known = await totals.fetch_survey_facts(self)
        totals.record_batch(self, known)
        if self.invited:
            await ratings.invite(self.tx, self.invited)
        if self.fates:
            await deliveries.record_fates(self.tx, self.owners, self.fates)
        if self.proofs:
            await people.record_identities(self.tx, self.proofs)
        if self.languages:
            await people.set_languages(self.tx, self.languages)
        if self.given:
            await ratings.record_answers(self.tx, self.given)
        if self.cancelled:
            await timers.cancel(self.tx, self.cancelled)
        if self.set_timers:
            await timers.set_all(self.tx, self.set_timers)
        if self.changes:
            await audit.write_entries(self.tx, self.changes)
        if self.calls:
            await outbox.owe(self.tx, self.calls, holder, self.now)
        if self.entries:
            await total_rows.add_entries(self.tx, self.entries)


def make_lane(telegram_id: int) -> str:
    """The lane of somebody's private chat."""
    return f"{telegram_id}:{telegram_id}"


@dataclass(slots=True)
class Turn:
    """One event being answered: who, where, in which language. `pressed_at` is the message a press came from."""

    batch: Batch
    person: Person
    chat: int
    lane: str
    language: str
    private: bool
    callback: str = ""
    pressed_at: int | None = None
    message: int = 0
    """The id of the message that this event is, or that was pressed."""
    answered: bool = False
    arrival: Arrival | None = None

    @property
    def heard(self) -> Arrival:
        """The update being answered. Raises LookupError when no update started this turn."""
        if self.arrival is None:
            raise LookupError("this turn answers no update")
        return self.arrival

    @property
    def tx(self) -> Tx:
        return self.batch.tx

    @property
    def now(self) -> datetime:
        return self.batch.now

    @property
    def services(self) -> Services:
        return self.batch.services

    @property
    def company(self) -> Company:
        return self.batch.services.company

    @property
    def vocabulary(self) -> Vocabulary:
        return self.batch.services.texts.vocabulary

    async def load_roles(self) -> None:
        """Load the person's roles; only when something depends on them, which a rating does not."""
        self.person = (await people.attach_grants(self.tx, [self.person]))[0]

    def text(self, key: str, /, **args: str | int) -> str:
        return self.services.texts.html(self.language, key, args)

    def plain(self, key: str, /, **args: str | int) -> str:
        return self.services.texts.plain(self.language, key, args)

    def say(self, key: str, /, **args: str | int) -> None:
        priority = outbox.PEOPLE if self.private else outbox.STAFF
        self.batch.say(self.chat, self.text(key, **args), priority=priority)

    def say_html(self, html: str) -> None:
        """Send a message made of several texts."""
        self.batch.say(self.chat, html, priority=outbox.PEOPLE if self.private else outbox.STAFF)

    def toast(self, key: str, /, *, alert: bool = False, **args: str | int) -> None:
        """Answer the press with a sentence; without a press, say it."""
        self.tell(Text(key, args), alert=alert)

    def tell(self, text: Text, *, alert: bool = False) -> None:
        """The same for a text made by a dialogue."""
        if not self.callback:
            self.say(text.key, **text.args)
        elif not self.answered:
            self.answered = True
            self.batch.answer(self.callback, self.plain(text.key, **text.args), alert=alert)

    def finish(self) -> None:
        """Answer the press if nothing has yet: every press is answered once, after the visible reply."""
        if self.callback and not self.answered:
            self.answered = True
            self.batch.answer(self.callback)
