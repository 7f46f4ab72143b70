"""Customers by the hundred, two managers, and a campaign planned in a few presses."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from domain.people import Role
from storage.deliveries import deliveries
from storage.models import campaign_recipients, campaigns, invitations
from storage.models import outbox as rows
from storage.people import people
from storage.people.people import Newcomer
from storage.queue import outbox
from storage.queue.outbox import Owed, Sent
from tests.harness.inside import BOSS, NOON, Desk, Who, body, data_of, said
from tests.harness.rows import delivery_row

CHEN = Who(15, "Chen", username="chen_hr")
FIRST = 1000
"""The account of the first customer."""


async def customers(desk: Desk, number: int, *, since: int = 0, **more: Any) -> list[Who]:  # noqa: ANN401 -- any column
    """So many people with one delivery each; `more` are columns of the delivery."""
    found = [Who(FIRST + n, f"Customer {n}") for n in range(since, since + number)]
    async with desk.database.begin() as tx:
        new = [Newcomer(who.id, who.id, "en", who.name, "") for who in found]
        await people.add(tx, new, "open", desk.clock.now())
        got: dict[str, Any] = {"fate": "answered", "delivered_at": NOON} | more
        await deliveries.add(tx, [delivery_row(who.id, person=who.id, **got) for who in found])
    return found


async def managers(desk: Desk) -> tuple[int, int]:
    """The boss and Chen, both managers; their ids."""
    return await desk.grant(BOSS, Role.MANAGER), await desk.grant(CHEN, Role.MANAGER)


async def drafted(
    desk: Desk, *, who: Who = BOSS, group: str = "All customers", value: str = "", when: str = "", cycle: str = "Once"
) -> list[Owed]:
    """The plan as it stands before it is confirmed."""
    shown = await desk.say(who, "/campaign")
    shown = await desk.press(who, data_of(shown, "New campaign"))
    shown = await desk.press(who, data_of(shown, "How was your delivery?"))
    shown = await desk.press(who, data_of(shown, group))
    if value:
        shown = await desk.say(who, value)
    shown = await desk.say(who, "Autumn round")
    shown = await (desk.say(who, when) if when else desk.press(who, data_of(shown, "Once it is approved")))
    return await desk.press(who, data_of(shown, cycle))


async def planned(desk: Desk, **how: Any) -> list[Owed]:  # noqa: ANN401 -- as `drafted`
    """It is handed in; the calls of that press."""
    return await desk.press(how.get("who", BOSS), data_of(await drafted(desk, **how), "Confirm"))


async def approved(desk: Desk, **how: Any) -> list[Owed]:  # noqa: ANN401 -- as `drafted`
    """Chen has approved it, and it is not sent yet."""
    return await desk.press(CHEN, data_of(to(await planned(desk, **how), CHEN), "Approve"))


async def sent(desk: Desk, times: int = 1) -> list[Owed]:
    """So often the timers ring, and Telegram accepts everything at once; the calls."""
    calls: list[Owed] = []
    for _ in range(times):
        calls += await desk.ring(seconds=1)
        await accepted(desk)
    return calls


async def accepted(desk: Desk) -> None:
    """Telegram has accepted everything that is owed."""
    async with desk.database.begin() as tx:
        owed = (await tx.execute(select(rows.c.id).where(rows.c.state == "owed"))).scalars()
        await outbox.settle(tx, [Sent(one) for one in owed])


def to(calls: Sequence[Owed], who: Who) -> list[Owed]:
    return [call for call in calls if call.chat_id == who.id]


def surveyed(calls: Sequence[Owed]) -> list[int]:
    """The chats of those who are asked."""
    return [call.chat_id or 0 for call in calls if "overall" in str(body(call).get("text", ""))]


def last_said(calls: Sequence[Owed], who: Who) -> str:
    return said(to(calls, who))[-1]


async def states(desk: Desk) -> list[tuple[str, int]]:
    """The state and run of each campaign."""
    return [tuple(row) for row in await desk.rows(select(campaigns.c.state, campaigns.c.run).order_by(campaigns.c.id))]


async def became(desk: Desk) -> dict[int, str]:
    """What became of each recipient, whatever the run."""
    statement = select(campaign_recipients.c.person, campaign_recipients.c.state).order_by(campaign_recipients.c.run)
    return {row.person: row.state for row in await desk.rows(statement)}


async def asked(desk: Desk) -> list[int]:
    """The persons who were invited by campaigns, in order, as often as they were."""
    statement = select(invitations.c.person).where(invitations.c.campaign.is_not(None)).order_by(invitations.c.id)
    return [row.person for row in await desk.rows(statement)]
