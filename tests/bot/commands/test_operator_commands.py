"""What the operator does to the database, beside a running bot or without one."""

import pytest

from bot.commands import operator_commands
from bot.company.mistakes import Mistakes
from bot.settings import Settings, read
from domain.people import Role
from handlers.access import links
from handlers.people import roles
from handlers.people.roles import MANAGER_CODE, hash_code
from playground.server import Server
from storage import installation
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.people import people
from tests.harness.bot_process import SECRET, TOKEN
from tests.harness.in_process import BOSS, EXAMPLE, LI, Desk, at_desk, make_delivery


@pytest.fixture
def settings(database: Database) -> Settings:
    """Of a database on either engine."""
    return read({"HUIFANG_DATABASE": database.url, "HUIFANG_SECRET": SECRET, "HUIFANG_CONFIG": str(EXAMPLE)})


async def test_tokens(settings: Settings) -> None:
    """Created once a name, listed in order, revoked once."""
    assert await operator_commands.create_token(settings, "wms", "t1", reads_cases=True)
    assert await operator_commands.create_token(settings, "erp", "t2", reads_cases=False)
    assert not await operator_commands.create_token(settings, "erp", "t3", reads_cases=False)
    assert await operator_commands.revoke_token(settings, "erp")
    assert not await operator_commands.revoke_token(settings, "erp")
    listed = await operator_commands.list_tokens(settings)
    assert [(one.name, one.revoked_at is None) for one in listed] == [("erp", False), ("wms", True)]


async def test_a_new_code_replaces_the_old_one(settings: Settings, database: Database) -> None:
    """Only the latest works, once, and makes a manager."""
    old, new = [await operator_commands.create_manager_code(settings) for _ in range(2)]
    async with database.read() as tx:
        assert await installation.get(tx, MANAGER_CODE) == hash_code(new)
    async with at_desk(database) as desk:
        await desk.say(LI, f"/start {old}")
        await desk.say(BOSS, f"/start {new}")
        await desk.say(LI, f"/start {new}")
        async with database.read() as tx:
            assert [one.name for one in await people.list_holders(tx, Role.MANAGER)] == ["Boss"]


def test_codes_cannot_be_mistaken() -> None:
    """No letter that looks like a digit, and no two alike."""
    codes = {roles.make_code() for _ in range(200)}
    assert len(codes) == 200
    assert not set("".join(codes)) & set("IO01")


async def test_the_latest_delivery_of_a_waybill(settings: Settings, database: Database) -> None:
    """The bot's name is the one it last ran under; the link is the one that intake answered with."""
    assert await operator_commands.find_link(settings, "SF1") is None
    async with at_desk(database) as desk:
        (result,) = await desk.deliver()
        link = await operator_commands.find_link(settings, "SF1")
        assert link is not None
        ours, theirs = (
            links.parse_payload(Keyring([SECRET]), str(one).partition("start=")[2]) for one in (link, result.link)
        )
        assert ours is not None
        assert theirs is not None
        assert ours.delivery == theirs.delivery
        assert link.startswith("https://t.me/huifang_bot?start=")


async def test_before_the_bot_ran_telegram_is_asked(desk: Desk, server: Server) -> None:
    """Its own name is in the link."""
    await desk.deliver(make_delivery())
    async with desk.database.begin() as tx:
        await installation.put(tx, "bot", "x")
        await installation.take(tx, "bot", "x")
    environment = {"HUIFANG_DATABASE": desk.database.url, "HUIFANG_SECRET": SECRET, "HUIFANG_CONFIG": str(EXAMPLE)}
    settings = read(environment | {"HUIFANG_BOT_API": server.url, "HUIFANG_TOKEN": TOKEN})
    assert str(await operator_commands.find_link(settings, "SF1")).startswith("https://t.me/playground_bot?start=")
    nobody = read(environment | {"HUIFANG_BOT_API": server.url, "HUIFANG_TOKEN": "1:wrong"})
    with pytest.raises(Mistakes, match="the bot has not run yet"):
        await operator_commands.find_link(nobody, "SF1")
