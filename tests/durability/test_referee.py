"""The referee finds what it has to find: after a calm day it finds nothing, and each fault that is made on purpose is named.

Wrong rows, messages repeated or gone, answers to presses lost.
"""

import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from playground.people.barebot import BareBot
from playground.people.presence import message_text
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from tests.harness.bot_process import SECRET, TOKEN
from tests.harness.fault_arena import Arena, Interruption
from tests.harness.fault_line import Result, Size, play, wait_for_quiet
from tests.harness.fault_matrix import SETUPS
from tests.harness.fault_players import FaultCustomer, Press
from tests.harness.fault_stage import open_arena
from tests.harness.fault_strikes import SCENARIOS
from tests.harness.referee import DOUBT_CALLS, Referee, Verdict

FEW = Size(customers=3, groups=1, seconds=0.5)

SEEDED = {
    "a contribution is deleted": ("DELETE FROM contributions WHERE id = (SELECT max(id) FROM contributions)", "lost"),
    "an answer is deleted": ("DELETE FROM answers WHERE question = 'overall'", "lost"),
    "a score is another one": ("UPDATE answers SET score = 1 WHERE question = 'overall'", "lost"),
    "an event of a case is deleted": ("DELETE FROM case_events WHERE event = 'accept'", "lost"),
    "an invitation is deleted": ("DELETE FROM invitations WHERE id = (SELECT max(id) FROM invitations)", "lost"),
    "a log entry is deleted": ("DELETE FROM audit WHERE what = 'case.add'", "lost"),
    "a contribution is doubled": (
        (
            'INSERT INTO contributions SELECT id + 1, "case", side, author, album, words, files, edits, at, shown_in '
            "FROM contributions WHERE id = (SELECT max(id) FROM contributions)"
        ),
        "doubled",
    ),
    "an event waits": ("UPDATE inbox SET state = 'waiting' WHERE key = (SELECT max(key) FROM inbox)", "stuck"),
    "an event is parked": ("UPDATE inbox SET state = 'parked' WHERE key = (SELECT max(key) FROM inbox)", "stuck"),
    "a timer is overdue": ("UPDATE timers SET due_at = '2020-01-01 00:00:00'", "stuck"),
    "a call is owed": (
        (
            "INSERT INTO outbox (id, chat_id, method, payload, state, created_at, name, fresh, priority, reply_to, seq) "
            "VALUES (1, 5, 'sendMessage', '', 'owed', '2026-01-01 00:00:00', '', 0, 0, '', 0)"
        ),
        "stuck",
    ),
}


@dataclass
class Played:
    """A calm day is over."""

    arena: Arena
    customers: list[FaultCustomer]

    async def judge(
        self,
        database: Database | None = None,
        customers: list[FaultCustomer] | None = None,
        troubled: Interruption | None = None,
    ) -> Verdict:
        place = database or self.arena.database
        referee = Referee(
            self.arena.server.world, place, customers or self.customers, self.arena.interruptions, troubled
        )
        return await referee.judge(self.arena.bots[0].now())


@pytest.fixture
async def played() -> AsyncIterator[Played]:
    with tempfile.TemporaryDirectory(prefix="huifang-referee-") as folder:
        async with open_arena(SETUPS[1], Path(folder), FEW.groups, None) as arena:
            customers = await play(Result(SCENARIOS[0], SETUPS[1], FEW), arena, 1)
            assert await wait_for_quiet(arena) == []  # what is gathered would be said while the referee judges
            yield Played(arena, customers)


async def test_each_seeded_fault_is_found(played: Played, tmp_path: Path) -> None:
    """Rows deleted, changed, doubled, left waiting; messages repeated and removed; a customer who waits."""
    assert not (await played.judge()).faults
    for name, (statement, kind) in SEEDED.items():
        verdict = await _judge_seeded(played, tmp_path / "seeded.db", statement)
        assert getattr(verdict, kind), f"{name}: not found"
    unfinished = [replace(played.customers[0], is_finished=False, missed="the answer"), *played.customers[1:]]
    assert (await played.judge(customers=unfinished)).stuck == ["waits in vain for the answer"]
    await _check_presses(played)
    await _check_messages(played)


