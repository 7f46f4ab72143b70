"""What a release is left with: two days of a company, told by the bot itself, and then nobody says anything more.

Every dialogue stands open in each of its states; `teller.later` holds what its people would say or press next.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import select

from bot.app import _set_timers, build_dialogues
from conversations.buttons import CASE_ACTIONS, CaseActionButton, DrillDownButton, OpenComplaintButton, PhoneListButton
from domain.people import Role
from domain.timer_kinds import TimerKind
from handlers.people import unreachable
from handlers.people.roles import MANAGER_CODE, hash_code
from handlers.route import MembershipAnswer
from handlers.turns.batch import Batch
from storage import installation
from storage.cases import standard_answers
from storage.models import cases
from storage.people import tokens
from storage.queue import inbox, timers
from storage.queue.inbox import RawEvent
from storage.queue.outbox import OwedCall
from storage.queue.timers import Timer
from storage.surveys import ratings
from tests.harness.anonymous_survey import SURVEY as QUIET
from tests.harness.daily_totals import DayFacts, add_days
from tests.harness.in_process import BOSS, GROUP, LI, TEXTS, ZHAO, TelegramUser, find_button_data
from tests.releases.teller import Teller, datas

CHEN, LIN, MEI, NINA = (
    TelegramUser(15, "Chen"),
    TelegramUser(16, "Lin"),
    TelegramUser(17, "Mei"),
    TelegramUser(18, "Nina"),
)
SUN, YANG, KURT, TANG = (
    TelegramUser(19, "Sun"),
    TelegramUser(20, "Yang"),
    TelegramUser(21, "Kurt"),
    TelegramUser(22, "Tang", language="zh"),
)
HUA, PLANNERS = (
    TelegramUser(23, "Hua", username="hua_hr"),
    tuple(TelegramUser(30 + n, f"Planner {n}") for n in range(7)),
)
NEWCOMER, LATECOMER = TelegramUser(40, "Xin"), TelegramUser(41, "Jun")
STAFF = (LI, ZHAO, CHEN, LIN, MEI, NINA, SUN, YANG, KURT, TANG, BOSS, HUA)
SERVICE, SALES, AFTERSALES, QUALITY, MANAGEMENT = -1002, -1003, -1004, -1009, -1020
GROUPS = {
    "transport": GROUP,
    "service": SERVICE,
    "sales": SALES,
    "aftersales": AFTERSALES,
    "quality": QUALITY,
    "management": MANAGEMENT,
}
CODES = {name: code for code, name in CASE_ACTIONS.items()}
UNHEARD = 700_000_000
"""The first number of the updates that could not be handled."""

CONTACT = "+861380013{:04d}"

Step = tuple[str, str]
"""What somebody does: `say` words or `tap` a label."""

FORMS: Mapping[str, Sequence[Step]] = {
    "plan": (("say", "Train the driver"), ("say", "in 3 days"), ("tap", "Customer satisfied"), ("tap", "Confirm")),
    "extend": (("say", "The part is late"), ("say", "in 10 days"), ("tap", "Confirm")),
    "ask_customer": (("say", "Which door?"), ("tap", "Confirm")),
    "hand_over": (("tap", "Chen"),),
    "resolve": (
        *(("say", "The van was late"), ("say", "We trained the driver"), ("tap", "Skip"), ("tap", "At fault")),
        ("tap", "Confirm"),
    ),
    "transfer": (("tap", "Sales"), ("say", "Not ours"), ("tap", "Confirm")),
}
REGULATOR = (
    *(("say", "It was late"), ("tap", "Liable"), ("say", "Money back"), ("say", "An apology")),
    *(("tap", "Satisfied"), ("say", "Li, 010-1"), ("tap", "Confirm")),
)
APPEAL = (("say", "yesterday"), ("tap", "Skip"), ("tap", "Confirm"))
ADOPT = (("tap", "4"), ("tap", "3"), ("say", "Good idea"), ("say", "in 10 days"), ("tap", "Confirm"))
DECLINE = (("tap", "2"), ("tap", "1"), ("say", "Too dear"), ("tap", "Confirm"))
WORDS = (("say", "It goes well"), ("tap", "Confirm"))


def photo(name: str) -> list[dict[str, Any]]:
    """A picture as a message of Telegram's has it."""
    return [{"file_id": name, "file_unique_id": f"u-{name}", "width": 1, "height": 1}]


