"""Who holds the lease sends, for as long as it holds it, and as often as it gets it."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import text

from bot.leader import UPDATES_LATE_SECONDS, Leader
from bot.process.polling import Polling
from bot.sending.limits import Limits
from bot.sending.sender import Sender
from handlers.turns.batch import Batch
from storage.engine.database import Database
from storage.engine.lease import Lease
from tests.harness.in_process import at_desk
from tests.harness.live_sender import LiveSender


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.both_engines
async def test_a_lost_lease_is_taken_again(database: Database, post: LiveSender) -> None:
    """PostgreSQL ends every connection: the same process sends again a moment later; a second one stands by meanwhile."""
    await post.stop()
    async with at_desk(database) as desk:
        leaders = []
        for _ in range(2):
            lease = Lease(database)
            sender = Sender(post.outside, desk.worker, database, Limits(0), desk.services.next_id, lease.check)
            leaders.append(Leader(lease, sender, None))
        tasks = [asyncio.create_task(leader.run()) for leader in leaders]
        for leader in leaders:
            await leader.wait_until_settled()
        assert sorted(str(leader.find_trouble()) for leader in leaders) == ["None", "standby: another process sends"]
        statement = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        async with database.begin() as tx:
            await tx.execute(text(statement))
        await asyncio.sleep(1.5)  # longer than a look at the lease
        async with asyncio.timeout(20):
            while not any(leader.find_trouble() is None for leader in leaders):  # noqa: ASYNC110 -- the leaders do it
                await asyncio.sleep(0.05)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.both_engines
async def test_what_another_process_leaves_is_sent_at_once(
    database: Database, post: LiveSender, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process that sends is told of it: by a look of its own while it is idle, and by its next transaction while it is busy."""
    wang, chen = await post.person(), await post.person("Chen")
    await post.stop()
    monkeypatch.setattr("bot.sending.sender.LOOK_SECONDS", 3600.0)
    async with at_desk(database) as here, at_desk(database) as there:
        leading, waiting = Lease(database), Lease(database)
        sender = Sender(post.outside, here.worker, database, Limits(0), here.services.next_id, leading.check)
        here.worker.outlet, leading.on_left = sender, sender.look_soon
        there.worker.outlet = Sender(post.outside, there.worker, database, Limits(0), there.services.next_id)
        there.worker.tell_sender = waiting.tell
        tasks = [asyncio.create_task(Leader(leading, sender, None).run())]
        while sender.holder is None:  # noqa: ASYNC110 -- nobody can signal
            await asyncio.sleep(0.01)
        tasks.append(asyncio.create_task(waiting.take()))
        await there.worker.transact(_say(wang.id, "left while it was idle"))
        await post.telegram.private(wang).see("left while it was idle", timeout=60)
        monkeypatch.setattr("bot.sending.sender.ALONG_SECONDS", 3600.0)
        monkeypatch.setattr(type(here.worker), "is_busy", True)
        await there.worker.transact(_say(wang.id, "left while it was busy"))
        while not sender._told.is_set():  # noqa: ASYNC110 -- the same
            await asyncio.sleep(0.01)
        await here.worker.transact(_say(chen.id, "its own"))
        await post.telegram.private(wang).see("left while it was busy", timeout=60)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _say(chat: int, words: str) -> Callable[[Batch], Awaitable[None]]:
    async def say(batch: Batch) -> None:
        batch.say(chat, words)

    return say


async def test_late_updates_are_a_trouble(post: LiveSender, monkeypatch: pytest.MonkeyPatch) -> None:
    """A minute without an answer to a poll: the process says so, with the reason."""
    lease = Lease(post.desk.database)
    await lease.take()
    polling = Polling(post.outside._api, post.desk.worker)
    leader = Leader(lease, post.sender, polling)
    assert leader.find_trouble() is None
    polling.trouble = "Unauthorized"
    monkeypatch.setattr(polling, "_taken_at", polling._taken_at - UPDATES_LATE_SECONDS - 1)
    assert leader.find_trouble() == f"no update could be taken for {UPDATES_LATE_SECONDS + 1:.0f} s: Unauthorized"
    patient = Leader(lease, post.sender, polling, UPDATES_LATE_SECONDS + 600)  # as huifang.toml may say
    assert patient.find_trouble() is None
    await lease.release()
    assert leader.find_trouble() == "standby: another process sends"