async def _check_presses(played: Played) -> None:
    """A press without an answer is stuck, but for one without words while faults struck; an answer that Telegram refused is none."""
    now = time.time()
    faults, calm = Interruption(now - 3600, now), Interruption(now + 3600, now + 7200)
    presses = [press for customer in played.customers for press in customer.presses]
    wordless = next(press for press in presses if not press.has_words)
    worded = next(press for press in presses if press.has_words)
    with _lose_answer(played, wordless, is_refused=False):
        for troubled in (None, calm):
            assert len((await played.judge(troubled=troubled)).stuck) == 1
        verdict = await played.judge(troubled=faults)
        assert (len(verdict.unanswered), verdict.faults) == (1, [])
    with _lose_answer(played, wordless, is_refused=True):
        assert len((await played.judge(troubled=faults)).unanswered) == 1
    with _lose_answer(played, worded, is_refused=False):
        verdict = await played.judge(troubled=faults)
        assert (len(verdict.stuck), verdict.unanswered) == (1, [])
    assert not (await played.judge(troubled=faults)).unanswered


@contextmanager
def _lose_answer(played: Played, press: Press, *, is_refused: bool) -> Iterator[None]:
    """Inside, the answer to this press never reached Telegram, or was refused with an error of Telegram's own."""
    world = played.arena.server.world
    pressed = world.callbacks.get(press.callback)
    call = next(one for one in world.calls.since(0) if one["params"].get("callback_query_id") == press.callback)
    assert pressed is not None
    answer, params, pressed.answer = pressed.answer, call["params"], None
    if is_refused:
        call |= {"ok": False, "error_code": 500}
    else:
        call["params"] = {}
    try:
        yield
    finally:
        pressed.answer, call["params"], call["ok"] = answer, params, True


async def _check_messages(played: Played) -> None:
    """A message that stands twice is a fault, but where a process was killed with the call in doubt; one that is gone is lost."""
    arena = played.arena
    complaining = next(customer for customer in played.customers if customer.complains)
    place = complaining.find_group()
    bot = BareBot(arena.server.url, TOKEN, arena.http)
    for number, (chat, words) in enumerate(((place, "Answer due"), (complaining.person.id, "is now working on")), 1):
        await bot.ok("sendMessage", chat_id=chat, text=_find_sent(arena, chat, words))
        assert len((await played.judge()).unexplained) == number
    words = _find_sent(arena, place, "-words-0")
    for n in range(DOUBT_CALLS):
        await bot.ok("sendMessage", chat_id=place, text=f"later {n}")
    arena.interrupt(time.time())
    await bot.ok("sendMessage", chat_id=place, text=words)
    assert len((await played.judge()).unexplained) == number + 1, "too many came after it to be in doubt at the kill"
    arena.interrupt(time.time() - 60)
    explained = await played.judge()
    assert len(explained.repeated) == number + 1
    assert explained.unexplained == []
    group = arena.server.world.find(place)
    for message in list(group.messages.newest()):
        if "-words-0" in message_text(message):
            arena.server.world.remove(group, message["message_id"])
    assert [line for line in (await played.judge()).lost if "staff never saw" in line]


async def _judge_seeded(played: Played, copy: Path, statement: str) -> Verdict:
    """What the referee says of a copy of the database in which this was done."""
    original = Path(played.arena.folder / "huifang.db")
    with closing(sqlite3.connect(original)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        for (trigger,) in target.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            target.execute(f'DROP TRIGGER "{trigger}"')
        changed = target.execute(statement).rowcount
        target.commit()
    assert changed > 0, f"nothing was changed by {statement}"
    database = Database(f"sqlite+aiosqlite:///{copy}", Keyring([SECRET]))
    try:
        return await played.judge(database)
    finally:
        await database.close()
        for file in copy.parent.glob(f"{copy.name}*"):
            file.unlink()


def _find_sent(arena: Arena, chat: int, words: str) -> str:
    texts = [
        str(call["params"].get("text"))
        for call in arena.server.world.calls.since(0)
        if call["method"] == "sendMessage" and call["params"].get("chat_id") == chat
    ]
    return next(text for text in texts if words in text)