@dataclass
class Story:
    """The teller, and the customers so far."""

    teller: Teller
    customers: int = 0
    waybills: int = 0
    ids: dict[str, int] = field(default_factory=dict)
    """Cases by what they are there for."""

    halfway: dict[str, TelegramUser] = field(default_factory=dict)
    """Somebody whom a dialogue waits for, by the command that began it."""

    def customer(self, language: str = "en") -> TelegramUser:
        self.customers += 1
        return TelegramUser(1000 + self.customers, f"Customer {self.customers}", language)

    def waybill(self) -> str:
        self.waybills += 1
        return f"SF{self.waybills:04d}"

    # --- what people do ---

    async def opened(self, who: TelegramUser, **more: Any) -> list[OwedCall]:  # noqa: ANN401 -- JSON
        """Somebody opens the link of a delivery of theirs."""
        facts = {"department": "transport", "route": "r1", "station": "s1", "courier": {"id": "k17", "name": "Kurt"}}
        customer = {"phone": CONTACT.format(who.id), "name": who.name, "language": who.language}
        moment = (self.teller.clock.now() - timedelta(hours=1)).isoformat()
        given = {"waybill": self.waybill(), "customer": customer, "delivered_at": moment}
        return await self.teller.open_survey(who, **(facts | given | more))

    async def delivered(self, who: TelegramUser) -> None:
        """A delivery is reported, to a customer's number."""
        customer = {"phone": CONTACT.format(who.id), "name": who.name, "language": who.language}
        moment = (self.teller.clock.now() - timedelta(hours=1)).isoformat()
        facts = {"waybill": self.waybill(), "customer": customer, "delivered_at": moment, "department": "transport"}
        await self.teller.deliver(facts | {"courier": {"id": "k17", "name": "Kurt"}, "route": "r1", "station": "s1"})

    async def act(self, who: TelegramUser, act: str, case: int, chat: int = GROUP) -> list[OwedCall]:
        return await self.teller.confirmed(await self.teller.press(who, CaseActionButton(case, CODES[act], 1), chat))

    async def step(self, who: TelegramUser, step: Step, shown: list[OwedCall], chat: int | None) -> list[OwedCall]:
        kind, words = step
        if kind == "tap":
            return await self.teller.tap(who, words, shown, chat)
        if kind == "photo":
            return await self.teller.say(who, chat=chat, photo=photo(words), media_group_id="album")
        return await (self.teller.say(who, words) if chat is None else self.teller.reply(who, words, chat))

    async def steps(
        self, who: TelegramUser, steps: Sequence[Step], shown: list[OwedCall], chat: int | None = None
    ) -> list[OwedCall]:
        for step in steps:
            shown = await self.step(who, step, shown, chat)
        return shown

    async def leave(
        self, what: str, who: TelegramUser, steps: Sequence[Step], shown: list[OwedCall], chat: int | None = None
    ) -> None:
        """Do all steps but the last, which is what would come next."""
        shown = await self.steps(who, steps[:-1], shown, chat)
        with self.teller.after(what):
            await self.step(who, steps[-1], shown, chat)

    async def fill(
        self, who: TelegramUser, event: str, case: int, steps: Sequence[Step], chat: int = GROUP
    ) -> list[OwedCall]:
        """Fill in what an event of a case needs, to the end."""
        return await self.steps(who, steps, await self.act(who, event, case, chat), chat)

    async def act_unknown(self, who: TelegramUser, case: int) -> None:
        """Somebody of whom nothing is known presses a card's button; whether that is one of the group is asked, not answered."""
        await self.teller.press(who, CaseActionButton(case, CODES["accept"], 1), GROUP)

    # --- cases on their way ---

    async def newest(self) -> int:
        rows = await self.teller.rows(select(cases.c.id).order_by(cases.c.id.desc()).limit(1))
        return int(rows[0].id)

    async def complaint(self, who: TelegramUser | None = None) -> tuple[int, TelegramUser]:
        """Somebody rates with two and files it with one tap."""
        who = who or self.customer()
        rated = await self.teller.tap(who, "2", await self.opened(who))
        filed = await self.teller.tap(who, "File a complaint", rated)
        await self.teller.tap(who, "Done", [call for call in filed if call.chat_id == who.id])
        return await self.newest(), who

    async def in_work(self, who: TelegramUser | None = None) -> tuple[int, TelegramUser]:
        case, who = await self.complaint(who)
        await self.act(LI, "accept", case)
        return case, who

    async def in_review(self) -> tuple[int, TelegramUser]:
        case, who = await self.in_work()
        await self.fill(LI, "resolve", case, FORMS["resolve"])
        return case, who

    async def answered(self) -> tuple[int, TelegramUser, list[OwedCall]]:
        case, who = await self.in_review()
        return case, who, await self.act(ZHAO, "approve", case)

    async def closed(self) -> tuple[int, TelegramUser, list[OwedCall]]:
        case, who, shown = await self.answered()
        return case, who, await self.teller.tap(who, "Solved", shown)

    async def suggestion(self) -> tuple[int, TelegramUser]:
        who = self.customer()
        await self.teller.say(who, "/suggest")
        shown = await self.teller.say(who, "Open at six")
        await self.steps(who, (("tap", "Done"), ("tap", "Skip"), ("tap", "Confirm")), shown)
        return await self.newest(), who

    async def inquiry(self, words: str = "Do you deliver to Mars?") -> tuple[int, TelegramUser]:
        who = self.customer()
        await self.teller.say(who, "/ask")
        await self.teller.say(who, words)
        return await self.newest(), who


async def tell(teller: Teller) -> Story:
    """From an empty database to the moment at which everybody falls silent."""
    story = Story(teller)
    await _company(story)
    await _first_day(story)
    await _morning(story)
    await _ratings(story)
    await _complaints(story)
    await _forms(story)
    await _other_kinds(story)
    await _campaigns(story)
    await _fairness(story)
    await _figures(story)
    await _last_words(story)
    return story


