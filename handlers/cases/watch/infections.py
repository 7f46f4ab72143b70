"""Infected files, as staff hear of them: which case, what kind of file, and that it is not kept."""

from handlers.cases.life import telling
from handlers.turns.batch import Batch
from storage.cases import cases, evidence


async def on_timer(batch: Batch, file: int) -> None:
    """Warn those who lead the case: what they were sent has a virus in it."""
    found_in = await evidence.find_case(batch.tx, file)
    case = await cases.get(batch.tx, found_in) if found_in is not None else None
    known = (await evidence.fetch_by_id(batch.tx, [file])).get(file)
    if case is not None and known is not None:
        kind = "note" if known.kind == "video_note" else known.kind
        await telling.tell(batch, case, "evidence-infected", kind=kind)
