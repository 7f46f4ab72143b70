"""The log of the real process as lines for machines: every line is one object, and nobody's name, number or words are in it."""

import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from playground.server import Server
from tests.harness.bot_process import Bot
from tests.harness.stage import StoryStage

PLANTED = ("Planted Zhang", "张植入", "13811112222", "Plant Street 7", "planted words")


@pytest.fixture
async def bot(server: Server, database_url: str, tmp_path: Path, company: Path) -> AsyncIterator[Bot]:
    """A bot that logs everything there is, for machines."""
    shutil.copytree(company, tmp_path, dirs_exist_ok=True)
    logged = {"HUIFANG_LOG": "json", "HUIFANG_LOG_LEVEL": "debug"}
    async with Bot(tmp_path, server.url, database_url, extra=logged) as running:
        yield running


async def test_nobody_is_in_the_log(stage: StoryStage) -> None:
    """A complaint with personal data in every place, a refusal, an update that cannot be read: lines of JSON, with names and times."""
    stage.poisoned = True
    stage.refusals.append("Planted Zhang")
    name, chinese, phone, street, words = PLANTED
    zhang = await stage.telegram.user(f"{name} {chinese}", phone=f"+86{phone}")
    await stage.telegram.private(zhang).start()
    await stage.telegram.private(zhang).say(f"{words}, {phone}, {street}")
    await stage.set_up_accepted_case(f"{words} {chinese}, {phone}, {street}")
    await stage.telegram.raw({"message": {"message_id": f"{name}", "date": 0, "text": words}})
    await stage.telegram.fault("400", chat=stage.wang.id, times=1, description=f"Bad Request: tag '{name}' {chinese}")
    await stage.customer.say("/mycases")
    await stage.at("management", stage.boss).see("Messages that Telegram refused: 1")
    await stage.bot.stop()
    log = stage.bot.log()
    for planted in (*PLANTED, str(stage.wang.id), str(zhang.id)):
        assert planted not in log, planted
    lines = [json.loads(line) for line in log.splitlines()]
    assert all({"time", "level", "event", "message"} <= line.keys() for line in lines)
    events = {line["event"] for line in lines}
    assert {"process.ready", "lease.taken", "batch.committed", "event.handled", "process.stopped"} <= events
    batch = next(line for line in lines if line["event"] == "batch.committed")
    assert batch["events"] >= 1
    assert batch["ms"] > 0
    lanes = {line["lane"] for line in lines if line["event"] == "event.handled" and line["lane"]}
    assert len(lanes) >= 5