async def _company(story: Story) -> None:
    """Groups, roles, tokens, what the process arms at its start."""
    teller = story.teller
    for bound, chat in GROUPS.items():
        await teller.bind(bound, chat, "zh" if bound == "aftersales" else "en")
    ids: dict[TelegramUser, int] = {}
    for who, role, department in (
        *((LI, Role.STAFF, "transport"), (CHEN, Role.STAFF, "transport"), (ZHAO, Role.HEAD, "transport")),
        *((LIN, Role.STAFF, "service"), (YANG, Role.HEAD, "service"), (TANG, Role.STAFF, "aftersales")),
        *((MEI, Role.QUALITY, "quality"), (NINA, Role.QUALITY, "quality"), (SUN, Role.QUALITY, "quality")),
        *((KURT, Role.COURIER, "k17"), (BOSS, Role.MANAGER, None)),
        *((planner, Role.MANAGER, None) for planner in PLANNERS),
    ):
        ids[who] = await teller.grant(who, role, department)
    async with teller.database.begin() as tx:
        await tokens.create(tx, "erp", "a token", teller.clock.now())
        await tokens.create(tx, "old", "another token", teller.clock.now())
        await tokens.revoke(tx, "old", teller.clock.now())
        await ratings.record_survey(tx, QUIET, teller.clock.now())
        await installation.put(tx, MANAGER_CODE, hash_code("a code"))
        author = ids[LIN]
        question, answer = "How do I track my parcel?", "Scan the code on the slip."
        await standard_answers.add(
            tx, teller.services.next_id(), question, answer, "service", author, teller.clock.now()
        )
    async with teller.database.begin() as tx:
        best = DayFacts(date(2026, 8, 17), 500, {5: 396, 1: 4})
        await add_days(tx, best, DayFacts(date(2026, 8, 17), 500, {5: 320, 1: 80}, courier="k18"))
        ended = datetime(2026, 10, 1, 1, 0, tzinfo=UTC)
        await timers.set_all(tx, [Timer(TimerKind.CHAMPIONS, TimerKind.CHAMPIONS, ended)])
    await teller.batch(_set_timers)
    await teller.fetch_owed()
    await teller.say(HUA, "/start a code")


async def _first_day(story: Story) -> None:
    """Anyone who shares the number is asked after two hours; anyone who cannot be reached is phoned in the morning."""
    teller = story.teller
    for number, language in enumerate(("en", "zh", "en", "en")):
        who = story.customer(language)
        await teller.say(who, "/start")
        phone = CONTACT.format(who.id).lstrip("+")
        await teller.say(who, contact={"phone_number": phone, "first_name": who.name, "user_id": who.id})
        await story.delivered(who)
        if number == 3:
            story.ids["blocked"] = who.id
    for n in range(6):
        await story.delivered(TelegramUser(2000 + n, f"Unreached {n}"))
    await teller.fetch_owed()
    story.ids["reopened"] = (await story.closed())[0]
    await teller.ring(hours=3)


async def _morning(story: Story) -> None:
    """Of those who are phoned, one has answered a question, one is asked, one was not reached, one has refused."""
    teller = story.teller
    listed = await teller.ring(hours=18)
    taken = [await teller.tap(MEI, "Take 1", listed, QUALITY)]
    for number, who in enumerate((SUN, NINA, MEI, SUN), 2):
        taken.append(await teller.tap(who, f"Take {number}", listed, QUALITY))
    on_behalf = [[call for call in calls if call.name.startswith("s:")] for calls in taken]
    await story.leave("on behalf: the first question", MEI, [("tap", "4")], on_behalf[0])
    await story.leave(
        "on behalf: a complaint is offered", SUN, [("tap", "2"), ("tap", "File a complaint")], on_behalf[1]
    )
    await teller.tap(NINA, "Refused", taken[2])
    await teller.tap(MEI, "No reply", taken[3])
    with teller.after("a call: nobody answers"):
        await teller.tap(SUN, "No reply", taken[4])


async def _ratings(story: Story) -> None:
    """Every kind of question is open before somebody, and every kind of offer."""
    five, shot = ("tap", "5"), ("photo", "p1")
    for what, steps in {
        "rating: the first question": [five],
        "rating: the second question": [five, ("tap", "4")],
        "rating: back": [five, five, ("tap", "Back")],
        "rating: reasons": [five, ("tap", "2"), ("tap", "Late")],
        "rating: a reason is ticked": [five, ("tap", "2"), ("tap", "Late"), ("tap", "Done")],
        "rating: a low one, filed": [("tap", "1"), ("tap", "File a complaint")],
        "rating: a low one, declined": [("tap", "1"), ("tap", "No, thanks")],
        "rating: a low one, gone on": [("tap", "1"), five],
        "rating: after No": [("tap", "1"), ("tap", "No, thanks"), five],
        "rating: after the complaint": [("tap", "1"), ("tap", "File a complaint"), five],
        "rating: the comment": [five, five, five, five, ("say", "Very friendly")],
        "rating: the comment is skipped": [five, five, five, five, ("tap", "Skip")],
        "rating: thanked": [five, five, five, five, ("say", "Very friendly"), ("tap", "Change my rating")],
        "rating: thanked, praise": [five, five, five, five, ("tap", "Skip"), ("tap", "Praise the courier")],
    }.items():
        who = story.customer()
        await story.leave(what, who, steps, await story.opened(who))
    for what, steps in {
        "warehouse: photos": [five, five, five, five, five, ("tap", "2"), ("tap", "Skip"), shot],
        "warehouse: a photo was sent": [
            five,
            five,
            five,
            five,
            five,
            ("tap", "1"),
            ("tap", "Skip"),
            shot,
            ("tap", "Done"),
        ],
    }.items():
        who = story.customer()
        await story.leave(what, who, steps, await story.opened(who, service="warehouse"))
    who = story.customer("zh")
    await story.leave("rating: in Chinese", who, [("tap", "4")], await story.opened(who))
    who = story.customer()
    await story.steps(who, [five, five, five, five, ("say", "Very friendly")], await story.opened(who))
    with story.teller.after("a comment is changed"):
        await story.teller.change(who, "Very kind", story.teller.said)
    await _quietly(story)


