"""Evidence: whether the store can be reached and has what the rows say, and what is not kept."""

from bot.checks.finding import Finding, Inspection, look, ok, wrong
from domain.cases.evidence import EvidenceState
from storage.cases import evidence
from storage.engine.database import Tx
from storage.objects.object_store import StoreError, StorePlace, open_store

WHAT = "evidence"
_NOT_KEPT = {
    EvidenceState.WAITING: "to be fetched",
    EvidenceState.TOO_BIG: "too large to keep",
    EvidenceState.GONE: "gone at Telegram before they could be kept",
    EvidenceState.INFECTED: "with a virus in them",
}


async def check_evidence(tx: Tx, inspection: Inspection) -> list[Finding]:
    """Whether every file that is kept is where it is to be."""
    missing = await evidence.count_missing(tx)
    words = [f"{missing[state]} {meaning}" for state, meaning in _NOT_KEPT.items() if missing[state]]
    place = inspection.settings.evidence.place
    if place is None:
        said = "; ".join(["photos and files of cases stay at Telegram only", *words])
        return [look(WHAT, said, "set HUIFANG_EVIDENCE: without it a new bot token loses them (docs/evidence.md)")]
    try:
        kept, lost = await _compare(tx, place)
    except StoreError as error:
        cure = "everything waits until it can be reached: check HUIFANG_EVIDENCE and its rights"
        return [wrong(WHAT, f"{place}: {error}", cure)]
    said = "; ".join([f"files in {place}: {kept}", *words])
    if lost:
        cure = "is HUIFANG_EVIDENCE the place where they were put? If it is, put back what was in it"
        return [wrong(WHAT, f"{said}; {lost} of them are not there", cure)]
    return [ok(WHAT, said)]


async def _compare(tx: Tx, place: StorePlace) -> tuple[int, int]:
    """How many objects there are to be, and how many of them are not there. Raises StoreError when the store does not say."""
    present = {stored.name async for stored in open_store(place).list_all()}
    kept = lost = 0
    async for name in evidence.stream_objects(tx):
        kept += 1
        lost += name not in present
    return kept, lost
