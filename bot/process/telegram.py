"""Bot API over HTTP: finished JSON for what is owed (`http_client`), files over aiohttp, the library's typed methods for everything else.

The library's default client costs three to seven times as much CPU per call as aiohttp; `AiohttpRequest` gives it our session.
"""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Self
from urllib.parse import quote

import aiohttp
import msgspec
import telegram
from aiohttp.payload import Payload
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.process.http_client import HttpClient

TIMEOUT_SECONDS = 30.0
"""Timeout of one call in seconds; a poll adds its own."""


SLOW = 100_000
"""Slowest accepted upload, in bytes per second."""


PIECE_BYTES = 256 * 1024
"""So much of a file is in memory at a time."""


class TelegramUnreachedError(Exception):
    """No answer came, so it is unknown whether Telegram has acted."""


class FileGoneError(Exception):
    """Telegram has no such file."""


class _Parameters(msgspec.Struct, frozen=True):
    retry_after: float | None = None
    migrate_to_chat_id: int | None = None


class Answer(msgspec.Struct, frozen=True):
    """What Telegram said; `result` is raw JSON."""

    ok: bool
    result: msgspec.Raw = msgspec.Raw(b"null")
    error_code: int = 0
    description: str = ""
    parameters: _Parameters = _Parameters()


_decode = msgspec.json.Decoder(Answer).decode
_SKIPPED = ("User-Agent", "Accept-Encoding", "Accept")


class BotApi:
    """One bot at one server. Use as an async context manager."""

    def __init__(self, server: str, token: str) -> None:
        self.server, self.token = server, token
        self._client = HttpClient(server)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=75)
        # Telegram sets no cookies and compresses nothing we read: both cost on every call.
        jar, timeout = aiohttp.DummyCookieJar(), aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
        self._session = aiohttp.ClientSession(
            connector=connector, cookie_jar=jar, timeout=timeout, skip_auto_headers=_SKIPPED
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        self._client.close()
        if self._session is not None:
            await self._session.close()

    @property
    def session(self) -> aiohttp.ClientSession:
        assert self._session is not None  # noqa: S101 -- used inside `async with`
        return self._session

    async def call(self, method: str, body: str, *, timeout: float = TIMEOUT_SECONDS) -> Answer:  # noqa: ASYNC109 -- the client's own timer
        """Call a method with finished JSON; `timeout` in seconds. Raises TelegramUnreachedError when no answer comes."""
        try:
            response = await self._client.post(f"/bot{self.token}/{method}", body.encode(), timeout)
        except OSError as error:
            raise _unreached(method, error) from None
        return _read(response.body, response.status, response.content_type)

    async def upload(
        self, method: str, fields: dict[str, str], files: Mapping[str, bytes | BinaryIO], *, filename: str = ""
    ) -> Answer:
        """Call a method with files by attach name: pictures, or a document named `filename`.

        Raises TelegramUnreachedError when no answer comes.
        """
        size = sum(len(one) if isinstance(one, bytes) else os.fstat(one.fileno()).st_size for one in files.values())
        form = _build_form(fields)
        for name, content in files.items():
            kind = "application/octet-stream" if filename else "image/png"
            form.add_field(name, content, filename=filename or f"{name}.png", content_type=kind)
        return await self._post_form(method, form, size)

    async def upload_payloads(self, method: str, fields: dict[str, str], payloads: Mapping[str, Payload]) -> Answer:
        """The same with files that are written piece by piece. Raises TelegramUnreachedError when no answer comes."""
        form = _build_form(fields)
        for name, payload in payloads.items():
            form.add_field(name, payload, filename=payload.filename)
        return await self._post_form(method, form, sum(payload.size or 0 for payload in payloads.values()))

    async def _post_form(self, method: str, form: aiohttp.FormData, size: int) -> Answer:
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS + size / SLOW)
        try:
            async with self.session.post(
                f"{self.server}/bot{self.token}/{method}", data=form, timeout=timeout
            ) as response:
                return _read(await response.read(), response.status, response.content_type)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _unreached(method, error) from None

    async def download(self, path: str) -> AsyncIterator[bytes]:
        """A file that getFile has told the path of, piece by piece; a Bot API server of one's own may tell one of this machine.

        Raises:
            TelegramUnreachedError: when it does not come, or not all of it.
            FileGoneError: when there is no such file.
        """
        timeout = aiohttp.ClientTimeout(total=None, connect=TIMEOUT_SECONDS, sock_read=TIMEOUT_SECONDS)
        try:
            if path.startswith("/"):
                with await asyncio.to_thread(Path(path).open, "rb") as file:
                    while piece := await asyncio.to_thread(file.read, PIECE_BYTES):
                        yield piece
                return
            url = f"{self.server}/file/bot{self.token}/{quote(path)}"
            async with self.session.get(URL(url, encoded=True), timeout=timeout) as response:
                if response.status in {400, 404}:
                    raise FileGoneError(f"{response.status}")
                if response.status != 200:  # noqa: PLR2004 -- HTTP
                    raise TelegramUnreachedError(f"a file: HTTP {response.status}")
                async for piece in response.content.iter_chunked(PIECE_BYTES):
                    yield piece
        except FileNotFoundError:
            raise FileGoneError("there is no such file on this machine") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _unreached("a file", error) from None

    def library(self) -> telegram.Bot:
        """python-telegram-bot's typed methods over this connection."""
        request = AiohttpRequest(self)
        return telegram.Bot(
            self.token,
            base_url=f"{self.server}/bot",
            base_file_url=f"{self.server}/file/bot",
            request=request,
            get_updates_request=request,  # else the library makes a client of its own for it, which is never used
        )