async def _quietly(story: Story) -> None:
    """The same with an anonymous survey, which the company had for a while: halfway, and answered."""
    teller = story.teller
    before = teller.services
    quiet = replace(before.company, survey=QUIET, surveys={QUIET.key: QUIET}, by_service={})
    surveys = {**before.surveys, QUIET.name: QUIET}
    teller.services = replace(
        before, company=quiet, surveys=surveys, dialogues=build_dialogues(quiet, surveys, TEXTS.vocabulary)
    )
    teller.worker._services = teller.services
    for what, steps in {
        "anonymous: the first question": [("tap", "4")],
        "anonymous: a choice": [("tap", "1"), ("tap", "Rude")],
        "anonymous: from 0 to 10": [("tap", "4"), ("tap", "9")],
        "anonymous: the last question": [("tap", "4"), ("tap", "9"), ("say", "Fine")],
    }.items():
        who = story.customer()
        await story.leave(what, who, steps, await story.opened(who))
    who = story.customer()
    await story.steps(who, [("tap", "5"), ("tap", "8"), ("say", "No")], await story.opened(who))
    teller.services = teller.worker._services = before


async def _complaints(story: Story) -> None:
    """A draft in each step; what customers add, answer and say to an answer; what staff write."""
    teller = story.teller
    drafting: list[Step] = [
        *(("tap", "Delivery and logistics"), ("tap", "Marked delivered before it was")),
        *(("say", "It never came"), ("photo", "p1"), ("tap", "Done")),
        *(("say", "My money back"), ("say", "010-1234"), ("tap", "Confirm")),
    ]
    for length in range(len(drafting) + 1):
        who = story.customer()
        first = ("tap", f"SF{story.waybills + 1:04d}")
        await story.opened(who)
        shown = await teller.say(who, "/complain")
        story.halfway["/complain"] = who
        await story.leave(f"complaint: step {length}", who, [first, *drafting[:length]], shown)
    who = story.customer()
    first = ("tap", f"SF{story.waybills + 1:04d}")
    await story.opened(who)
    await story.steps(who, [first, *drafting], await teller.say(who, "/complain"))
    case = story.ids["cooperating"] = await story.newest()
    await story.act(LI, "accept", case)
    await story.act(LIN, "report", case, SERVICE)
    shown = await teller.reply(LIN, "The scan was false", SERVICE)
    with teller.after("a report is handed in"):
        await teller.tap(LIN, "Confirm", shown, SERVICE)
    await teller.press(who, _button(teller, who.id, "Add to it"))
    with teller.after("adding to a case"):
        await teller.say(who, "I forgot something")
    case, who = await story.in_work()
    screen = teller.message(who.id, "s:")
    for number in range(2):
        await teller.answer(who, screen, None, photo=photo(f"z{number}"), media_group_id="settled")
    await teller.ring(seconds=3)
    await _private(story)
    await _letters(story)
    await _said_to_answers(story)


def _button(teller: Teller, chat: int, label: str) -> str:
    return find_button_data([call for _, call in teller._shown[chat]], label)


async def _private(story: Story) -> None:
    """A case of a high severity has one of two approvals."""
    teller = story.teller
    who = story.customer()
    waybill = f"SF{story.waybills + 1:04d}"
    await story.opened(who)
    shown = await teller.say(who, "/complain")
    steps = [
        *(("tap", waybill), ("tap", "Other"), ("tap", "Personal data"), ("say", "My name was on it"), ("tap", "Done")),
        *(("tap", "Skip"), ("tap", "Skip"), ("tap", "Confirm")),
    ]
    await story.steps(who, steps, shown)
    case = story.ids["twice reviewed"] = await story.newest()
    await story.act(LIN, "accept", case, SERVICE)
    await story.fill(LIN, "resolve", case, FORMS["resolve"], SERVICE)
    await story.act(YANG, "approve", case, SERVICE)
    with teller.after("the second review"):
        await story.act(MEI, "approve", case, QUALITY)


