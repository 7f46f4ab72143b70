"""The sweep: what was erased goes, what no row knows goes after two days, and another bot's store stays as it is."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.process.evidence_sweep import AGE, EVERY, FEW, Sweep
from storage.cases import contributions, evidence
from storage.cases.contributions import Contribution
from storage.cases.evidence import SealedObject
from storage.engine.database import Database
from storage.objects.object_store import ObjectStore, StorePlace, open_store
from storage.privacy.erasure import erase
from storage.privacy.owners import Belongings
from tests.harness.in_process import FixedClock
from tests.harness.rows import NOW, file_case


async def _put(store: ObjectStore, name: str) -> None:
    path = store.workroom / "huifang-x.part"
    path.write_bytes(b"x")
    await store.put(name, path)


async def _list(store: ObjectStore) -> set[str]:
    return {stored.name async for stored in store.list_all()}


def _name(number: int) -> str:
    return f"{number:064x}"


async def test_as_the_rows_say(database: Database, tmp_path: Path) -> None:
    """What is known stays; what is not goes when it is old; what was erased goes at once; half an object goes, too."""
    store, clock = open_store(StorePlace(tmp_path)), FixedClock(datetime.now(UTC))
    async with database.begin() as tx:
        case = await file_case(tx)
        files = tuple(("photo", str(n), "") for n in range(2))
        await contributions.add_contribution(tx, Contribution(1, case.id, "", files[:1], NOW))
        await contributions.add_contribution(tx, Contribution(2, case.id, "", files[1:], NOW))
        for n, file in enumerate(await evidence.list_due(tx, NOW, 2)):
            await evidence.put_kept(tx, file.id, SealedObject(_name(n), "k", "d", 1, "jpg"))
    for n in range(3):
        await _put(store, _name(n))
    left = tmp_path / "huifang-left.part"
    left.touch()
    sweep = Sweep(database, store, clock)
    await sweep.step()
    assert await _list(store) == {_name(0), _name(1), _name(2)}
    async with database.begin() as tx:
        await erase(tx, Belongings(ids={"contributions": frozenset({2})}))
    await sweep.step()
    assert await _list(store) == {_name(0), _name(2)}
    async with database.read() as tx:
        assert await evidence.list_erased(tx, 9) == {}
    clock.moment += max(AGE, EVERY) + timedelta(minutes=1)
    await sweep.step()
    assert await _list(store) == {_name(0)}
    assert not left.exists()


async def test_another_bots_store(database: Database, tmp_path: Path) -> None:
    """Many objects without a row are somebody else's."""
    store, clock = open_store(StorePlace(tmp_path)), FixedClock(datetime.now(UTC) + 2 * AGE)
    for n in range(FEW + 1):
        await _put(store, _name(n))
    assert await Sweep(database, store, clock).remove_unknown() == 0
    assert len(await _list(store)) == FEW + 1
    await store.delete([_name(0)])
    assert await Sweep(database, store, clock).remove_unknown() == FEW
    assert await _list(store) == set()
