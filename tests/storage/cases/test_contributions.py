"""What is added to a case is kept as it came; an album is one contribution."""

from datetime import timedelta

from domain.cases.case import CaseState
from storage.cases import contributions
from storage.cases.contributions import Contribution, OpenThread
from storage.engine.database import Database
from tests.harness.rows import NOW, add_person, file_case

HOUR = timedelta(hours=1)
LATER = NOW + HOUR
PHOTO, OTHER = ("photo", "id1", "u1"), ("photo", "id2", "u2")


async def test_an_album_is_one_contribution(database: Database) -> None:
    """Photos of one album join with their words, the same photo once; the next album, and no album, begin anew."""
    async with database.begin() as tx:
        case = await file_case(tx)
        first = Contribution(1, case.id, "包裹", (PHOTO,), NOW, "a")
        assert await contributions.add_contribution(tx, first)
        assert await contributions.fetch_contribution(tx, 1) == first
        assert not await contributions.add_contribution(tx, Contribution(2, case.id, "", (OTHER, PHOTO), LATER, "a"))
        assert not await contributions.add_contribution(tx, Contribution(3, case.id, "more", (), LATER, "a"))
        assert await contributions.add_contribution(tx, Contribution(4, case.id, "next", (PHOTO,), LATER, "b"))
        assert await contributions.add_contribution(tx, Contribution(5, case.id, "words", (), LATER))
        assert await contributions.add_contribution(tx, Contribution(6, case.id, "words", (), LATER))
        joined = Contribution(1, case.id, "包裹\nmore", (PHOTO, OTHER), NOW, "a")
        assert (await contributions.list_contributions(tx, case.id))[0] == joined
        assert [other.id for other in await contributions.list_contributions(tx, case.id)] == [1, 4, 5, 6]
        assert sum(len(part.files) for part in await contributions.list_contributions(tx, case.id)) == 3
        assert await contributions.find_album(tx, case.id, "b") == 4
        assert await contributions.find_album(tx, case.id, "c") is None
        assert await contributions.fetch_contribution(tx, 2) is None


async def test_albums_of_other_cases_do_not_join(database: Database) -> None:
    """The same album sent to another case is that case's own."""
    async with database.begin() as tx:
        case, other = await file_case(tx, "C-1"), await file_case(tx, "C-2")
        assert await contributions.add_contribution(tx, Contribution(1, case.id, "", (PHOTO,), NOW, "a"))
        assert await contributions.add_contribution(tx, Contribution(2, other.id, "", (OTHER,), NOW, "a"))
        assert [c.files for c in await contributions.list_contributions(tx, case.id)] == [(PHOTO,)]


async def test_the_open_cases_that_a_customer_may_be_writing_about(database: Database) -> None:
    """The newest first, with the moment of the department's last letter; other people's cases and finished ones are not among them."""
    async with database.begin() as tx:
        await add_person(tx, 5)
        await add_person(tx, 6)
        silent, written = await file_case(tx, "C-1", customer=5), await file_case(tx, "C-2", customer=5)
        await file_case(tx, "C-3", customer=5, state=CaseState.CLOSED)
        await file_case(tx, "C-4", customer=6)
        for id_, (side, at) in enumerate((("staff", NOW), ("staff", LATER), ("customer", LATER + HOUR)), 1):
            await contributions.add_contribution(tx, Contribution(id_, written.id, "x", (), at, side=side))
        await contributions.add_contribution(tx, Contribution(9, silent.id, "x", (), NOW, side="note"))
        assert await contributions.list_open_threads(tx, 5) == [
            OpenThread(written.id, "C-2", LATER),
            OpenThread(silent.id, "C-1", None),
        ]
        assert await contributions.list_open_threads(tx, 5, limit=1) == [OpenThread(written.id, "C-2", LATER)]
        assert await contributions.list_open_threads(tx, 7) == []
