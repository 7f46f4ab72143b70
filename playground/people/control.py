"""Control API under `/play`, for the page and for tests: what people do, what they see, and how Telegram fails.

Answers are JSON; what cannot be done is `{"error": "why"}` with 400, an unknown user or chat with 404.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import msgspec
from aiohttp import web

from playground.people.attachments import ImpossibleError
from playground.people.control_body import read_body, respond_json
from playground.people.control_chats import ChatControl
from playground.people.control_watch import WatchControl
from playground.shape.wire import CallRefusedError
from playground.world.faults import Fault
from playground.world.world import World

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class _UserAsked(msgspec.Struct, forbid_unknown_fields=True):
    id: int | None = None
    first_name: str | None = None
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    phone: str | None = None
    role: str | None = None
    note: str | None = None


class Control:
    def __init__(self, world: World) -> None:
        self._world = world
        self.watch = WatchControl(world)
        self._chats = ChatControl(world)

    def routes(self) -> list[web.RouteDef]:
        return [
            *self.watch.routes(),
            *self._chats.routes(),
            web.post("/play/bot", self._bot),
            web.post("/play/users", self._users),
            web.post("/play/seats", self._seats),
            web.post("/play/updates/{update}/repeat", self._repeat),
            web.post("/play/raw", self._raw),
            web.get("/play/faults", self._faults),
            web.post("/play/faults", self._add_fault),
            web.delete("/play/faults", self._remove_faults),
            web.delete("/play/faults/{fault}", self._remove_faults),
            web.post("/play/limits", self._limits),
        ]

    async def _bot(self, request: web.Request) -> web.Response:
        """Change the bot: its name, user name, or whether it reads everything in groups."""
        asked = await read_body(request)
        for name in ("first_name", "username"):
            if name in asked:
                self._world.bot = {**self._world.bot, name: str(asked[name])}
        if "can_read_all_group_messages" in asked:
            self._world.abilities["can_read_all_group_messages"] = bool(asked["can_read_all_group_messages"])
        return respond_json({**self._world.bot, **self._world.abilities})

    async def _users(self, request: web.Request) -> web.Response:
        asked = msgspec.convert(await read_body(request), _UserAsked)
        facts = {name: getattr(asked, name) for name in asked.__struct_fields__ if name != "id"}
        user = self._world.add_user(asked.id, **facts)
        self._world.tell(self._world.chats[user.id])
        return respond_json(user.card())

    async def _seats(self, request: web.Request) -> web.Response:
        """Which seats the page shows: [{"user", "chat", "title"}]."""
        self._world.seats = (await read_body(request))["seats"]
        return respond_json({"seats": self._world.seats})

    async def _repeat(self, request: web.Request) -> web.Response:
        if not self._world.updates.repeat(int(request.match_info["update"])):
            raise ImpossibleError("no such update")
        return respond_json({})

    async def _raw(self, request: web.Request) -> web.Response:
        update = (await read_body(request))["update"]
        return respond_json({"update_id": self._world.updates.inject(update).update_id})

    async def _faults(self, _request: web.Request) -> web.Response:
        return respond_json({"faults": self._world.faults.list_all()})

    async def _add_fault(self, request: web.Request) -> web.Response:
        asked = await read_body(request)
        asked = {name: value for name, value in asked.items() if value is not None}
        if isinstance(asked.get("kind"), int):
            asked["kind"] = str(asked["kind"])
        fault = msgspec.convert(asked, Fault)
        if fault.pid is not None and not self._world.is_own_bot(fault.pid):
            raise ImpossibleError("only the bot of this playground can be killed")
        return respond_json({"id": self._world.faults.add(fault).id})

    async def _remove_faults(self, request: web.Request) -> web.Response:
        number = request.match_info.get("fault")
        if not self._world.faults.remove(int(number) if number else None):
            raise ImpossibleError("no such fault")
        return respond_json({"faults": self._world.faults.list_all()})

    async def _limits(self, request: web.Request) -> web.Response:
        """`strict`: the real limits. `overall`: messages per second instead of 30. `callback_seconds`: how long a press may wait."""
        asked = await read_body(request)
        if "strict" in asked:
            self._world.limits.strict = bool(asked["strict"])
        if "overall" in asked:
            self._world.limits.allow(int(asked["overall"]))
        if "callback_seconds" in asked:
            self._world.callbacks.seconds = float(asked["callback_seconds"])
        return respond_json({"strict": self._world.limits.strict, "callback_seconds": self._world.callbacks.seconds})


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn what cannot be done into an error answer; only under /play."""
    if not request.path.startswith("/play"):
        return await handler(request)
    try:
        return await handler(request)
    except (ImpossibleError, msgspec.ValidationError) as error:
        return respond_json({"error": str(error)}, 400)
    except CallRefusedError as refused:
        return respond_json({"error": refused.description}, 404 if "not found" in refused.description else refused.code)
    except (KeyError, TypeError, ValueError, msgspec.DecodeError) as error:
        return respond_json({"error": f"{type(error).__name__}: {error}"}, 400)
