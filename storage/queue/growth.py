"""How much waits for somebody, and of how much of it management was told."""

import msgspec

from domain.growth import Steps, Watched, find_grown, update_told
from storage import installation
from storage.engine.database import Tx
from storage.queue import inbox, outbox

_TOLD = "growth told"


async def fetch_counts(tx: Tx) -> dict[Watched, int]:
    """What Telegram refused, what waits for its chat, and events that failed five times."""
    backlog = await outbox.count_backlog(tx)
    refused, held = backlog.get("failed", 0), backlog.get("held", 0)
    return {Watched.REFUSED: refused, Watched.HELD: held, Watched.PARKED: await inbox.count(tx, "parked")}


async def fetch_told(tx: Tx) -> Steps:
    kept = await installation.get(tx, _TOLD)
    return {} if kept is None else msgspec.json.decode(kept, type=dict[Watched, int])


async def put_told(tx: Tx, told: Steps) -> None:
    await installation.put(tx, _TOLD, msgspec.json.encode(told).decode())


async def is_news(tx: Tx) -> bool:
    """Whether a number has grown by a step since management was told, or has fallen by one."""
    counts, told = await fetch_counts(tx), await fetch_told(tx)
    fallen = any(update_told(counts, told)[watched] < told.get(watched, 0) for watched in Watched)
    return fallen or bool(find_grown(counts, told))
