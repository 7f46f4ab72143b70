"""Control API for observing, under `/play`: state, messages, calls, and the live stream of events."""

from __future__ import annotations

import asyncio
from time import monotonic

from aiohttp import web

from playground.people.attachments import ImpossibleError
from playground.people.control_body import respond_json
from playground.shape.wire import Json, encode
from playground.world.events import Event
from playground.world.files import KINDS
from playground.world.updates import count_updates
from playground.world.world import World

PAGE = 100
MOST = 1_000
QUIET_MILLISECONDS = 150
_TICK = 0.01
_KEEP_ALIVE = 15.0


class WatchControl:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/play/state", self._state),
            web.get("/play/chats/{chat}/messages", self._messages),
            web.get("/play/chats/{chat}/commands", self._commands),
            web.get("/play/callbacks/{callback}", self._callback),
            web.get("/play/files/{file}", self._file),
            web.get("/play/updates", self._updates),
            web.get("/play/calls", self._calls),
            web.get("/play/settled", self._settled),
            web.get("/play/wait", self._wait),
            web.get("/play/events", self._events),
        ]

    async def _state(self, _request: web.Request) -> web.Response:
        world = self._world
        state: Json = {
            "bot": {**world.bot, **world.abilities},
            "users": [user.card() for user in world.users.values() if user.listed],
            "chats": [chat.card() for chat in world.chats.values() if chat.user is None or chat.user.listed],
            "seats": world.seats or self._default_seats(),
            "commands": world.menu.list_all(),
            "faults": world.faults.list_all(),
            "limits": {"strict": world.limits.strict},
        }
        state |= {name: extra() for name, extra in world.extras.items()}
        return respond_json(state)

    def _default_seats(self) -> list[Json]:
        """Every person's private chat, and in every group its first member."""
        seats: list[Json] = []
        for chat in self._world.chats.values():
            if chat.user is not None:
                seats.append({"user": chat.id, "chat": chat.id, "title": chat.user.first_name})
            elif chat.members and chat.migrated_to is None:
                seats.append({"user": next(iter(chat.members)), "chat": chat.id, "title": chat.title})
        return seats

    async def _messages(self, request: web.Request) -> web.Response:
        """A page of messages, the viewer's reply keyboard, and the number of the last event, to wait from."""
        world, query = self._world, request.query
        chat = world.find(int(request.match_info["chat"]))
        limit = min(int(query.get("limit", PAGE)), MOST)
        before = int(query["before"]) if "before" in query else None
        page = chat.messages.page(before=before, limit=limit)
        keyboard = chat.keyboards.get(int(query.get("viewer", 0)))
        return respond_json(
            {"messages": [world.present(m) for m in page], "keyboard": keyboard, "event": world.events.last}
        )

    async def _commands(self, request: web.Request) -> web.Response:
        """The menu the viewer sees in this chat."""
        user = self._world.users.get(int(request.query["viewer"]))
        if user is None:
            raise ImpossibleError("no such viewer")
        return respond_json(
            {"commands": self._world.menu.find_commands(self._world.find(int(request.match_info["chat"])), user)}
        )

    async def _callback(self, request: web.Request) -> web.Response:
        callback = self._world.callbacks.get(request.match_info["callback"])
        if callback is None:
            raise ImpossibleError("no such callback")
        return respond_json({"answered": callback.answer is not None, **(callback.answer or {})})

    async def _file(self, request: web.Request) -> web.Response:
        file = self._world.files.get(request.match_info["file"])
        if file is None:
            raise ImpossibleError("no such file")
        known = file.media if isinstance(file.media, dict) else {}
        mime = known.get("mime_type", KINDS[file.kind][2])
        safe = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        return web.Response(body=file.data, content_type=mime, headers=safe)

    async def _updates(self, _request: web.Request) -> web.Response:
        return respond_json(count_updates(self._world.updates))

    async def _calls(self, request: web.Request) -> web.Response:
        return respond_json({"calls": self._world.calls.since(int(request.query.get("since", 0)))})

    async def _settled(self, request: web.Request) -> web.Response:
        """Answer when nothing is waiting for the bot and it has been quiet for `quiet_ms`; 400 after `timeout` seconds."""
        quiet = float(request.query.get("quiet_ms", QUIET_MILLISECONDS)) / 1000
        end = monotonic() + float(request.query.get("timeout", 10))
        world, calls, updates = self._world, self._world.calls, self._world.updates
        busy_at = 0.0
        while True:
            now = monotonic()
            if updates.pending or world.courier.holding or calls.acting:
                busy_at = now
            if now - max(busy_at, updates.touched, calls.touched) >= quiet:
                return respond_json({"calls": calls.last})
            if now > end:
                raise ImpossibleError(f"not settled: {count_updates(updates)}, {calls.acting} calls under way")
            await asyncio.sleep(_TICK)

    async def _wait(self, request: web.Request) -> web.Response:
        """Answer as soon as there is an event after `after`, or after `timeout` seconds without one."""
        events = self._world.events
        after = int(request.query.get("after", events.last))
        if events.last <= after:
            queue = events.join()
            try:
                async with asyncio.timeout(float(request.query.get("timeout", 10))):
                    await queue.get()
            except TimeoutError:
                pass
            finally:
                events.leave(queue)
        return respond_json({"event": events.last})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events (HTML standard); `Last-Event-ID` (or `?after=`) resumes."""
        events = self._world.events
        after = request.headers.get("Last-Event-ID") or request.query.get("after")
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"})
        queue = events.join()
        missed = events.since(int(after)) if after and after.isdigit() else []
        try:
            await stream.prepare(request)
            await stream.write(b"retry: 500\n\n" + b"".join(map(_format_event, missed)))
            await _relay(queue, stream)
        except ConnectionError:
            pass
        finally:
            events.leave(queue)
        return stream


async def _relay(queue: asyncio.Queue[Event | None], stream: web.StreamResponse) -> None:
    while True:
        try:
            async with asyncio.timeout(_KEEP_ALIVE):
                event = await queue.get()
        except TimeoutError:
            await stream.write(b": still here\n\n")
            continue
        batch = []
        while event is not None:
            batch.append(_format_event(event))
            if queue.empty():
                break
            event = queue.get_nowait()
        if batch:
            await stream.write(b"".join(batch))
        if event is None:
            return


def _format_event(event: Event) -> bytes:
    number, kind, data = event
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (number, kind.encode(), encode(data))
