"""The bot as a process: started, killed, started again, and what it says when it cannot start."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from playground.company.process import BotProcess, ProcessError, clean_environment
from playground.server import Server
from tests.harness.databases import SECRET


@pytest.fixture
async def process(server: Server, tmp_path: Path) -> AsyncIterator[BotProcess]:
    settings = clean_environment(
        os.environ,
        config=str(tmp_path / "huifang.toml"),
        token=server.world.token,
        bot_api=server.url,
        database=f"sqlite+aiosqlite:///{tmp_path / 'huifang.db'}",
        secret=SECRET,
        listen="127.0.0.1:0",
    )
    bot = BotProcess(settings, tmp_path / "bot.log")
    yield bot
    await bot.stop()


async def test_it_is_started_killed_and_started_again(process: BotProcess, tmp_path: Path) -> None:
    """Every change is told, each life has its own number, and the log goes on over all of them."""
    told: list[str] = []
    process.changed = lambda: told.append(process.state()["state"])
    await process.command("init", "--yes")
    await process.start()
    first = process.pid
    assert process.running
    assert process.url.startswith("http://127.0.0.1:")
    assert process.manager_code
    await process.start()
    assert process.pid == first  # one that runs is left alone
    await process.kill()
    assert process.state()["state"] == "stopped"
    assert process.log()[-1] == "(ended with -9)"
    await process.start()
    assert process.pid not in {None, first}
    await process.stop()
    assert process.log()[-1] == "(ended with 0)"
    assert told[0] == "starting"
    assert told[-1] == "stopped"
    assert {"starting", "running", "stopped"} == set(told)
    assert process.manager_code not in "".join(process.log())
    assert (tmp_path / "bot.log").read_text().splitlines().count("ready") == 2


async def test_a_bot_that_cannot_start_says_why(process: BotProcess) -> None:
    """Its last words are the error; a command that fails carries its own."""
    process.environment["HUIFANG_LISTEN"] = "nowhere"
    with pytest.raises(ProcessError, match="HUIFANG_LISTEN"):
        await process.start()
    assert process.state()["state"] == "stopped"
    with pytest.raises(ProcessError, match="api-token"):
        await process.command("api-token", "revoke", "nobody")


def test_the_environment_is_the_machines_without_its_own_settings() -> None:
    """Settings of another bot do not leak in, and nothing local goes through a proxy."""
    made = clean_environment({"PATH": "/bin", "HUIFANG_WEBHOOK": "https://example.org"}, rate="0")
    assert made["PATH"] == "/bin"
    assert made["HUIFANG_RATE"] == "0"
    assert "HUIFANG_WEBHOOK" not in made
    assert "127.0.0.1" in made["NO_PROXY"]