async def _letters(story: Story) -> None:
    """Letters and notes as far as they get."""
    teller = story.teller
    case, who = await story.in_work()
    card = teller.message(GROUP, f"card:{case}")
    with teller.after("a letter begins"):
        await teller.answer(LI, card, "We look for it.", GROUP)
    await teller.answer(ZHAO, card, "Dear customer", GROUP)
    with teller.after("a letter is changed"):
        await teller.change(ZHAO, "Dear Sir", teller.said, GROUP)
    with teller.after("a letter is sent"):
        await teller.press(ZHAO, _button(teller, GROUP, "Send"), GROUP)
    await story.act(CHEN, "note", case)
    with teller.after("a note is written"):
        await teller.reply(CHEN, "Called twice")
    shown = await teller.answer(LI, card, "We found it.", GROUP)
    await teller.tap(LI, "Send", shown, GROUP)
    with teller.after("the customer answers a letter"):
        await teller.answer(who, teller.message(who.id, "said:"), "Thank you")
    case, who = await story.in_work()
    await teller.answer(who, teller.message(who.id, "s:"), "It is a red box")
    written = teller.said
    with teller.after("the group answers what the customer wrote"):
        await teller.answer(LI, teller.message(GROUP, "said:"), "Noted", GROUP)
    with teller.after("the customer changes what was written"):
        await teller.change(who, "It is a blue box", written)


async def _said_to_answers(story: Story) -> None:
    """What customers may say to an answer."""
    teller = story.teller
    for what, steps in {
        "an answer: solved": [("tap", "Solved")],
        "an answer: not solved": [("tap", "Not solved")],
        "an answer: why it is not solved": [("tap", "Not solved"), ("say", "It came again too late")],
    }.items():
        _, who, shown = await story.answered()
        await story.leave(what, who, steps, shown)
    _, who, shown = await story.closed()
    await story.leave("handling is rated", who, [("tap", "4")], shown)
    case, who, _ = await story.closed()
    shown = await teller.say(who, "/mycases")
    await story.leave(
        "a closed case is taken up again",
        who,
        [("tap", await _number(story, case)), ("tap", "Not solved after all"), ("say", "It leaks")],
        shown,
    )
    case, who = await story.complaint()
    shown = await teller.say(who, "/mycases")
    await story.steps(
        who, [("tap", await _number(story, case)), ("tap", "Withdraw"), ("tap", "Yes, withdraw it")], shown
    )
    case, who = await story.complaint()
    shown = await teller.say(who, "/mycases")
    await story.leave(
        "withdrawn for good",
        who,
        [("tap", await _number(story, case)), ("tap", "Withdraw"), ("tap", "Yes, withdraw it")],
        shown,
    )
    case, who = await story.in_work()
    await story.fill(LI, "ask_customer", case, FORMS["ask_customer"])
    with teller.after("a question is answered"):
        await teller.say(who, "The red door")
    case, who = await story.in_work()
    await story.fill(LI, "ask_customer", case, FORMS["ask_customer"])
    await teller.say(who, "The red door")
    with teller.after("a question is answered to the end"):
        await teller.press(who, _button(teller, who.id, "Done"))


async def _number(story: Story, case: int) -> str:
    rows = await story.teller.rows(select(cases.c.number).where(cases.c.id == case))
    return str(rows[0].number)


async def _forms(story: Story) -> None:
    """Every form is open at each of its fields, and shown back."""
    teller = story.teller
    for at in range(5):
        case, _ = await story.in_work()
        for event, steps in FORMS.items():
            if at < len(steps):
                shown = await story.act(LI, event, case)
                await story.leave(f"{event}: field {at}", LI, steps[: at + 1], shown, GROUP)
    case, _ = await story.in_work()
    await story.fill(LI, "plan", case, FORMS["plan"])
    case, _ = await story.in_work()
    await story.fill(LI, "extend", case, FORMS["extend"])
    for at in range(2):
        case, _ = await story.in_review()
        shown = await story.act(ZHAO, "return", case)
        await story.leave(f"return: {at}", ZHAO, (("say", "More, please"), ("tap", "Confirm"))[: at + 1], shown, GROUP)
    case, _ = await story.in_review()
    with teller.after("approved"):
        await story.act(ZHAO, "approve", case)
    case, _ = await story.complaint()
    with teller.after("accepted"):
        await story.act(LI, "accept", case)
    await story.complaint()
    for at, who in enumerate((MEI, NINA, SUN)):
        case, _, _ = await story.closed()
        shown = await story.act(who, "appeal", case, QUALITY)
        await story.leave(f"regulator's appeal: field {at}", who, APPEAL[: at + 1], shown, QUALITY)
    for at in range(len(REGULATOR)):
        case, _, _ = await story.closed()
        await story.fill(MEI, "appeal", case, APPEAL, QUALITY)
        shown = await story.act(LI, "resolve", case)
        await story.leave(f"answer to the regulator: field {at}", LI, REGULATOR[: at + 1], shown, GROUP)
    await _merging(story)


async def _merging(story: Story) -> None:
    """Two cases of the same customer, three times: asked which, shown back, merged."""
    for at in range(3):
        into, who = await story.complaint()
        case, _ = await story.complaint(who)
        steps = (("tap", await _number(story, into)), ("tap", "Confirm"))
        shown = await story.act(NINA, "merge", case, QUALITY)
        if at < len(steps):
            await story.leave(f"merge: {at}", NINA, steps[: at + 1], shown, QUALITY)
        else:
            await story.steps(NINA, steps, shown, QUALITY)


