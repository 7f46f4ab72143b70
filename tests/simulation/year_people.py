"""What a town's people see of a bot and do about it: customers rate, complain, judge; staff accept, resolve, approve. All through updates."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import msgspec

from conversations.buttons import CASE_ACTIONS, CaseActionButton, MyCaseButton
from storage.queue.inbox import RawEvent
from storage.queue.outbox import OwedCall, Priority
from tests.harness.in_process import GROUP, LI, ZHAO, FixedClock, TelegramUser, list_labels, read_body
from tests.releases.story import AFTERSALES, FORMS, LIN, MEI, QUALITY, SALES, SERVICE, YANG
from tests.releases.teller import Teller, keys_of
from tests.simulation.year_town import HOUR, Deed, Resident, Way, YearTown

HEAD_OF_SALES, HEAD_OF_AFTERSALES, SELLER = (
    TelegramUser(51, "Hong"),
    TelegramUser(52, "Fang"),
    TelegramUser(53, "Rui"),
)
REPAIRER = TelegramUser(54, "Wei")
WORKING: Mapping[int, tuple[TelegramUser, TelegramUser]] = {
    GROUP: (LI, ZHAO),
    SERVICE: (LIN, YANG),
    SALES: (SELLER, HEAD_OF_SALES),
    AFTERSALES: (REPAIRER, HEAD_OF_AFTERSALES),
}
"""Who works in a department's group, and its head."""

CODES = {name: code for code, name in CASE_ACTIONS.items()}
FIRST_UPDATE = 2_000_000
_NUMBER, _WAYBILL = re.compile(r"[CSQP]-\d{6}-\d{4,}"), re.compile(r"YR\d{6}")


@dataclass(frozen=True, slots=True)
class SeenCase:
    """A case as staff see it: the card's number in buttons, and the chat where the card is."""

    id: int
    chat: int


@dataclass
class Seat(Teller):
    """A desk whose calls arrive in the town."""

    life: "TownsPeople | None" = None

    async def fetch_owed(self) -> list[OwedCall]:
        calls = await super().fetch_owed()
        self.calls.clear()
        assert self.life is not None
        for call in calls:
            self.life.receive(call)
        return calls

    async def update(self, kind: str, body: dict[str, Any]) -> list[OwedCall]:
        """Handed in, and remembered as long as Telegram would; what it asks about memberships is answered."""
        assert self.life is not None
        number = self.life.take_number(kind, body)
        return await self.hand_in(RawEvent("telegram", str(number), self.life.unconfirmed[-1].payload))

    async def hand_in(self, event: RawEvent) -> list[OwedCall]:
        await self.worker.submit(event)
        assert not self.worker.counters.failed, "the update could not be handled; see the log"
        return await self.confirmed(await self.fetch_owed())


