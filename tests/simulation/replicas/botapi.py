"""Simulated Bot API: it accepts, refuses, answers late or never, and is away; it remembers what people saw, and who said so."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from bot.process.telegram import TIMEOUT_SECONDS, Answer, TelegramUnreachedError
from tests.simulation.replicas.loop import OWNER, Process, VirtualLoop


@dataclass(slots=True)
class Seen:
    """A new message in a chat (or an edit, if `edited`); an edit changes one."""

    at: float
    chat: int
    text: str
    process: Process
    message: int
    edited: bool = False
    lost: bool = False
    """Whether its sender never hears that it was accepted."""


class _Asked(msgspec.Struct):
    chat_id: int = 0
    message_id: int = 0
    text: str = ""
    offset: int = 0
    timeout: float = 0
    limit: int = 100


class BotApiServer:
    """Telegram's side."""

    def __init__(self, loop: VirtualLoop) -> None:
        self.loop = loop
        self.seen: list[Seen] = []
        self.waiting_updates: dict[int, bytes] = {}
        self.confirmed: set[int] = set()
        self.away = False
        self._messages = 0
        self._shown: dict[tuple[int, int], str] = {}
        self._polls: list[tuple[_Asked, asyncio.Future[Answer]]] = []
        self.on_call: Callable[[str], str] = lambda _method: ""
        """What goes wrong with this call: `flood`, `error`, `nothing`, `lost`, `late`; empty for nothing."""
        self.on_accepted: Callable[[Seen], None] = lambda _seen: None

    def push(self, id_: int, raw: bytes) -> None:
        """An update to be polled."""
        self.waiting_updates[id_] = raw
        polls, self._polls = self._polls, []
        for asked, answer in polls:
            self._give_updates(asked, answer)

    def text_of(self, chat: int, message: int) -> str:
        return self._shown[chat, message]

    def arrive(self, process: Process, method: str, body: str, answer: "asyncio.Future[Answer]") -> None:
        """A request has reached Telegram; whether its sender still lives no longer matters."""
        random = self.loop.random
        fault = "away" if self.away else self.on_call(method)
        if fault in {"away", "nothing"}:
            if random.random() < 0.7:
                self.loop.outside(0.01, _lose, answer)
            return  # otherwise silence
        asked = msgspec.json.decode(body, type=_Asked)
        if fault == "error":
            self._respond(answer, Answer(ok=False, error_code=502, description="Bad Gateway"))
        elif fault == "flood":
            self._respond(answer, _make_flood(random.choice((1, 2, 3))))
        elif method == "getUpdates":
            self._give_updates(asked, answer)
        elif method == "getMe":
            self._respond(answer, Answer(ok=True, result=msgspec.Raw(b'{"id":1}')))
        elif method == "editMessageText" and self._shown.get((asked.chat_id, asked.message_id)) == asked.text:
            self._respond(answer, Answer(ok=False, error_code=400, description="Bad Request: message is not modified"))
        else:
            self._accept(process, method, asked, answer, fault)

    def _accept(
        self, process: Process, method: str, asked: _Asked, answer: "asyncio.Future[Answer]", fault: str
    ) -> None:
        is_edit = method == "editMessageText"
        self._messages += 1
        message = asked.message_id if is_edit else self._messages
        self._shown[asked.chat_id, message] = asked.text
        late = self.loop.random.uniform(2, 40) if fault == "late" else 0.0
        lost = fault == "lost" or late > TIMEOUT_SECONDS - 1
        seen = Seen(self.loop.now, asked.chat_id, asked.text, process, message, is_edit, lost)
        self.seen.append(seen)
        self.on_accepted(seen)
        result = Answer(ok=True, result=msgspec.Raw(msgspec.json.encode({"message_id": message})))
        if fault == "lost":
            self.loop.outside(0.01, _lose, answer)
        else:
            self._respond(answer, result, late)

    def _give_updates(self, asked: _Asked, answer: "asyncio.Future[Answer]") -> None:
        for id_ in [id_ for id_ in self.waiting_updates if id_ < asked.offset]:
            del self.waiting_updates[id_]
            self.confirmed.add(id_)
        if not self.waiting_updates:
            self._polls = [(asked, answer)]  # a second poll ends the first, as Telegram has it
            self.loop.outside(asked.timeout, self._respond, answer, Answer(ok=True, result=msgspec.Raw(b"[]")))
            return
        raw = [self.waiting_updates[id_] for id_ in sorted(self.waiting_updates)[: asked.limit]]
        self._respond(answer, Answer(ok=True, result=msgspec.Raw(b"[" + b",".join(raw) + b"]")))

    def _respond(self, answer: "asyncio.Future[Answer]", what: Answer, late: float = 0.0) -> None:
        self.loop.outside(late + self.loop.random.uniform(0, 0.06), _give, answer, what)


def _give(answer: "asyncio.Future[Answer]", what: Answer) -> None:
    if not answer.done():
        answer.set_result(what)


class SimulatedBotApi:
    """The client of one process, with the face of `bot.process.telegram.BotApi`."""

    def __init__(self, server: BotApiServer) -> None:
        self._server = server

    async def call(self, method: str, body: str, *, timeout: float | None = None) -> Answer:  # noqa: ASYNC109 -- as the real one
        loop, process = self._server.loop, OWNER.get()
        answer: asyncio.Future[Answer] = loop.create_future()
        loop.outside(loop.random.uniform(0, 0.04), self._server.arrive, process, method, body, answer)
        try:
            async with asyncio.timeout(timeout or TIMEOUT_SECONDS):
                return await answer
        except TimeoutError:
            raise TelegramUnreachedError(f"{method}: TimeoutError") from None


def _lose(answer: "asyncio.Future[Answer]") -> None:
    if not answer.done():
        answer.set_exception(TelegramUnreachedError("the connection was lost"))
        answer.exception()


def _make_flood(seconds: int) -> Answer:
    said = f'{{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{{"retry_after":{seconds}}}}}'
    return msgspec.json.decode(said, type=Answer)
