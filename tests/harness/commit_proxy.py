"""A proxy before PostgreSQL that loses the answers to some COMMITs, as a fail-over or a restarted pooler does, or to any statement.

The statement reaches the server and takes effect; before its answer comes back, the client's connection is gone.
"""

import asyncio
from contextlib import suppress
from typing import Self

from sqlalchemy.engine import make_url

COMMIT = b"COMMIT"


class CommitProxy:
    """Listens on loopback; `url` is the database's URL through it.

    Every `lose_every`-th COMMIT loses its answer, none for 0; the `cut_in`-th statement from now loses its, none for 0.
    """

    def __init__(self, url: str) -> None:
        self._target = make_url(url)
        self.lose_every = self.cut_in = 0
        self.commits = self.lost = self.cut = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        through = self._target.set(host="127.0.0.1", port=port, query={})
        self.url = through.render_as_string(hide_password=False)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        folder = str(self._target.query["host"])
        port = str(self._target.query.get("port", self._target.port or 5432))
        try:
            there, answer = await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.{port}")
        except OSError:  # the server is not there: neither are we
            writer.close()
            return
        losing, cutting = asyncio.Event(), asyncio.Event()
        back = asyncio.create_task(self._answer(there, writer, losing, cutting))
        self._tasks.add(back)
        back.add_done_callback(self._tasks.discard)
        with suppress(OSError, asyncio.IncompleteReadError):
            while data := await reader.read(65536):
                if COMMIT in data:
                    self.commits += 1
                    if self.lose_every and self.commits % self.lose_every == 0:
                        losing.set()
                if self.cut_in:
                    self.cut_in -= 1
                    if not self.cut_in:
                        cutting.set()
                answer.write(data)
                await answer.drain()
        answer.close()

    async def _answer(
        self, there: asyncio.StreamReader, writer: asyncio.StreamWriter, losing: asyncio.Event, cutting: asyncio.Event
    ) -> None:
        with suppress(OSError):
            while data := await there.read(65536):
                if cutting.is_set():
                    self.cut += 1
                    break
                if losing.is_set() and COMMIT in data:  # the server says that it is done; nobody hears it
                    self.lost += 1
                    break
                writer.write(data)
                await writer.drain()
        writer.close()
