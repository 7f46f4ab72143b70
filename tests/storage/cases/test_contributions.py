"""What is added to a case is kept as it came; an album is one contribution."""

from datetime import timedelta

from storage.cases import contributions
from storage.cases.contributions import Contribution
from storage.engine.database import Database
from tests.harness.rows import NOW, file_case

LATER = NOW + timedelta(hours=1)
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