@dataclass
class TownsPeople:
    """Everybody's side of a year. `unconfirmed` are this watch's updates, which Telegram would send again."""

    town: YearTown
    clock: FixedClock
    seat: Seat = field(init=False)
    events: "dict[str, int]" = field(default_factory=dict)
    unconfirmed: list[RawEvent] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    surveys: dict[str, dict[str, str]] = field(default_factory=dict)
    """Of each waybill the buttons of the newest survey about it, by label."""
    cases: dict[str, SeenCase] = field(default_factory=dict)
    filed_by: dict[str, list[str]] = field(default_factory=dict)
    """The numbers that somebody was told, by mark."""
    answers: dict[str, dict[str, str]] = field(default_factory=dict)
    """Of each case the buttons under its answer, by label."""
    over: set[str] = field(default_factory=set)
    """Cases that were withdrawn: nobody does anything about them any more."""
    invited: "dict[str, int]" = field(default_factory=dict)
    """How often a question about a waybill came of its own accord, reminders apart."""
    _numbers: "count[int]" = field(default_factory=lambda: count(FIRST_UPDATE))

    def take_number(self, kind: str, body: Mapping[str, Any]) -> int:
        """The number of an update that Telegram has from now on until it is confirmed."""
        number = next(self._numbers)
        raw = msgspec.json.encode({"update_id": number, kind: body})
        self.unconfirmed.append(RawEvent("telegram", str(number), raw))
        self.count("updates", 1)
        return number

    def count(self, what: str, more: int) -> None:
        self.events[what] = self.events.get(what, 0) + more

    # --- what arrives ---

    def receive(self, call: OwedCall) -> None:
        """A message arrives, and somebody makes up their mind about it."""
        if call.chat_id is None or not (call.method.startswith(("send", "show"))):
            return
        said, keys = str(read_body(call).get("text", "")), {key["text"]: key["callback_data"] for key in keys_of(call)}
        if call.chat_id in WORKING and call.name.startswith("card:"):
            self._see_card(call, said)
        elif (resident := self.town.by_account.get(call.chat_id)) is not None:
            if ":rate:" in call.name and (match := _WAYBILL.search(said)):
                is_reminder = said.startswith(self.seat.text("rating-reminder"))
                is_ours = call.fresh and call.priority == Priority.BROADCAST
                self._see_survey(match[0], resident, keys, asked=is_ours and not is_reminder)
            if "Solved" in keys and (match := _NUMBER.search(said)):
                self._see_answer(match[0], resident, keys)
            for number in _NUMBER.findall(said):
                known = self.filed_by.setdefault(resident.mark, [])
                if number not in known:
                    known.append(number)

    def _see_card(self, call: OwedCall, said: str) -> None:
        match = _NUMBER.search(said)
        if match is None or not match[0].startswith("C-"):
            return
        number = match[0]
        id_ = int(call.name.removeprefix("card:"))
        chat = (
            self.cases[number].chat if number in self.cases else call.chat_id
        )  # the lead department's card is the first
        self.cases[number] = SeenCase(id_, chat or 0)
        if _WAYBILL.search(said):
            self._work_on(number, said, 1)

    def _work_on(self, number: str, said: str, turn: int) -> None:
        """Staff take up a case; that of the impatient they accept, and forget."""
        dice, now = self.town.draw("work", number, turn), self.clock.now()
        about = f"{number} {turn}"
        accepted = now + dice.randrange(3, 12) * HOUR
        self.town.plan("accept", about, accepted)
        waybill = _WAYBILL.search(said)
        if waybill is not None and self.town.by_waybill[waybill[0]].resident.way is Way.IMPATIENT:
            return
        resolved = accepted + dice.randrange(6, 70) * HOUR
        for n, what in enumerate(("resolve", "approve", "review")):
            self.town.plan(what, about, resolved + n * dice.randrange(4, 20) * HOUR)

    def _see_survey(self, waybill: str, resident: Resident, keys: dict[str, str], *, asked: bool) -> None:
        rated = {label[-1]: data for label, data in keys.items() if label[-1:] in "12345"}
        if len(rated) != 5:
            return
        self.surveys[waybill] = rated
        if asked:
            self.invited[waybill] = self.invited.get(waybill, 0) + 1
        dice = self.town.draw("answer", waybill)
        if resident.way is Way.IMPATIENT or dice.random() < 0.75:
            self.town.plan("rate", waybill, self.clock.now() + dice.randrange(1, 40) * HOUR, resident)

    def _see_answer(self, number: str, resident: Resident, keys: dict[str, str]) -> None:
        self.answers[number] = keys
        turn = 1 if (("judge", f"{number} 1") not in self.town._planned) else 2
        if self.town.draw("judge", number).random() < 0.7:
            self.town.plan("judge", f"{number} {turn}", self.clock.now() + 20 * HOUR, resident)

    # --- what customers do ---

    def _user(self, resident: Resident | None) -> TelegramUser:
        assert resident is not None
        return TelegramUser(resident.account, resident.mark, username=f"{resident.mark}_u")

    async def _join(self, deed: Deed) -> None:
        who = self._user(deed.resident)
        assert deed.resident is not None
        contact = {"phone_number": deed.resident.phone.lstrip("+"), "first_name": who.name, "user_id": who.id}
        await self.seat.say(who, contact=contact)

    async def _scan(self, deed: Deed) -> None:
        await self.seat.say(self._user(deed.resident), f"/start {self.links[deed.about]}")

    async def _rate(self, deed: Deed) -> None:
        dice, who, seat = self.town.draw("rate", deed.about), self._user(deed.resident), self.seat
        assert deed.resident is not None
        parcel = self.town.by_waybill[deed.about]
        shares = (60, 40, 0, 0, 0) if deed.resident.way is Way.IMPATIENT else (9, 9, 12, 30, 40)
        if parcel.courier == 3:
            shares = (20, 20, 20, 20, 20)
        score = dice.choices("12345", shares)[0]
        shown = await seat.press(who, self.surveys[deed.about][score], at=500)
        if score in "12" and (dice.random() < 0.7 or deed.resident.way is Way.IMPATIENT):
            await self._file(who, deed.resident, shown)
        elif score in "12" and dice.random() < 0.5:
            await seat.press(who, _find(shown, "No, thanks"), at=500)
        elif dice.random() < 0.6:
            await self._go_on(who, shown, dice.choices("12345", k=3))

    async def _file(self, who: TelegramUser, resident: Resident, shown: list[OwedCall]) -> None:
        filed = await self.seat.press(who, _find(shown, "File a complaint"), at=500)
        asked = await self.seat.say(who, f"The box was torn, says {resident.mark}")
        done = _look_for([*filed, *asked], "Done")
        if done is not None:
            await self.seat.press(who, done, at=500)

    async def _go_on(self, who: TelegramUser, shown: list[OwedCall], scores: list[str]) -> None:
        """The next questions that are answered with a number."""
        for score in scores:
            keys = {label[-1:]: data for call in shown for label, data in _list_keys(call) if label[-1:] in "12345"}
            if score not in keys:
                return
            shown = await self.seat.press(who, keys[score], at=500)

    async def _judge(self, deed: Deed) -> None:
        number, turn = deed.about.split()
        who, dice = self._user(deed.resident), self.town.draw("judged", deed.about)
        if number in self.over:
            return
        if turn == "2" or dice.random() < 0.75:
            await self.seat.press(who, self.answers[number]["Solved"], at=500)
            return
        asked = await self.seat.press(who, self.answers[number]["Not solved"], at=500)
        said = await self.seat.say(who, f"Still torn, says {deed.resident.mark if deed.resident else ''}")
        confirm = _look_for([*asked, *said], "Confirm") or _look_for([*asked, *said], "Done")
        if confirm is not None:
            await self.seat.press(who, confirm, at=500)
        self._work_on(number, "", 2)

    async def _withdraw(self, deed: Deed) -> None:
        """What the erasure of somebody does to open cases, done by hand."""
        assert deed.resident is not None
        for number in self.filed_by.get(deed.resident.mark, ()):
            self.over.add(number)
            await self.seat.press(self._user(deed.resident), MyCaseButton(self.cases[number].id, "W", 0), at=500)

    async def _forget(self, deed: Deed) -> None:
        """Nothing, where nobody is erased."""

    # --- what staff do ---

    async def _press(self, who: TelegramUser, what: str, number: str, chat: int | None = None) -> list[OwedCall]:
        seen = self.cases[number]
        return await self.seat.press(who, CaseActionButton(seen.id, CODES[what], 1), chat or seen.chat, at=500)

    async def _accept(self, deed: Deed) -> None:
        number = deed.about.split()[0]
        if number not in self.over:
            await self._press(WORKING[self.cases[number].chat][0], "accept", number)

    async def _resolve(self, deed: Deed) -> None:
        number = deed.about.split()[0]
        if number in self.over:
            return
        chat = self.cases[number].chat
        who = WORKING[chat][0]
        shown = await self._press(who, "resolve", number)
        for kind, words in FORMS["resolve"]:
            if kind == "say":
                asked = self.seat.message(chat, f"s:{chat}:{who.id}:resolve:{self.cases[number].id}")
                shown = await self.seat.answer(who, asked, words, chat)
            elif (key := _look_for(shown, words)) is not None:
                shown = await self.seat.press(who, key, chat, at=500)
            else:
                return  # it is in other hands by now

    async def _approve(self, deed: Deed) -> None:
        number = deed.about.split()[0]
        if number not in self.over:
            await self._press(WORKING[self.cases[number].chat][1], "approve", number)

    async def _review(self, deed: Deed) -> None:
        number = deed.about.split()[0]
        if number not in self.over:
            await self._press(MEI, "approve", number, QUALITY)


def _list_keys(call: OwedCall) -> Iterator[tuple[str, str]]:
    for key in keys_of(call):
        yield key["text"], key["callback_data"]


def _look_for(calls: list[OwedCall], label: str) -> str | None:
    """What the newest button of this label would send."""
    keys = [data for call in calls for text, data in _list_keys(call) if text == label or text.endswith(f" {label}")]
    return keys[-1] if keys else None


def _find(calls: list[OwedCall], label: str) -> str:
    data = _look_for(calls, label)
    assert data is not None, [list_labels(call) for call in calls]
    return data