async def _other_kinds(story: Story) -> None:
    """Suggestions, inquiries, praise and standard answers, in each state and each form."""
    teller = story.teller
    telling = [("say", "Open at six"), ("photo", "s1"), ("tap", "Done"), ("tap", "Skip"), ("tap", "Confirm")]
    for at in range(len(telling)):
        who = story.customer()
        story.halfway["/suggest"] = who
        shown = await teller.say(who, "/suggest")
        await story.leave(f"suggestion: {at}", who, telling[: at + 1], shown)
    praising = [("say", "So kind"), ("tap", "Skip"), ("tap", "Confirm")]
    for at in range(len(praising) + 1):
        who = story.customer()
        await story.opened(who)
        shown = await teller.say(who, "/praise")
        if at < len(praising):
            await story.leave(f"praise: {at}", who, praising[: at + 1], shown)
        else:
            await story.steps(who, praising, shown)
    for at in range(max(len(ADOPT), len(DECLINE))):
        case, _ = await story.suggestion()
        await story.act(LIN, "accept", case, SERVICE)
        for event, steps in (("adopt", ADOPT), ("decline", DECLINE)):
            if at < len(steps):
                shown = await story.act(LIN, event, case, SERVICE)
                await story.leave(f"{event}: field {at}", LIN, steps[: at + 1], shown, SERVICE)
    case, _ = await story.suggestion()
    await story.act(LIN, "accept", case, SERVICE)
    await story.fill(LIN, "decline", case, DECLINE, SERVICE)
    for at in range(len(WORDS) + 1):
        case, _ = await story.suggestion()
        await story.act(LIN, "accept", case, SERVICE)
        await story.fill(LIN, "adopt", case, ADOPT, SERVICE)
        if at == len(WORDS):
            await story.fill(LIN, "progress", case, WORDS, SERVICE)
            await story.fill(LIN, "finish", case, WORDS, SERVICE)
            continue
        for event in ("progress", "finish"):
            shown = await story.act(LIN, event, case, SERVICE)
            await story.leave(f"{event}: field {at}", LIN, WORDS[: at + 1], shown, SERVICE)
    await _inquiries(story)


async def _inquiries(story: Story) -> None:
    teller = story.teller
    asking = [("say", "track a parcel"), ("tap", "1. How do I track my parcel?"), ("tap", "That helps")]
    for at in range(len(asking)):
        who = story.customer()
        story.halfway["/ask"] = who
        shown = await teller.say(who, "/ask")
        await story.leave(f"inquiry: {at}", who, asking[: at + 1], shown)
    who = story.customer()
    shown = await teller.say(who, "/ask")
    await story.leave("inquiry: a person is asked", who, [asking[0], ("tap", "Ask a person")], shown)
    for at in range(len(WORDS)):
        case, who = await story.inquiry()
        shown = await story.act(LIN, "answer", case, SERVICE)
        await story.leave(f"answer: field {at}", LIN, WORDS[: at + 1], shown, SERVICE)
    for what, steps in {
        "an inquiry's answer: enough": [("tap", "No, thank you")],
        "an inquiry's answer: more": [("tap", "Ask more")],
        "an inquiry's answer: more is asked": [("tap", "Ask more"), ("say", "And to Venus?")],
    }.items():
        case, who = await story.inquiry()
        shown = await story.fill(LIN, "answer", case, WORDS, SERVICE)
        await story.leave(what, who, steps, [call for call in shown if call.chat_id == who.id])
    adding = [("say", "Where is it?"), ("say", "On its way."), ("tap", "Confirm")]
    for at, (who, chat) in enumerate(((LIN, SERVICE), (YANG, SERVICE), (LI, GROUP))):
        shown = await teller.say(who, "/answers add", chat)
        await story.leave(f"standard answer: {at}", who, adding[: at + 1], shown, chat)


async def _campaigns(story: Story) -> None:
    """Plans in each step; campaigns planned, declined, approved, under way, stopped, cancelled, done."""
    teller = story.teller
    steps = [
        *(("tap", "New campaign"), ("tap", "How are we doing as your partner?")),
        *(("tap", "Customers of one region (station)"), ("tap", "s1"), ("say", "Autumn round")),
        *(("say", "2026-12-01 10:00"), ("tap", "Every quarter"), ("tap", "Confirm")),
    ]
    for at, who in enumerate(PLANNERS, 1):
        shown = await teller.say(who, "/campaign")
        await story.leave(f"campaign: step {at}", who, steps[: at + 1], shown)
    everybody = [*steps[:2], ("tap", "All customers"), steps[4]]
    at_once = [*everybody, ("tap", "As soon as it is approved"), ("tap", "Once"), ("tap", "Confirm")]
    nobody = [*steps[:2], ("tap", "Lost customers"), *at_once[3:]]
    for state in ("planned", "declined", "approved", "cancelled", "done", "stopped", "sending"):
        plan = {"approved": steps, "cancelled": steps, "done": nobody}.get(state, at_once)
        shown = await story.steps(BOSS, plan, await teller.say(BOSS, "/campaign"))
        if state == "planned":
            with teller.after("a campaign is approved"):
                await teller.tap(HUA, "Approve", [call for call in shown if call.chat_id == HUA.id])
            continue
        shown = await teller.tap(
            HUA, "Decline" if state == "declined" else "Approve", [call for call in shown if call.chat_id == HUA.id]
        )
        if state == "cancelled":
            shown = await teller.tap(HUA, "Cancel campaign", shown)
            await teller.tap(HUA, "Yes, cancel it", shown)
        if state in {"done", "stopped", "sending"}:
            began = await teller.ring(seconds=0.3)
        if state == "done":
            await teller.ring(seconds=0.3)
        if state == "stopped":
            await teller.tap(HUA, "Stop", [call for call in began if call.chat_id == HUA.id])
    began = await teller.ring(seconds=0.3)
    surveys = {call.chat_id: [call] for call in began if call.name.startswith("s:") and "quarter" in call.payload}
    to_five = ("tap", "5")
    relationship = [
        *(("tap", "3"), to_five, to_five, to_five, to_five, ("tap", "9"), ("tap", "Speed"), ("tap", "Back")),
    ]
    fewer = [
        ("tap", "3"),
        to_five,
        to_five,
        to_five,
        to_five,
        ("tap", "5"),
        ("say", "Be faster"),
        ("tap", "Yes"),
        ("say", "010-1"),
        ("say", "Go on"),
    ]
    chats = sorted(chat for chat in surveys if chat is not None and chat > 1000)
    number = 0
    for plan in (relationship, fewer):
        for at in range(5, len(plan)):
            chat = chats[number]
            who = TelegramUser(chat, f"Customer {chat - 1000}")
            number += 1
            await story.leave(f"relationship: {plan[at]}", who, plan[: at + 1], surveys[chat])


