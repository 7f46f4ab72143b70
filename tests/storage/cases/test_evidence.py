"""Rows of evidence: written with what was contributed, found again, erased without a trace but the object's name."""

from datetime import timedelta

from sqlalchemy import select, update

from domain.cases.evidence import EvidenceState
from storage import installation
from storage.cases import contributions, evidence, messages
from storage.cases.contributions import Contribution
from storage.cases.evidence import SealedObject
from storage.engine.database import Database, Tx
from storage.models import contributions as contribution_table
from storage.models import evidence as table
from storage.privacy.erasure import erase
from storage.privacy.owners import Belongings
from tests.harness.rows import NOW, file_case

LATER = NOW + timedelta(minutes=1)
PHOTO, OTHER, VOICE = ("photo", "id1", "a"), ("photo", "id2", "a"), ("voice", "id3", "")
KEPT = SealedObject("ab" * 32, "key", "digest", 7, "jpg")


async def _list_due(tx: Tx) -> list[tuple[int, str]]:
    return [(file.contribution, file.file_id) for file in await evidence.list_due(tx, LATER, 10)]


async def _erase(tx: Tx, contribution: int) -> None:
    await erase(tx, Belongings(ids={"contributions": frozenset({contribution})}))


async def test_owed_with_the_contribution(database: Database) -> None:
    """Each file once, however its album comes; a file that an edit brings, too; what is put off is not due."""
    async with database.begin() as tx:
        case = await file_case(tx)
        await contributions.add_contribution(tx, Contribution(1, case.id, "", (PHOTO,), NOW, "a"))
        await contributions.add_contribution(tx, Contribution(2, case.id, "", (PHOTO, OTHER), NOW, "a"))
        await contributions.add_contribution(tx, Contribution(3, case.id, "words", (), NOW))
        assert sorted(await _list_due(tx)) == [(1, "id1"), (1, "id2")]
        await messages.edit_contribution(tx, 3, {"words": "", "files": ()}, "words", [VOICE], NOW)
        await messages.edit_contribution(tx, 3, {"words": "", "files": (VOICE,)}, "more", [VOICE], NOW)
        assert [file.file_id for file in await evidence.list_by_case(tx, case.id)] == ["id1", "id2", "id3"]
        first = (await evidence.list_by_case(tx, case.id))[0]
        await evidence.postpone(tx, first.id, 3, LATER + timedelta(seconds=1))
        assert sorted(await _list_due(tx)) == [(1, "id2"), (3, "id3")]
        assert (await evidence.fetch_by_id(tx, [first.id]))[first.id].attempts == 3


async def test_kept_or_missed_once(database: Database) -> None:
    """What has become of a file stays so."""
    async with database.begin() as tx:
        case = await file_case(tx)
        await contributions.add_contribution(tx, Contribution(1, case.id, "", (PHOTO, OTHER), NOW))
        kept, big = await evidence.list_due(tx, NOW, 10)
        assert await evidence.put_kept(tx, kept.id, KEPT)
        assert not await evidence.put_missed(tx, kept.id, EvidenceState.GONE)
        assert await evidence.put_missed(tx, big.id, EvidenceState.TOO_BIG, 99)
        assert not await evidence.put_kept(tx, big.id, KEPT)
        kept_file, big_file = await evidence.list_by_case(tx, case.id)
        assert (kept_file.object, big_file.object, big_file.state, big_file.size) == (
            KEPT,
            None,
            EvidenceState.TOO_BIG,
            99,
        )
        assert await evidence.find_case(tx, big.id) == case.id
        assert await evidence.count_missing(tx) == {
            EvidenceState.WAITING: 0,
            EvidenceState.TOO_BIG: 1,
            EvidenceState.GONE: 0,
            EvidenceState.INFECTED: 0,
            EvidenceState.ERASED: 0,
        }
        assert [name async for name in evidence.stream_objects(tx)] == [KEPT.name]


async def test_a_copy_has_the_same_objects(database: Database) -> None:
    """A contribution that goes on in another case: what is kept is kept, what waits is fetched for each; an object goes with its last row."""
    async with database.begin() as tx:
        case, into = await file_case(tx, "C-1"), await file_case(tx, "C-2")
        await contributions.add_contribution(tx, Contribution(1, case.id, "", (PHOTO, OTHER), NOW))
        await evidence.put_kept(tx, (await evidence.list_due(tx, NOW, 1))[0].id, KEPT)
        await contributions.add_contribution(tx, Contribution(2, into.id, "", (PHOTO, OTHER), NOW))
        await evidence.continue_in(tx, 1, 2)
        assert [file.object for file in await evidence.list_by_case(tx, into.id)] == [KEPT, None]
        await _erase(tx, 1)
        assert list((await evidence.list_erased(tx, 10)).values()) == [None, None]
        await evidence.drop(tx, await evidence.list_erased(tx, 10))
        assert await evidence.list_known(tx, [KEPT.name, "other"]) == {KEPT.name}
        await _erase(tx, 2)
        erased = await evidence.list_erased(tx, 10)
        assert list(erased.values()) == [KEPT.name, None]
        row = (await tx.execute(select(table).where(table.c.object != ""))).one()
        assert (row.file_id, row.key, row.digest) == ("", "", "")
        assert not await evidence.put_kept(tx, row.id, KEPT)
        assert await evidence.list_known(tx, [KEPT.name]) == set()
        await evidence.drop(tx, erased)
        assert (await tx.execute(select(table))).all() == []


async def test_earlier_contributions(database: Database) -> None:
    """What was attached before there was evidence is owed, once, a few rows at a time."""
    async with database.begin() as tx:
        case = await file_case(tx)
        for id_ in range(1, evidence.EARLIER_ROWS + 3):
            files = (PHOTO,) if id_ % 100 == 1 else ()
            await contributions.add_contribution(tx, Contribution(id_, case.id, "", files, NOW))
        await tx.execute(table.delete().where(table.c.contribution != 101))
        await tx.execute(
            update(contribution_table).where(contribution_table.c.id == 2).values(files='[["voice", "v", ""]]')
        )
        turns = 0
        while await evidence.owe_earlier_files(tx, NOW):
            turns += 1
        assert turns == 2
        assert sorted(await _list_due(tx)) == [(1, "id1"), (2, "v"), (101, "id1"), (201, "id1")]
        assert not await evidence.owe_earlier_files(tx, NOW)
        assert await installation.get(tx, "evidence owed up to") == "all"
