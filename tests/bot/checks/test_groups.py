"""Bound groups, as Telegram sees them: a local one that knows membership, permissions and forums."""

from dataclasses import replace

import pytest

from bot.checks.finding import Finding, Inspection, State
from bot.checks.groups import check_groups_at_telegram
from bot.process.telegram import BotApi
from playground.people.client import TelegramClient
from storage.people.groups import Group
from tests.bot.checks.conftest import MakeInspection


async def look_at(api: BotApi, inspection: Inspection, *chats: int) -> list[Finding]:
    bound = [Group(chat, "transport", "en", here=True) for chat in chats]
    async with api.library() as bot:
        return await check_groups_at_telegram(bot, inspection, bound)


async def test_a_group_of_ours(asking: MakeInspection, api: BotApi, telegram: TelegramClient) -> None:
    """There, muted, there without photos, an administrator, gone; and a chat that is none."""
    boss = await telegram.user("Boss")
    chat = await telegram.group("Transport", [boss])
    (finding,) = await look_at(api, asking(), chat)
    assert (finding.what, finding.state, finding.said) == ("group of transport", State.OK, "the bot is there")
    await telegram.permit(chat, can_send_photos=False)
    (finding,) = await look_at(api, asking(), chat)
    assert (finding.state, finding.said) == (State.LOOK, "the bot is there, and may not send photos")
    await telegram.permit(chat, can_send_messages=False)
    (finding,) = await look_at(api, asking(), chat)
    assert (finding.state, finding.said) == (State.WRONG, "the bot may not write there")
    await telegram.member(chat, "administrator")
    (finding,) = await look_at(api, asking(), chat)
    assert (finding.state, finding.said) == (State.OK, "the bot is there, as an administrator")
    await telegram.member(chat, "restricted", rights={"can_send_messages": False})
    assert (await look_at(api, asking(), chat))[0].said == "the bot may not write there"
    await telegram.member(chat, "kicked")
    (finding,) = await look_at(api, asking(), chat)
    assert finding.state is State.WRONG
    assert "/bind" in finding.cure
    (finding,) = await look_at(api, asking(), -99)
    assert (finding.state, "chat not found" in finding.said.lower()) == (State.WRONG, True)


async def test_a_group_that_moved_or_is_lost(asking: MakeInspection, api: BotApi, telegram: TelegramClient) -> None:
    """The bot follows one that became a supergroup; one that the database calls lost is not asked about again."""
    chat = await telegram.group("Transport", [await telegram.user("Boss")], kind="group")
    await telegram.ask("POST", f"chats/{chat}/migrate", {})
    (finding,) = await look_at(api, asking(), chat)
    assert finding.what == "group of transport"
    assert finding.state is not State.OK
    async with api.library() as bot:
        assert await check_groups_at_telegram(bot, asking(), [Group(chat, "transport", "en", here=False)]) == []


@pytest.mark.parametrize("forum", [False, True])
async def test_what_the_company_wishes(
    asking: MakeInspection, api: BotApi, telegram: TelegramClient, *, forum: bool
) -> None:
    """Topics and a pinned overview need rights that are asked for only where the company file wants them."""
    given = asking()
    assert given.company is not None
    handling = replace(given.company.handling, topics=True, pinned_digest=True)
    given = replace(given, company=replace(given.company, handling=handling))
    chat = await telegram.group("Transport", [await telegram.user("Boss")], forum=forum)
    there, topics, pins = await look_at(api, given, chat)
    assert (there.state, topics.state, pins.state) == (State.OK, State.LOOK, State.LOOK)
    assert topics.said == (
        "the bot may not make topics" if forum else "has no topics, and the company file wants one for each case"
    )
    assert pins.said == "the bot may not pin the overview of open cases"
    await telegram.member(chat, "administrator")
    assert len(await look_at(api, given, chat)) == (1 if forum else 2)
