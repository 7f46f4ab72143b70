"""Writing what a person is given of their own data; run by a helper process, over a connection of its own."""

import asyncio
import os
import tempfile
from pathlib import Path

from bot.drawing.export_source import ExportSource, MadeExport
from bot.drawing.export_writer import FOLDER_PREFIX, remove_stale_folders
from domain.own_data import OwnData, OwnDataRequest
from reports.export.own_data import write_json, write_page
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.privacy.disclosure import fetch_own_data
from texts import Texts


def make_own_data(source: ExportSource, wanted: OwnDataRequest, language: str) -> MadeExport:
    """The file, in a folder only we can read. Blocking; for the helper process."""
    remove_stale_folders()
    texts = Texts(own=source.company.wording)
    data = asyncio.run(_fetch(source, wanted.person))
    if wanted.form == "json":
        content = write_json(data, wanted.at)
    else:
        zone = source.company.zone
        content = write_page(data, wanted.at, zone, lambda key, /, **said: texts.plain(language, key, said), language)
    path = Path(tempfile.mkdtemp(prefix=f"{FOLDER_PREFIX}{os.getpid()}-")) / f"data.{wanted.form}"
    path.touch(0o600)
    path.write_bytes(content)
    return MadeExport(path)


async def _fetch(source: ExportSource, person: int) -> OwnData:
    database = Database(source.database, Keyring(source.secrets))
    try:
        async with database.read() as tx:
            return await fetch_own_data(tx, person)
    finally:
        await database.close()