def _unreached(method: str, error: Exception) -> TelegramUnreachedError:
    """The URL carries the token: say what failed, never where."""
    return TelegramUnreachedError(f"{method}: {type(error).__name__}")


def _read(raw: bytes, status: int, content_type: str) -> Answer:
    try:
        return _decode(raw)
    except (msgspec.MsgspecError, RecursionError):
        return _decode_leniently(raw) or Answer(ok=False, error_code=status, description=f"no JSON but {content_type}")


def explain_refusal(error: telegram.error.TelegramError, token: str) -> str:
    """Telegram's own words, which the library may have put others around; never the token."""
    cause = error.__cause__
    said = cause.message if isinstance(cause, telegram.error.TelegramError) else error.message
    return said.replace(token, "…")


def _decode_leniently(raw: bytes) -> Answer | None:
    """An answer with something in it that is no text (half a surrogate pair in a message): its `result` is JSON for `json` alone."""
    try:
        answer = json.loads(raw.decode("utf-8", "replace"))
        result = json.dumps(answer.pop("result", None)).encode()
        return msgspec.structs.replace(msgspec.convert(answer, Answer), result=msgspec.Raw(result))
    except (ValueError, AttributeError, RecursionError):
        return None


def _build_form(fields: Mapping[str, str]) -> aiohttp.FormData:
    """File names go out as they are, in UTF-8: Telegram would show a percent-encoded one unchanged."""
    return aiohttp.FormData(dict(fields), quote_fields=False)


class AiohttpRequest(BaseRequest):
    """The library's transport, over our session."""

    def __init__(self, api: BotApi) -> None:
        self._api = api

    @property
    def read_timeout(self) -> float:
        return TIMEOUT_SECONDS

    async def initialize(self) -> None:
        """Does nothing: the session belongs to BotApi."""

    async def shutdown(self) -> None:
        """Does nothing: the session belongs to BotApi."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401 -- the library's sentinel
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401, ARG002 -- one timeout covers all
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401, ARG002
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401, ARG002
    ) -> tuple[int, bytes]:
        """Status and body of the answer. Raises TimedOut when none comes in time, NetworkError when the connection fails."""
        seconds = read_timeout if isinstance(read_timeout, int | float) else TIMEOUT_SECONDS
        data: Any = None
        if request_data is not None and request_data.contains_files:
            data = _build_form(request_data.json_parameters)
            for name, (filename, content, kind) in request_data.multipart_data.items():
                data.add_field(name, content, filename=filename, content_type=kind)
        elif request_data is not None:
            data = request_data.json_parameters
        try:
            timeout = aiohttp.ClientTimeout(total=seconds)
            async with self._api.session.request(method, url, data=data, timeout=timeout) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from None
