"""Standard answers: kept, found by what they are about, changed, retired."""

from storage.cases import standard_answers as kept
from storage.cases.standard_answers import StandardAnswer
from storage.engine.database import Database, Tx
from tests.harness.rows import NOW, add_person, fetch_table

TRACK, COST, ADDRESS = (
    StandardAnswer(1, "How do I track my parcel?", "With /rate.", "service"),
    StandardAnswer(2, "国际快递运费多少？", "20 元起。", "sales"),
    StandardAnswer(3, "How do I change the address?", "Call us.", "service"),
)
EVERY = ("service", "sales")


async def three(tx: Tx) -> None:
    author = await add_person(tx, 7)
    for standard in (TRACK, COST, ADDRESS):
        await kept.add(tx, standard.id, standard.question, standard.answer, standard.department, author, NOW)


async def test_found_by_what_they_are_about(database: Database) -> None:
    """The most alike first, nothing where nothing is alike, nothing that is retired."""
    async with database.begin() as tx:
        assert await kept.search(tx, "track parcel") == []
        await three(tx)
        assert await kept.search(tx, "track a parcel") == [TRACK]
        assert await kept.search(tx, "国际运费") == [COST]
        assert await kept.search(tx, "coffee") == []
        assert await kept.retire(tx, 1, NOW)
        assert await kept.search(tx, "track a parcel") == []


async def test_pages_of_departments(database: Database) -> None:
    """The newest first, only those of the departments asked for, counted alike."""
    async with database.begin() as tx:
        await three(tx)
        assert await kept.list_page(tx, EVERY, 0, 2) == [ADDRESS, COST]
        assert await kept.list_page(tx, EVERY, 2, 2) == [TRACK]
        assert await kept.list_page(tx, ["sales"], 0, 9) == [COST]
        assert (await kept.count(tx, EVERY), await kept.count(tx, ["sales"]), await kept.count(tx, [])) == (3, 1, 0)


async def test_changed_and_retired(database: Database) -> None:
    """A changed one says the new words; a retired one is kept, but neither read, changed nor retired again."""
    async with database.begin() as tx:
        await three(tx)
        assert await kept.change(tx, 1, "Where is it?", "On its way.")
        assert await kept.get(tx, 1) == StandardAnswer(1, "Where is it?", "On its way.", "service")
        assert await kept.retire(tx, 1, NOW)
        assert await kept.get(tx, 1) is None
        assert not await kept.retire(tx, 1, NOW)
        assert not await kept.change(tx, 1, "x", "y")
        assert await kept.list_page(tx, ["service"], 0, 9) == [ADDRESS]
        assert (1, "Where is it?") in await fetch_table(tx, "standard_answers", "id", "question")


async def test_how_often_it_helped(database: Database) -> None:
    """Each time is counted."""
    async with database.begin() as tx:
        await three(tx)
        await kept.record_help(tx, 2)
        await kept.record_help(tx, 2)
        standard = await kept.get(tx, 2)
    assert standard is not None
    assert standard.used == 2
