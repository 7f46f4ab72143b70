"""The whole loop, from a delivery's link to "Solved", played by people who wait for what they expect to see.

They press what they see where they see it, so that a message which came twice bothers nobody.
"""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from playground.people.connection import Participant
from playground.people.seat import Seat
from playground.shape.wire import Json
from storage.models import answers, audit, case_events, cases, contributions, identities, inbox, invitations, people
from tests.harness.company import PATIENCE_SECONDS, LiveCompany

DETAILS = "It was thrown over the fence <b>&amp; 😀"
CAUSE, ACTION = "The van was late", "We retrained the driver"
LIFE = ["file", "accept", "resolve", "approve", "satisfied"]
"""The events of the case, in order; there are no others."""


@dataclass
class CustomerStory:
    """One customer, one of the staff, and the head."""

    company: LiveCompany
    customer: Participant
    link: str
    owner: Participant
    number: str = ""
    presses: list[str] = field(default_factory=list)

    async def play(self) -> None:
        await self.complain()
        await self.resolve()
        await self.approve_and_solve()

    async def complain(self) -> None:
        me = self.company.telegram.private(self.customer)
        await me.start(self.link)
        await self._press(me, "2", await self._sees(me, "delivery overall"))
        await self._press(me, "File a complaint", await self._sees(me, "Question 2"))
        filed = await self._sees(me, "is filed and passed on")
        self.number = find_case_number(filed["text"])
        await me.say(DETAILS)
        await self._press(me, "Done", await self._sees(me, f"Added to {self.number}"))
        await self._sees(me, "The department has what you added")

    async def resolve(self) -> None:
        li, number = self.company.in_group(self.owner), self.number
        await self._press(li, "Accept", await self._sees(li, number, "Answer due"))
        card = await self._sees(li, number, f"Owner: {self.owner.first_name}")
        await self._sees(self.company.telegram.private(self.customer), "now working on your complaint")
        await self._press(li, "Resolve", card)
        await li.say(CAUSE, reply_to=(await self._sees(li, number, "1/4"))["message_id"])
        await li.say(ACTION, reply_to=(await self._sees(li, number, "2/4"))["message_id"])
        await self._press(li, "Skip", await self._sees(li, number, "3/4"))
        await self._press(li, "At fault", await self._sees(li, number, "4/4"))
        await self._press(li, "Confirm", await self._sees(li, number, "please check"))
        await self._sees(li, number, "ready for review")

    async def approve_and_solve(self) -> None:
        zhao, me = self.company.in_group(self.company.head), self.company.telegram.private(self.customer)
        await self._press(zhao, "Approve", await self._sees(zhao, self.number, "in review"))
        await self._press(me, "Solved", await self._sees(me, ACTION))
        await self._sees(me, f"{self.number} is solved")

    async def check(self) -> None:
        """What happened is written down once, in order, and nothing besides."""
        rows, person = self.company.rows, select(people.c.id).where(people.c.telegram_id == self.customer.id)
        assert len(await rows(person)) == 1
        asked = await rows(select(invitations.c.id).where(invitations.c.person.in_(person)))
        assert len(asked) == 1, f"{len(asked)} invitations"
        given = await rows(select(answers.c.question, answers.c.score).where(answers.c.invitation == asked[0].id))
        assert [tuple(row) for row in given] == [("overall", 2)], given
        filed = await rows(select(cases.c.id, cases.c.state, cases.c.number).where(cases.c.customer.in_(person)))
        assert [(row.state, row.number) for row in filed] == [("closed", self.number)], filed
        case = filed[0].id
        told = await rows(
            select(case_events.c.version, case_events.c.event)
            .where(case_events.c.case == case)
            .order_by(case_events.c.version)
        )
        assert [(row.version, row.event) for row in told] == list(enumerate(LIFE, 1)), told
        added = await rows(select(contributions.c.words).where(contributions.c.case == case))
        assert [row.words for row in added].count(DETAILS) == 1, added
        assert len(added) == 2, added
        logged = await rows(select(audit.c.what).where(audit.c.subject == f"case:{case}"))
        assert sorted(row.what for row in logged) == sorted(
            ["case.file", "case.add", "case.accept", "case.resolve", "case.approve", "case.satisfied"]
        )
        assert not await rows(select(inbox.c.key, inbox.c.error).where(inbox.c.state != "done"))
        assert not await rows(select(identities.c.hash).where(identities.c.person.not_in(select(people.c.id))))

    async def unanswered(self) -> list[str]:
        """Presses whose spinner never ended."""
        return [press for press in self.presses if not (await self.company.telegram.callback(press))["answered"]]

    async def shown(self) -> dict[str, list[str]]:
        """What the bot's messages of this story say in the end, with their buttons, by chat; names and times made equal."""
        private = await self.company.telegram.messages(self.customer.id)
        group = [m for m in await self.company.telegram.messages(self.company.group) if self.number in message_text(m)]
        return {
            "customer": [self._alike(m) for m in private if m["sent_by_bot"]],
            "group": [self._alike(m) for m in group if m["sent_by_bot"]],
        }

    def _alike(self, message: Json) -> str:
        import re

        rows: list[list[dict[str, Any]]] = message.get("reply_markup", {}).get("inline_keyboard", [])
        text = message_text(message) + "".join(f" [{button['text']}]" for row in rows for button in row)
        text = re.sub(r"\*\*\*\d{4}", "***0000", text)  # each customer has a number of their own
        text = text.replace(self.number, "C-1").replace(self.owner.first_name, "Li")
        return re.sub(r"\bW\d+\b", "W1", re.sub(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}", "MOMENT", text))

    async def _sees(self, seat: Seat, *words: str) -> Json:
        def wanted(message: Json) -> bool:
            return message["sent_by_bot"] and all(word in message_text(message) for word in words)

        try:
            return await self.company.telegram.wait_for(seat.chat, wanted, timeout=PATIENCE_SECONDS)
        except AssertionError as error:
            raise AssertionError(f"{words} {error}\n--- the bot's log\n{self.company.bot.log()[-3000:]}") from None

    async def _press(self, seat: Seat, label: str, message: Json) -> None:
        pressed = await seat.press(label, message_id=message["message_id"])
        self.presses.append(pressed["callback_query_id"])


def message_text(message: Json) -> str:
    return str(message.get("text") or message.get("caption") or "")


def find_case_number(text: str) -> str:
    import re

    match = re.search(r"[CSQP]-\d{6}-\d{4,}", text)
    assert match is not None, text
    return match.group()
