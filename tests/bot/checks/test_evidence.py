"""`huifang check` of evidence: how much is kept, what is missing, and a store that cannot be reached."""

from pathlib import Path

from bot.checks.evidence import check_evidence
from bot.checks.finding import Inspection, State
from bot.settings import read
from domain.cases.evidence import EvidenceState
from storage.cases import contributions, evidence
from storage.cases.contributions import Contribution
from storage.cases.evidence import SealedObject
from storage.engine.database import Database
from storage.objects.object_store import StorePlace, open_store
from tests.harness.rows import NOW, file_case


async def _check(database: Database, place: Path | str) -> tuple[State, str]:
    inspection = Inspection(read({"HUIFANG_EVIDENCE": str(place)}), None, NOW)
    async with database.read() as tx:
        (finding,) = await check_evidence(tx, inspection)
    assert (finding.state is State.OK) != bool(finding.cure)
    return finding.state, finding.said


async def test_what_is_there(database: Database, tmp_path: Path) -> None:
    """Nothing yet; everything; one object too few; a place that cannot be read; none at all."""
    place, name = tmp_path / "kept", "ab" * 32
    assert await _check(database, place) == (State.OK, f"files in {place}: 0")
    async with database.begin() as tx:
        case = await file_case(tx)
        files = tuple(("photo", str(n), "") for n in range(3))
        await contributions.add_contribution(tx, Contribution(1, case.id, "", files, NOW))
        kept, big, _ = await evidence.list_due(tx, NOW, 3)
        await evidence.put_kept(tx, kept.id, SealedObject(name, "k", "d", 1, "jpg"))
        await evidence.put_missed(tx, big.id, EvidenceState.TOO_BIG)
    store = open_store(StorePlace(place))
    part = store.workroom / "x"
    part.touch()
    await store.put(name, part)
    missing = "1 to be fetched; 1 too large to keep"
    assert await _check(database, place) == (State.OK, f"files in {place}: 1; {missing}")
    state, said = await _check(database, tmp_path / "elsewhere")
    assert (state, said.endswith("1 of them are not there")) == (State.WRONG, True)
    (tmp_path / "file").touch()
    state, said = await _check(database, tmp_path / "file")
    assert (state, "Not a directory" in said) == (State.WRONG, True)
    state, said = await _check(database, "off")
    assert (state, said.endswith(missing)) == (State.LOOK, True)