async def _fairness(story: Story) -> None:
    """Appeals of ratings: being written, handed in, being decided, decided."""
    teller = story.teller
    appealing = [("tap", "Appeal 1"), ("say", "The gate was shut"), ("tap", "Confirm")]
    for what, decider, deciding in (
        ("upheld", MEI, [("tap", "Uphold"), ("say", "It was shut"), ("tap", "Confirm")]),
        ("rejected", NINA, [("tap", "Reject"), ("say", "It was open"), ("tap", "Confirm")]),
        ("being upheld", NINA, [("tap", "Uphold"), ("say", "It was shut")]),
        ("being rejected", NINA, [("tap", "Reject"), ("say", "It was open"), ("tap", "Confirm")]),
        ("being looked at", SUN, [("tap", "Uphold")]),
    ):
        shown = await teller.say(KURT, "/appeal")
        filed = await story.steps(KURT, appealing, shown)
        if what in {"upheld", "rejected"}:
            await story.steps(decider, deciding, filed, QUALITY)
        else:
            await story.leave(f"an appeal is {what}", decider, deciding, filed, QUALITY)
    shown = await teller.say(KURT, "/appeal")
    await story.leave("an appeal is written", KURT, appealing[:2], shown)


async def _figures(story: Story) -> None:
    """Pictures and papers that people ask for, and the buttons beneath them."""
    teller = story.teller
    for who in (ZHAO, BOSS):
        for command in (
            *("/summary", "/trend", "/leaderboard couriers", "/leaderboard departments", "/report month"),
            *("/export 2026-11", "/results relationship", "/ledger", "/search box", "/help", "/why SF0001"),
        ):
            shown = await teller.say(who, command)
            if command in {"/summary", "/trend"}:
                for data in {data[:24]: data for call in shown for data in datas(call)}.values():
                    shown += await teller.press(who, data)
            seen: set[str] = set()
            for data in [data for call in shown for data in datas(call)]:
                if who is BOSS and data[:4] not in seen:
                    seen.add(data[:4])
                    with teller.after(f"{command} {data[:4]}"):
                        await teller.press(who, data)


async def _last_words(story: Story) -> None:
    """What is owed, due and unheard when the process ends."""
    teller = story.teller
    who = story.customer()
    await story.opened(who)
    await teller.say(who, "/start")
    await teller.say(who, "/language")
    await teller.say(who, "/timezone")
    with teller.after("a time zone is chosen"):
        await teller.press(who, _any(teller, who.id, '["Z"'))
    with teller.after("a language is chosen"):
        await teller.press(who, _any(teller, who.id, '["l"'))
    await teller.say(who, "/rate")
    with teller.after("another delivery is rated"):
        await teller.press(who, _any(teller, who.id, '["d"'))
    await teller.say(KURT, "/myratings")
    await teller.say(KURT, "/delivered D-0001")
    case = story.ids["cooperating"]
    rows = await teller.rows(select(cases.c.number).where(cases.c.id == case))
    shown = await teller.say(LI, f"/case {rows[0].number}", GROUP)
    with teller.after("the file of a case is opened"):
        await teller.tap(LI, "Files (1)", shown, GROUP)
    await teller.tap(LI, "PDF", shown, GROUP)
    await story.act(LI, "reveal", case)
    await story.act(LI, "history", case)
    for command in ("/cases", "/open", "/overdue", "/checks", "/answers"):
        shown = await teller.say(LI, command, GROUP)
    for who, command in ((MEI, "/checks"), (MEI, "/open"), (BOSS, "/roles"), (BOSS, "/grant staff transport @li_he")):
        await teller.say(who, command)
    await _once_more(story)
    await _other_buttons(story)
    await teller.batch(_promised_otherwise)
    await teller.fetch_owed()
    await _unsettled(story)
    await _unheard(story)


