"""The longest life of a complaint: transferred, asked about, extended, planned, returned, not solved, solved, rated, appealed, answered.

It reads as it is played, in its people's language: what they wait for is looked up by its key, so that one story is told in every language.
"""

from dataclasses import dataclass

from sqlalchemy import select

from playground.people.connection import Participant
from playground.people.seat import Seat
from playground.shape.wire import Json
from storage.models import case_events, cases, contributions, deadlines, inbox, nudges, people
from tests.harness.company import PATIENCE_SECONDS, LiveCompany
from tests.harness.story import CustomerStory, find_case_number, message_text
from tests.harness.text_fragments import TEXTS, find_fragment, list_variables

LIFE = [
    *("file", "transfer", "accept", "ask_customer", "customer_answers", "extend", "plan"),
    *("resolve", "return", "resolve", "approve", "not_satisfied"),
    *("accept", "resolve", "approve", "satisfied"),
    *("appeal", "resolve", "approve", "satisfied"),
]
"""The events of this case, in order; there are no others."""

ACTIONS = ("We looked for the parcel", "We found the parcel", "We paid for the vase", "We paid twice and apologised")


@dataclass
class Service:
    """The department that the case goes to, and quality."""

    head: Participant
    inspector: Participant
    group: int
    quality: int


async def open_service(company: LiveCompany, owners: list[Participant]) -> Service:
    """Customer service gets a group and a head, quality a group."""
    telegram, language = company.telegram, company.language
    head, inspector = await telegram.user("Hong", language=language), await telegram.user("Mei", language=language)
    group = await telegram.group("Service", [company.boss, head, *owners])
    quality = await telegram.group("Quality", [company.boss, inspector])
    for chat, department in ((group, "service"), (quality, "quality")):
        await telegram.say(chat, company.boss, f"/bind {department}")
        await telegram.seat(chat, company.boss).see(find_fragment(language, "bound"))
    hello = await telegram.seat(group, head).say("Hello")
    await telegram.seat(group, company.boss).say("/grant head", reply_to=hello["message_id"])
    await telegram.seat(group, company.boss).see("Hong")
    await company.wait_until_quiet()
    return Service(head, inspector, group, quality)


