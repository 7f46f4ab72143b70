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
from storage.queue.outbox import OwedCall, SentCall
from tests.harness.in_process import BOSS, NOON, Desk, TelegramUser, find_button_data, list_texts, read_body
from tests.harness.rows import make_delivery_row

CHEN = TelegramUser(15, "Chen", username="chen_hr")
FIRST = 1000
"""The account of the first customer."""


async def add_customers(desk: Desk, number: int, *, since: int = 0, **more: Any) -> list[TelegramUser]:  # noqa: ANN401 -- any column
    """So many people with one delivery each; `more` are columns of the delivery."""
    customers = [TelegramUser(FIRST + n, f"Customer {n}") for n in range(since, since + number)]
    async with desk.database.begin() as tx:
        new = [Newcomer(who.id, who.id, "en", who.name, "") for who in customers]
        await people.add(tx, new, "open", desk.clock.now())
        got: dict[str, Any] = {"fate": "answered", "delivered_at": NOON} | more
        await deliveries.add(tx, [make_delivery_row(who.id, person=who.id, **got) for who in customers])
    return customers


async def add_managers(desk: Desk) -> tuple[int, int]:
    """The boss and Chen, both managers; their ids."""
    return await desk.grant(BOSS, Role.MANAGER), await desk.grant(CHEN, Role.MANAGER)


async def draft_campaign(
    desk: Desk,
    *,
    who: TelegramUser = BOSS,
    group: str = "All customers",
    value: str = "",
    when: str = "",
    cycle: str = "Once",
) -> list[OwedCall]:
    """The plan as it stands before it is confirmed."""
    shown = await desk.say(who, "/campaign")
    shown = await desk.press(who, find_button_data(shown, "New campaign"))
    shown = await desk.press(who, find_button_data(shown, "How was your delivery?"))
    shown = await desk.press(who, find_button_data(shown, group))
    if value:
        shown = await desk.say(who, value)
    shown = await desk.say(who, "Autumn round")
    shown = await (
        desk.say(who, when) if when else desk.press(who, find_button_data(shown, "As soon as it is approved"))
    )
    return await desk.press(who, find_button_data(shown, cycle))


async def plan_campaign(desk: Desk, **how: Any) -> list[OwedCall]:  # noqa: ANN401 -- as `drafted`
    """It is handed in; the calls of that press."""
    return await desk.press(how.get("who", BOSS), find_button_data(await draft_campaign(desk, **how), "Confirm"))


async def approve_campaign(desk: Desk, **how: Any) -> list[OwedCall]:  # noqa: ANN401 -- as `drafted`
    """Chen has approved it, and it is not sent yet."""
    return await desk.press(CHEN, find_button_data(list_calls_to(await plan_campaign(desk, **how), CHEN), "Approve"))


async def send_rounds(desk: Desk, times: int = 1) -> list[OwedCall]:
    """So often the timers ring, and Telegram accepts everything at once; the calls."""
    calls: list[OwedCall] = []
    for _ in range(times):
        calls += await desk.ring(seconds=1)
        await accept_everything_owed(desk)
    return calls


async def accept_everything_owed(desk: Desk) -> None:
    """Telegram has accepted everything that is owed."""
    async with desk.database.begin() as tx:
        owed = (await tx.execute(select(rows.c.id).where(rows.c.state == "owed"))).scalars()
        await outbox.record_sent(tx, [SentCall(one) for one in owed])


def list_calls_to(calls: Sequence[OwedCall], who: TelegramUser) -> list[OwedCall]:
    return [call for call in calls if call.chat_id == who.id]


def list_surveyed_chats(calls: Sequence[OwedCall]) -> list[int]:
    """The chats of those who are asked."""
    return [call.chat_id or 0 for call in calls if "overall" in str(read_body(call).get("text", ""))]


def find_last_text(calls: Sequence[OwedCall], who: TelegramUser) -> str:
    return list_texts(list_calls_to(calls, who))[-1]


async def list_campaign_states(desk: Desk) -> list[tuple[str, int]]:
    """The state and run of each campaign."""
    return [tuple(row) for row in await desk.rows(select(campaigns.c.state, campaigns.c.run).order_by(campaigns.c.id))]


async def fetch_recipient_states(desk: Desk) -> dict[int, str]:
    """What became of each recipient, whatever the run."""
    statement = select(campaign_recipients.c.person, campaign_recipients.c.state).order_by(campaign_recipients.c.run)
    return {row.person: row.state for row in await desk.rows(statement)}


async def list_invited_persons(desk: Desk) -> list[int]:
    """The persons who were invited by campaigns, in order, as often as they were."""
    statement = select(invitations.c.person).where(invitations.c.campaign.is_not(None)).order_by(invitations.c.id)
    return [row.person for row in await desk.rows(statement)]
