"""Two bots (regions) in one PostgreSQL, a schema each: with the same numbers of updates and people they do not see each other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from sqlalchemy import select

from playground.people.client import TelegramClient
from playground.server import serve
from storage.engine.address import Address
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.models import answers, people
from tests.harness.bot_process import SECRET, Bot
from tests.harness.company import LiveCompany, found_company
from tests.harness.story import CustomerStory

REGIONS = {"east": "111111:east-token", "west": "222222:west-token"}


@pytest.fixture
async def regions(empty_database_url: str, tmp_path: Path) -> AsyncIterator[list[LiveCompany]]:
    """A company in each region: its own Telegram, its own token, its own schema, all else alike."""
    async with AsyncExitStack() as stack:

        async def open_region(schema: str, token: str) -> LiveCompany:
            server = await stack.enter_async_context(serve(token=token, port=0))
            telegram = await stack.enter_async_context(TelegramClient(server.url))
            folder = tmp_path / schema
            folder.mkdir()
            extra = {"HUIFANG_SCHEMA": schema, "HUIFANG_TOKEN": token}
            bot = await stack.enter_async_context(Bot(folder, server.url, empty_database_url, extra=extra))
            database = Database(Address(empty_database_url, "", schema), Keyring([SECRET]))
            stack.push_async_callback(database.close)
            return await found_company(server, telegram, bot, database, staff=1)

        yield await asyncio.gather(*(open_region(schema, token) for schema, token in REGIONS.items()))


@pytest.mark.parametrize("empty_database_url", ["postgresql"], indirect=True)
async def test_two_bots_do_not_see_each_other(regions: list[LiveCompany]) -> None:
    """Both lead, poll and send at once; each knows its own manager, customers and answers, and nothing of the other's."""
    stories = []
    for company in regions:
        ((customer, link),) = await company.customers(1)
        stories.append(CustomerStory(company, customer, link, company.staff[0]))
    await asyncio.gather(*(story.play() for story in stories))
    for company, story in zip(regions, stories, strict=True):
        await company.wait_until_quiet()
        await story.check()
        assert len(await company.rows(select(answers.c.invitation))) == 1
        known = {row.telegram_id for row in await company.rows(select(people.c.telegram_id))}
        everybody = {person.id for person in (company.boss, company.head, *company.staff, story.customer)}
        assert known - {None} == everybody
