"""The webhook: only Telegram may speak through it, and what it says twice counts once (G1)."""

import aiohttp
import pytest
from sqlalchemy import func, select

from storage.models import answers, audit, cases, contributions, inbox
from tests.harness.stage import StoryStage


@pytest.fixture
def webhook() -> bool:
    return True


async def test_the_same_update_twice_does_nothing_twice(stage: StoryStage) -> None:
    """Telegram delivers every update twice: one case, one contribution, every message once."""
    await stage.telegram.fault("duplicate", times=0)
    number = await stage.set_up_accepted_case("It was thrown over the fence")
    await stage.wait_until_quiet()
    assert len(await stage.rows(select(cases.c.id))) == 1
    assert len(await stage.rows(select(contributions.c.id))) == 2
    assert len(await stage.rows(select(answers.c.question))) == 1
    sent = [
        message.get("text") for message in await stage.telegram.messages(stage.customer.chat) if message["sent_by_bot"]
    ]
    assert len(sent) == len(set(sent)), sent
    lines = [line for line in await stage.telegram.transcript(stage.groups["transport"]) if number in line]
    assert len(lines) == len(set(lines))
    counted = await stage.rows(select(func.count()).select_from(audit))
    for row in await stage.rows(select(inbox.c.key).where(inbox.c.source == "telegram")):
        await stage.telegram.repeat(int(row.key))
    await stage.wait_until_quiet()
    assert await stage.rows(select(func.count()).select_from(audit)) == counted


async def test_a_wrong_secret_is_turned_away(stage: StoryStage) -> None:
    """Without the header, or with a wrong one: 401, and the update does not exist."""
    stranger = {"id": 4711, "is_bot": False, "first_name": "Mallory"}
    chat = {"id": 4711, "type": "private", "first_name": "Mallory"}
    update = {"update_id": 1, "message": {"message_id": 1, "date": 0, "from": stranger, "chat": chat, "text": "/rate"}}
    async with aiohttp.ClientSession() as session:
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "x" * 64}, {"X-Telegram-Bot-Api-Secret-Token": ""}):
            async with session.post(f"{stage.bot.url}/telegram", json=update, headers=headers) as answer:
                assert answer.status == 401
    await stage.wait_until_quiet()
    assert not await stage.rows(select(inbox.c.key).where(inbox.c.key == "1"))
