"""Minimal bot: it calls and it polls. For tests of the server, and for tests that need a second opinion."""

from __future__ import annotations

from typing import Any

import aiohttp

from playground.shape.wire import Json, decode


class BareBot:
    def __init__(self, url: str, token: str, http: aiohttp.ClientSession) -> None:
        self.http = http
        self.base = f"{url}/bot{token}"
        self.offset = 0

    async def call(self, method: str, **params: object) -> Json:
        """The whole answer, whatever it says. Raises AssertionError when it contradicts the HTTP status."""
        async with self.http.post(f"{self.base}/{method}", json=params) as answer:
            body: Json = decode(await answer.read())
            if body["ok"] is not (answer.status == 200) or body.get("error_code", 200) != answer.status:  # noqa: PLR2004
                raise AssertionError(f"status {answer.status} does not fit {body}")
            return body

    async def ok(self, method: str, **params: object) -> Any:  # noqa: ANN401  every method has its own result
        """The result of a call that must succeed. Raises AssertionError when it does not."""
        body = await self.call(method, **params)
        if not body["ok"]:
            raise AssertionError(body["description"])
        return body["result"]

    async def no(self, method: str, **params: object) -> str:
        """The description of a call that must be refused. Raises AssertionError when it is not."""
        body = await self.call(method, **params)
        if body["ok"]:
            raise AssertionError(f"{method} was not refused: {body['result']}")
        return str(body["description"])

    async def updates(self, **params: object) -> list[Json]:
        """The updates that are waiting; they are confirmed at once."""
        got: list[Json] = await self.ok("getUpdates", offset=self.offset, **params)
        if got:
            self.offset = max(update["update_id"] for update in got) + 1
            await self.ok("getUpdates", offset=self.offset, limit=1)
        return got