@dataclass
class LongStory(CustomerStory):
    """One customer, two departments, quality; everybody waits for what they expect to see before they go on."""

    service: Service = None  # type: ignore[assignment]  # set by the teller of the story
    _newest: int = 0
    _prompt: int = 0

    async def play(self) -> None:
        await self.low_rating_becomes_a_complaint()
        await self.the_wrong_department_passes_it_on()
        await self.the_owner_asks_extends_and_plans()
        await self.the_head_returns_it_once()
        await self.the_customer_is_not_satisfied()
        await self.the_second_round_solves_it()
        await self.the_regulator_is_answered()

    # --- the story ---

    async def low_rating_becomes_a_complaint(self) -> None:
        me = self.customer_seat
        await me.start(self.link)
        await self._press(me, "2", await self.sees(me, "rating-about"))
        await self.taps(me, "rating-file", await self.sees(me, "rating-offer"))
        self.number = find_case_number((await self.sees(me, "case-filed"))["text"])
        await me.say("It never came")
        await self.taps(me, "done", await self.sees(me, "adding-more"))
        await self.sees(me, "adding-done")

    async def the_wrong_department_passes_it_on(self) -> None:
        zhao = self.company.in_group(self.company.head)
        await self.taps(zhao, "act-transfer", await self.card(zhao))
        await self._press(zhao, self.department("service"), await self.sees(zhao, "transfer-where"))
        await self.replies(zhao, "reason-transfer", "It was never handed to us")
        await self.taps(zhao, "confirm", await self.then(zhao, "reason-preview-transfer"))

    async def the_owner_asks_extends_and_plans(self) -> None:
        li, me = self.li, self.customer_seat
        await self.sees(li, "transferred-here")
        await self.taps(li, "act-accept", await self.card(li))
        await self.sees(me, "case-accepted")
        await self.taps(li, "act-ask-customer", await self.card(li, self.owner.first_name))
        await self.replies(li, "question-question", "Which door was it?")
        await self.taps(li, "confirm", await self.then(li, "question-preview"))
        question = await self._sees(me, "Which door was it?")
        await me.reply("The red one", to=question["message_id"])
        await self.taps(me, "done", await self.sees(me, "answering-more"))
        await self._sees(li, self.number, "The red one")
        await self.taps(li, "act-extend", await self.card(li, self.state("in-work")))
        await self.replies(li, "extend-reason", "The hub is closed")
        await self.replies(li, "extend-due", {"en": "in 10 days", "zh": "10天后"}[self.language])
        await self.taps(li, "confirm", await self.then(li, "extend-preview"))
        await self.sees(me, "case-extended")
        await self.taps(li, "act-plan", await self.card(li, self.state("in-work")))
        await self.replies(li, "plan-measure", "A second search")
        await self.replies(li, "plan-due", {"en": "tomorrow 18:00", "zh": "明天18点"}[self.language])
        await self.replies(li, "plan-goal", "The parcel is found")
        await self.taps(li, "confirm", await self.then(li, "plan-preview"))
        await self._sees(li, self.number, self.state("planned"))

    async def the_head_returns_it_once(self) -> None:
        hong = self.company.telegram.seat(self.service.group, self.service.head)
        await self.resolves(ACTIONS[0])
        await self.taps(hong, "act-return", await self.card(hong, self.state("in-review")))
        await self.replies(hong, "reason-return", "And where is it?")
        await self.taps(hong, "confirm", await self.then(hong, "reason-preview-return"))
        await self.sees(self.li, "returned")
        await self.resolves(ACTIONS[1])
        await self.taps(hong, "act-approve", await self.card(hong, self.state("in-review")))

    async def the_customer_is_not_satisfied(self) -> None:
        me = self.customer_seat
        await self.taps(me, "not-solved", await self._sees(me, ACTIONS[1]))
        await self.sees(me, "reason-not-satisfied")
        await me.say("It is broken")
        await self.sees(me, "case-again", round=2)

    async def the_second_round_solves_it(self) -> None:
        li, me = self.li, self.customer_seat
        hong = self.company.telegram.seat(self.service.group, self.service.head)
        await self.sees(li, "round-begins")
        await self.taps(li, "act-accept", await self.card(li, self.state("assigned")))
        await self.card(li, self.owner.first_name)
        await self.resolves(ACTIONS[2])
        await self.taps(hong, "act-approve", await self.card(hong, self.state("in-review")))
        await self.taps(me, "solved", await self._sees(me, ACTIONS[2]))
        await self._press(me, "5", await self.sees(me, "handling-question"))
        await self.sees(me, "handling-thanks")

    async def the_regulator_is_answered(self) -> None:
        li, me = self.li, self.customer_seat
        mei = self.company.telegram.seat(self.service.quality, self.service.inspector)
        hong = self.company.telegram.seat(self.service.group, self.service.head)
        await mei.say(f"/case {self.number}")
        await self.taps(mei, "act-appeal", await self._sees(mei, self.number))
        await self.replies(mei, "appeal-received", {"en": "today", "zh": "今天"}[self.language])
        await self.taps(mei, "skip", await self.then(mei, "appeal-reference"))
        await self.taps(mei, "confirm", await self.then(mei, "appeal-preview"))
        await self.sees(li, "appealed")
        await self.taps(li, "act-resolve", await self.sees(li, "card-appealed"))
        await self.replies(li, "regulator-root-cause", "The hub lost it")
        await self.taps(li, "regulator-valid", await self.then(li, "regulator-is-valid"))
        await self.replies(li, "regulator-action", ACTIONS[3])
        await self.replies(li, "regulator-compensation", "200")
        await self.taps(li, "regulator-satisfied", await self.then(li, "regulator-is-satisfied"))
        await self.replies(li, "regulator-handler", "Li, 138 0000 0000")
        await self.taps(li, "confirm", await self.then(li, "regulator-preview"))
        await self.taps(hong, "act-approve", await self.card(hong, self.state("in-review")))
        await self.taps(me, "solved", await self._sees(me, ACTIONS[3]))
        await self._sees(li, self.number, self.state("closed"))

    async def resolves(self, action: str) -> None:
        li = self.li
        await self.taps(li, "act-resolve", await self.card(li, self.owner.first_name))
        await self.replies(li, "resolution-root-cause", f"Cause of {action}")
        await self.replies(li, "resolution-action", action)
        await self.taps(li, "skip", await self.then(li, "resolution-compensation"))
        await self.taps(li, "resolution-valid", await self.then(li, "resolution-is-valid"))
        await self.taps(li, "confirm", await self.then(li, "resolution-preview"))
        await self.sees(li, "review-due")

    async def check(self) -> None:
        """The history is the story, once; nothing waits, nobody is forgotten."""
        rows, person = self.company.rows, select(people.c.id).where(people.c.telegram_id == self.customer.id)
        (case,) = await rows(select(cases).where(cases.c.customer.in_(person)))
        told = await rows(
            select(case_events.c.version, case_events.c.event)
            .where(case_events.c.case == case.id)
            .order_by(case_events.c.version)
        )
        assert [(row.version, row.event) for row in told] == list(enumerate(LIFE, 1)), told
        assert (case.state, case.round, case.handling, case.department) == ("closed", 2, 5, "service")
        written = await rows(select(contributions.c.words).where(contributions.c.case == case.id))
        words = [row.words for row in written]
        assert {words.count(said) for said in ("It never came", "The red one")} == {1}, words
        kept = await rows(select(deadlines.c.stage, deadlines.c.since).where(deadlines.c.case == case.id))
        assert len(kept) == len(set(kept)) >= len(("accept", "rectify", "review", "answer", "regulator"))
        assert not await rows(select(nudges.c.case).where(nudges.c.case == case.id)), "nothing was late"
        assert not await rows(select(inbox.c.key, inbox.c.error).where(inbox.c.state != "done"))

    async def shown(self) -> dict[str, list[str]]:
        """What the bot's messages of this story say in the end, by chat, the two other groups included."""
        chats = {"service": self.service.group, "quality": self.service.quality}
        more = {}
        for name, chat in chats.items():
            messages = await self.company.telegram.messages(chat)
            more[name] = [self._alike(m) for m in messages if m["sent_by_bot"] and self.number in message_text(m)]
        return await super().shown() | more

    # --- how it is told ---

    @property
    def language(self) -> str:
        return self.company.language

    @property
    def customer_seat(self) -> Seat:
        return self.company.telegram.private(self.customer)

    @property
    def li(self) -> Seat:
        """The owner, in customer service's group."""
        return self.company.telegram.seat(self.service.group, self.owner)

    def state(self, name: str) -> str:
        """A state as a card shows it."""
        return f"· {TEXTS.plain(self.language, f'state-{name}')}"

    def department(self, key: str) -> str:
        return {"en": {"service": "Customer service"}, "zh": {"service": "客服部"}}[self.language][key]

    async def card(self, seat: Seat, *words: str) -> Json:
        return await self._sees(seat, self.number, find_fragment(self.language, "card-due"), *words)

    async def sees(self, seat: Seat, key: str, **args: str | int) -> Json:
        """The newest message that says this, about this case where it names one."""
        words = [self.number] if self.number and "number" in list_variables(key) else []
        return await self._sees(seat, *words, find_fragment(self.language, key, **args))

    async def then(self, seat: Seat, key: str) -> Json:
        """What the same form shows next: a message that a crash has doubled may still stand above, with buttons that are over."""
        asked = find_fragment(self.language, key)

        def wanted(message: Json) -> bool:
            return message["sent_by_bot"] and message["message_id"] >= self._prompt and asked in message_text(message)

        return await self.company.telegram.wait_for(seat.chat, wanted, timeout=PATIENCE_SECONDS)

    async def taps(self, seat: Seat, key: str, message: Json) -> None:
        self._newest = (await self.company.telegram.messages(seat.chat))[-1]["message_id"]
        await self._press(seat, TEXTS.plain(self.language, key), message)

    async def replies(self, seat: Seat, key: str, words: str) -> None:
        """Answer a question that was put after the latest press or answer: an earlier round asked the same."""
        since, asked = self._newest, find_fragment(self.language, key)

        def wanted(message: Json) -> bool:
            return message["sent_by_bot"] and message["message_id"] > since and asked in message_text(message)

        prompt = await self.company.telegram.wait_for(seat.chat, wanted, timeout=PATIENCE_SECONDS)
        self._prompt = prompt["message_id"]
        self._newest = (await self.company.telegram.messages(seat.chat))[-1]["message_id"]
        await seat.reply(words, to=prompt["message_id"])