async def _once_more(story: Story) -> None:
    """What somebody is in the middle of is begun once more: it is the same dialogue, not another beside it."""
    teller = story.teller
    for command, who in story.halfway.items():
        with teller.after(f"{command} once more"):
            await teller.say(who, command)
    case, _ = await story.in_work()
    for event in FORMS:
        await story.act(LI, event, case)
        with teller.after(f"{event} once more"):
            await story.act(LI, event, case)
    with teller.after("a standard answer once more"):
        await teller.say(YANG, "/answers add", SERVICE)
    shown = await teller.say(PLANNERS[0], "/campaign")
    with teller.after("a campaign once more"):
        await teller.tap(PLANNERS[0], "New campaign", shown)
    shown = await teller.say(KURT, "/appeal")
    with teller.after("an appeal once more"):
        await teller.tap(KURT, "Appeal 1", shown)


async def _other_buttons(story: Story) -> None:
    """One press of every button that nothing above presses, by the person who sees the newest of its kind."""
    teller = story.teller
    pressed = {update.body["data"][:4] for update in teller.later if update.kind == "callback_query"}
    working = {GROUP: LI, SERVICE: LIN, QUALITY: NINA, MANAGEMENT: BOSS, AFTERSALES: TANG}
    newest = {
        data[:4]: (data, chat) for chat, shown in teller._shown.items() for _, call in shown for data in datas(call)
    }
    for begins, (data, chat) in sorted(newest.items()):
        if begins not in pressed:
            who = working.get(chat) or next(
                (who for who in STAFF if who.id == chat), TelegramUser(chat, f"Customer {chat - 1000}")
            )
            with teller.after(f"a press on {begins}"):
                await teller.press(who, data, chat if chat < 0 else None)
    today = teller.clock.now().astimezone(teller.services.company.zone).date()
    with teller.after("the cases behind a period"):
        await teller.press(BOSS, DrillDownButton(f"w{(today - timedelta(days=today.weekday())).toordinal()}"))
    with teller.after("another page of those who are phoned"):
        await teller.press(NINA, PhoneListButton(), QUALITY)
    with teller.after("a complaint, from a button of long ago"):
        await teller.press(story.customer(), OpenComplaintButton(0))


def _any(teller: Teller, chat: int, begins: str) -> str:
    """What the newest button of a kind would send."""
    shown = [data for _, call in teller._shown[chat] for data in datas(call) if data.startswith(begins)]
    return shown[-1]


async def _promised_otherwise(batch: Batch) -> None:
    """The company's file promises something else since the last start: the clocks of all cases are set anew."""
    await installation.put(batch.tx, "promises", "other ones")
    await _set_timers(batch)


async def _unsettled(story: Story) -> None:
    """Albums of which more may come, a rating that is low, a delivery to be asked about."""
    teller = story.teller
    _, who = await story.in_work()
    screen = teller.message(who.id, "s:")
    for number in range(2):
        await teller.answer(who, screen, None, photo=photo(f"q{number}"), media_group_id="replied")
    with teller.after("the rest of an album"):
        await teller.say(who, photo=photo("q9"), media_group_id="replied")
    who = story.customer()
    rated = await teller.tap(who, "2", await story.opened(who))
    await teller.tap(who, "File a complaint", rated)
    for number in range(2):
        await teller.say(who, photo=photo(f"a{number}"), media_group_id="added")
    shared = TelegramUser(1002, "Customer 2", "zh")
    await story.delivered(shared)
    await teller.fetch_owed()
    blocked = TelegramUser(story.ids["blocked"], "Customer 4")
    await story.delivered(blocked)
    call = next(call for call in reversed(teller.calls) if call.chat_id == blocked.id)

    async def gone(batch: Batch) -> None:
        await unreachable.mark_unreachable(batch, call, "Forbidden: bot was blocked by the user")
        await unreachable.mark_unreachable(batch, replace(call, chat_id=SALES), "Forbidden: bot was kicked")

    await teller.batch(gone)
    await teller.fetch_owed()


async def _unheard(story: Story) -> None:
    """Updates that could not be handled: some wait for another try, one is parked. One who is new has pressed, and Telegram was asked."""
    teller = story.teller
    case, _ = await story.complaint()
    await story.act_unknown(NEWCOMER, case)
    who = story.customer()
    shown = await story.opened(who)
    before = len(teller.later)
    with teller.after("waiting"):
        await teller.tap(who, "5", shown)
        await teller.say(who, "/help")
    with teller.after("parked"):
        await teller.say(who, "/mycases")
    with teller.after("answered"):
        await story.act_unknown(LATECOMER, case)
    unheard = teller.later[before:]
    del teller.later[before:]
    async with teller.database.begin() as tx:
        for number, update in enumerate(unheard):
            raw = msgspec.json.encode({"update_id": UNHEARD + number, update.kind: update.body})
            for _ in range(inbox.ATTEMPTS_LIMIT if update.what == "parked" else 1):
                event = RawEvent("telegram", str(UNHEARD + number), raw)
                if update.what == "answered":
                    event = RawEvent("answer", event.key, msgspec.json.encode(MembershipAnswer(raw.decode(), "member")))
                await inbox.record_failure(tx, event, "", "OperationalError: locked", teller.clock.now())
