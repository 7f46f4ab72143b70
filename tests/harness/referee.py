"""The referee of the fault matrix: knows what people did and what they saw, and compares it with what the database says.

1. Lost: somebody did it, or has to see it, and it is not there. Doubled: it was done once and is there twice.
2. Stuck: somebody waits, or something is still waiting to be handled or sent when everything is quiet.
3. Unanswered: a press that has no words for an answer (the little clock on the button), whose answer was lost with the process or the
   connection while faults struck (decision 4). Without a fault, or with words, it is stuck.
4. Repeated: one message stands twice in a chat. That is explained where Telegram's answer to the first call was lost, or where the process
   was killed or stopped while it was in doubt; anything else is a fault of ours.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import Select, select

from bot.sending.doubt import DOUBT_LIMIT
from playground.people.presence import message_text
from playground.shape.wire import Json
from playground.world.world import World
from storage.engine.database import Database
from storage.models import answers, audit, case_events, cases, contributions, inbox, invitations, outbox, people, timers
from tests.harness.fault_arena import Interruption
from tests.harness.fault_players import NUMBER, FaultCustomer

DOUBT_SECONDS = 2.0
"""Seconds around the time in which faults struck that still count as that time."""

DOUBT_CALLS = DOUBT_LIMIT + 4
"""How many of the latest new messages before an interruption may be in doubt; a few of them belong to a process that was not struck."""

OVERDUE = timedelta(seconds=30)
"""A timer that has become due while the referee judges is not stuck."""

TOO_LATE = 400
"""What Telegram says to an answer for which a press no longer waits."""

ONCE = ("Question ", "is filed and passed on", "The department has what you added", "is now working on")
"""What a customer is told once, whatever else the message says; the question is one message that changes."""


@dataclass
class Verdict:
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    """Presses without words in reply whose answer was lost in a fault."""
    repeated: list[str] = field(default_factory=list)
    """Explained repetitions."""
    unexplained: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        """Everything that must not be."""
        named = ("lost", self.lost), ("doubled", self.doubled), ("stuck", self.stuck), ("repeated", self.unexplained)
        return [f"{name}: {what}" for name, found_ in named for what in found_]


@dataclass
class Referee:
    """`troubled` is from when to when faults struck; `is_poisoned` says that events which cannot be read have to be set aside,
    `is_forgetful` that messages may vanish from a group with their topic.
    """

    world: World
    database: Database
    customers: Sequence[FaultCustomer]
    interruptions: Sequence[Interruption]
    troubled: Interruption | None = None
    is_poisoned: bool = False
    is_forgetful: bool = False

    async def judge(self, now: datetime) -> Verdict:
        verdict = Verdict()
        await self._compare_rows(verdict)
        await self._find_stuck(verdict, now)
        self._compare_chats(verdict)
        self._find_repeated(verdict)
        return verdict

    # What was done, and what is written down

    async def _compare_rows(self, verdict: Verdict) -> None:
        known = await self._group(select(people.c.telegram_id, people.c.id))
        asked = await self._group(select(invitations.c.person, invitations.c.id))
        scores = await self._group(select(answers.c.invitation, answers.c.question, answers.c.score))
        filed = await self._group(select(cases.c.customer, cases.c.id, cases.c.number))
        events = await self._group(select(case_events.c.case, case_events.c.event))
        added = await self._group(select(contributions.c.case, contributions.c.words))
        logged = await self._group(select(audit.c.subject, audit.c.what))
        for customer in self.customers:
            who = customer.waybill
            persons = known[customer.person.id]
            _count(verdict, f"{who}: the customer", persons, 1 if customer.acts else 0)
            mine = [row for person in persons for row in asked[person[1]]]
            _count(verdict, f"{who}: the invitation", mine, 1 if customer.acts else 0)
            given = {row[1]: row[2] for invitation in mine for row in scores[invitation[1]] if row[2] is not None}
            for question in customer.scores.keys() | given.keys():
                told, kept = customer.scores.get(question), given.get(question)
                if told != kept:
                    (verdict.lost if told is not None else verdict.doubled).append(
                        f"{who}: {question} is {kept}, the customer pressed {told}"
                    )
            own = [row for person in persons for row in filed[person[1]]]
            _count(verdict, f"{who}: the complaint", own, 1 if customer.has_filed else 0)
            for _, case, number in own:
                if customer.number and number != customer.number:
                    verdict.lost.append(f"{who}: {customer.number} is {number} in the database")
                told_of = Counter(row[1] for row in events[case])
                expected = Counter({"file": 1, "accept": int(customer.is_accepted)})
                _differ(verdict, f"{who}: event", expected, told_of)
                kept_words = Counter(
                    line for row in added[case] for line in row[1].splitlines() if line.startswith(f"{who}-words-")
                )
                _differ(verdict, f"{who}: words", Counter(customer.words), kept_words)
                acts = Counter(
                    {"case.file": 1, "case.add": len(customer.words), "case.accept": int(customer.is_accepted)}
                )
                _differ(verdict, f"{who}: log", +acts, Counter(row[1] for row in logged[f"case:{case}"]))

    async def _find_stuck(self, verdict: Verdict, now: datetime) -> None:
        for customer in self.customers:
            if not customer.is_finished:
                verdict.stuck.append(f"waits in vain for {customer.missed or 'the end'}")
        for key, state, error in await self._rows(
            select(inbox.c.key, inbox.c.state, inbox.c.error).where(inbox.c.state != "done")
        ):
            if state == "waiting" or not self.is_poisoned:
                verdict.stuck.append(f"event {key} is {state}: {error}")
        for row in await self._rows(select(outbox.c.method, outbox.c.chat_id, outbox.c.name, outbox.c.state)):
            verdict.stuck.append(f"call {row.method} {row.name} to {row.chat_id} is {row.state}")
        for row in await self._rows(select(timers.c.kind, timers.c.subject).where(timers.c.due_at <= now - OVERDUE)):
            verdict.stuck.append(f"timer {row.kind} {row.subject} is overdue")
        self._find_unanswered(verdict)

    def _find_unanswered(self, verdict: Verdict) -> None:
        asked = {
            call["params"].get("callback_query_id")
            for call in self._calls()
            if call["method"] == "answerCallbackQuery" and (call["ok"] or call["error_code"] == TOO_LATE)
        }
        for customer in self.customers:
            for press in customer.presses:
                pressed = self.world.callbacks.get(press.callback)
                if (pressed is not None and pressed.answer is not None) or press.callback in asked:
                    continue
                if press.has_words or not self._is_troubled(press.at):
                    verdict.stuck.append(f"{customer.waybill}: a press was never answered")
                else:
                    verdict.unanswered.append(f"{customer.waybill}: a press without words was never answered")

    def _is_troubled(self, at: float) -> bool:
        """Whether faults struck while this press was handled."""
        return (
            self.troubled is not None
            and self.troubled.began - DOUBT_SECONDS <= at <= self.troubled.ended + DOUBT_SECONDS
        )

    # What people saw

    def _compare_chats(self, verdict: Verdict) -> None:
        shown = {chat.id: list(self._bot_messages(chat.id)) for chat in self.world.chats.values()}
        staff = "\n".join(text for chat, texts in shown.items() if chat < 0 for text in texts)
        if self.is_forgetful:
            staff += "\n".join(
                str(call["params"].get("text") or call["params"].get("caption") or "")
                for call in self._calls()
                if call["ok"] and int(call["params"].get("chat_id") or 0) < 0
            )
        for customer in self.customers:
            mine = "\n".join(shown.get(customer.person.id, []))
            if customer.is_finished and customer.complains:
                for words in ONCE[1:]:
                    if words not in mine:
                        verdict.lost.append(f"{customer.waybill}: “{words}” is not in the chat")
            for words in customer.words:
                if words not in staff:
                    verdict.lost.append(f"{customer.waybill}: staff never saw “{words}”")

    def _bot_messages(self, chat: int) -> Iterator[str]:
        for message in self.world.chats[chat].messages.newest():
            if message["from"]["id"] == self.world.bot["id"]:
                yield message_text(message)

    def _find_repeated(self, verdict: Verdict) -> None:
        sent: defaultdict[tuple[int, str], list[Json]] = defaultdict(list)
        for call in self._calls():
            if call["method"].startswith("send") and call["ok"]:
                chat = int(call["params"].get("chat_id") or 0)
                sent[chat, _describe(chat, call["params"])].append(call)
        moments = sorted(call["at"] for calls in sent.values() for call in calls)
        customers = {customer.person.id for customer in self.customers}
        for (chat, what), calls in sent.items():
            if (chat > 0 and chat not in customers) or (chat < 0 and self.is_forgetful):
                continue  # what vanished with its topic is sent again
            for first, again in pairwise(calls):
                explained = first.get("lost") or self._is_interrupted(first["at"], again["at"], moments)
                line = f"{what.splitlines()[0] if what else ''!r} in {chat}"
                (verdict.repeated if explained else verdict.unexplained).append(line)

    def _is_interrupted(self, first: float, again: float, moments: Sequence[float]) -> bool:
        """Whether a process was killed or stopped while the first call was in doubt, and the second came after.

        In doubt are the latest calls before that moment, and those of a process that was not itself: however slow the machine is.
        """
        for interruption in self.interruptions:
            if first <= interruption.ended and again >= interruption.began:
                later = bisect_right(moments, interruption.began) - bisect_right(moments, first)
                if later < DOUBT_CALLS:
                    return True
        return False

    def _calls(self) -> list[Json]:
        return self.world.calls.since(0)

    # Rows

    async def _rows(self, statement: Select[Any]) -> list[Any]:
        async with self.database.read() as tx:
            return list(await tx.execute(statement))

    async def _group(self, statement: Select[Any]) -> defaultdict[Any, list[Any]]:
        """The rows by their first column."""
        rows: defaultdict[Any, list[Any]] = defaultdict(list)
        for row in await self._rows(statement):
            rows[row[0]].append(row)
        return rows


def _count(verdict: Verdict, what: str, rows: Sequence[object], expected: int) -> None:
    verdict.lost.extend([f"{what} is not there"] * max(expected - len(rows), 0))
    verdict.doubled.extend([f"{what} is there {len(rows)} times"] * max(len(rows) - expected, 0))


def _differ(verdict: Verdict, what: str, expected: Counter[str], there: Counter[str]) -> None:
    verdict.lost.extend(f"{what} “{one}” is not there" for one in (expected - there).elements())
    verdict.doubled.extend(f"{what} “{one}” is there once more" for one in (there - expected).elements())


def _describe(chat: int, params: Json) -> str:
    """What makes two messages of one chat the same message."""
    text = str(params.get("text") or params.get("caption") or "")
    for words in ONCE:
        if chat > 0 and words in text:
            return words
    if chat < 0 and "Answer due" in text and (number := NUMBER.search(text)):
        return f"the card of {number.group()}"
    return text
