"""What people say can be searched for a moment later, and nobody's answer waits for that."""

import asyncio
from contextlib import suppress

from sqlalchemy import delete, func, select, text

from bot.process.word_indexing import WordIndexing
from storage.cases import word_index
from storage.cases.search import search_cases
from storage.models import case_words, unindexed
from tests.harness.in_process import WANG, Desk

LONG = "".join(chr(0x4E00 + n) for n in range(4096))


async def file(desk: Desk) -> None:
    """A complaint whose own words are in the index, and forgotten: what is counted is said later."""
    await desk.file_complaint()
    await desk.index_words()
    async with desk.database.begin() as tx:
        await tx.execute(delete(case_words))


async def find(desk: Desk, words: str) -> list[str]:
    async with desk.database.read() as tx:
        return [case.number for case in await search_cases(tx, words, None, None, limit=10)]


async def count_rows(desk: Desk) -> int:
    ((count,),) = await desk.rows(select(func.count()).select_from(case_words))
    return int(count)


async def test_a_long_message_is_found_afterwards(desk: Desk) -> None:
    """The transaction that answers writes no row of the index, the steps write at most a piece each, and then it is found."""
    await file(desk)
    await desk.say(WANG, LONG)
    assert await count_rows(desk) == 0
    assert await find(desk, LONG[5:7]) == []
    work, before = WordIndexing(desk.database), 0
    while await work.step():
        assert await count_rows(desk) - before <= word_index.PIECE_ROWS
        before = await count_rows(desk)
    assert before == word_index.INDEXED_WORDS
    assert await find(desk, LONG[5:7]) == ["C-261123-0001"]
    assert await desk.rows(select(unindexed.c.contribution)) == []


async def test_short_ones_share_a_piece(desk: Desk) -> None:
    """One transaction, no matter who wrote them."""
    await file(desk)
    for n in range(5):
        await desk.say(WANG, f"van{n} late")
    work = WordIndexing(desk.database)
    assert await work.step()
    assert not await work.step()
    assert await find(desk, "van3") == ["C-261123-0001"]


async def test_a_kill_between_two_pieces_loses_nothing(desk: Desk) -> None:
    """The next process goes on where this one was."""
    await file(desk)
    await desk.say(WANG, LONG)
    await WordIndexing(desk.database).step()
    assert await count_rows(desk) == word_index.PIECE_ROWS
    task = asyncio.create_task(WordIndexing(desk.database).run())
    async with asyncio.timeout(10):
        while await desk.rows(select(unindexed.c.contribution)):  # noqa: ASYNC110 -- nobody can signal
            await asyncio.sleep(0.01)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert await count_rows(desk) == word_index.INDEXED_WORDS


async def test_a_text_that_cannot_be_read_keeps_nobody_from_being_found(desk: Desk) -> None:
    """It stays owed; what came after it is indexed."""
    await file(desk)
    await desk.say(WANG, "broken")
    await desk.say(WANG, "elephant")
    async with desk.database.begin() as tx:
        broken = "(SELECT id FROM contributions ORDER BY id DESC LIMIT 1 OFFSET 1)"
        await tx.execute(text(f"UPDATE contributions SET words = x'7878' WHERE id = {broken}"))  # noqa: S608 -- our own words
    work = WordIndexing(desk.database)
    while await work.step():
        pass
    assert await find(desk, "elephant") == ["C-261123-0001"]
    assert len(await desk.rows(select(unindexed.c.contribution))) == 1
