"""One call to Telegram and what its answer means.

Said by Telegram, and how it is taken: "message is not modified" and "query is too old" are success; a message that is gone is sent anew;
429 waits as told; 403 makes a person unreachable or a group lost; a new group id is followed; anything else is refused for good.
"""

from collections import OrderedDict
from dataclasses import dataclass

import msgspec

from bot.drawing import Drawing
from bot.telegram import Answer, BotApi, Unreached
from bot.worker import Worker
from handlers import groups, unreachable
from handlers.batch import Batch
from handlers.route import Answered
from storage import outbox
from storage.database import Database
from storage.inbox import Arrived
from storage.outbox import ASK, PICTURE, SHOW, Owed, Sent

KNOWN = 50_000
"""Places of named messages kept in memory; the table has them all."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Try again; after `seconds` where Telegram said so. `everybody` is paused on 429."""

    seconds: float | None = None
    everybody: bool = False


@dataclass(frozen=True, slots=True)
class Gone:
    """The chat cannot be written to now: blocked, kicked, without rights, or moved to `moved_to`."""

    why: str
    moved_to: int | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram will never accept this call."""

    why: str


class _Placed(msgspec.Struct, frozen=True):
    message_id: int


class _Asked(msgspec.Struct, frozen=True):
    method: str
    params: msgspec.Raw
    update: str


class _Member(msgspec.Struct, frozen=True):
    status: str


_placed = msgspec.json.Decoder(_Placed).decode
_TOO_LATE = ("message is not modified", "query is too old", "query_id_invalid")
_MISSING = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",
)
_HIDDEN = ("chat_admin_required", "member list is inaccessible")
_LOST = (
    "chat not found",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
    "group chat was deactivated",
    "user is deactivated",
    "peer_id_invalid",
    "user not found",
)


class Telegram:
    """Makes calls, knows where named messages are."""

    def __init__(self, api: BotApi, database: Database, worker: Worker, drawing: Drawing) -> None:
        self._api, self._database, self._worker, self._drawing = api, database, worker, drawing
        self._places: OrderedDict[tuple[int, str], int] = OrderedDict()

    def makes_new(self, call: Owed) -> bool:
        """Whether this call adds a message to the chat; where that is not known yet, it may."""
        if call.method in {SHOW, PICTURE}:
            return call.fresh or (call.message_id is None and (call.chat_id or 0, call.name) not in self._places)
        return call.method.startswith("send")

    async def deliver(self, call: Owed) -> Sent | Wait | Gone | Refused:
        try:
            if call.method == SHOW:
                return await self._show(call)
            if call.method == PICTURE:
                return await self._picture(call)
            if call.method == ASK:
                return await self._ask(call)
            head = await self._head(call, None)
            return self._meaning(call, await self._api.call(call.method, _join(head, call.payload)), None)
        except Unreached:
            return Wait()

    async def write_down(self, call: Owed, outcome: Gone | Refused) -> None:
        """What could not be sent, in a transaction of its own, with everything that follows from it."""

        async def work(batch: Batch) -> None:
            match outcome:
                case Gone(_, moved_to) if moved_to is not None:
                    await groups.migrated(batch, call.chat_id or 0, moved_to)
                case Gone(why):
                    await unreachable.chat_gone(batch, call, why)
                case Refused(why):
                    await outbox.fail(batch.tx, call.id, why)

        await self._worker.transact(work)

    # --- kinds of calls ---

    async def _show(self, call: Owed) -> Sent | Wait | Gone | Refused:
        place = await self._place(call)
        head = await self._head(call, place)
        method = "sendMessage" if place is None else "editMessageText"
        answer = await self._api.call(method, _join(head, call.payload))
        if place is not None and not answer.ok and _says(answer, _MISSING):
            self._places.pop((call.chat_id or 0, call.name), None)
            call.message_id, call.fresh, place = None, True, None
            answer = await self._api.call("sendMessage", _join(await self._head(call, None), call.payload))
        return self._meaning(call, answer, place)

    async def _picture(self, call: Owed) -> Sent | Wait | Gone | Refused:
        place = await self._place(call)
        image, fields = await self._drawing.draw(call.payload)
        fields["chat_id"] = str(call.chat_id)
        if place is None:
            answer = await self._api.upload("sendPhoto", fields, {"photo": image})
            return self._meaning(call, answer, place)
        media = {
            "type": "photo",
            "media": "attach://picture",
            "caption": fields.pop("caption"),
            "parse_mode": fields.pop("parse_mode"),
        }
        fields |= {"message_id": str(place), "media": msgspec.json.encode(media).decode()}
        answer = await self._api.upload("editMessageMedia", fields, {"picture": image})
        if not answer.ok and _says(answer, _MISSING):
            call.message_id, call.fresh = None, True
            self._places.pop((call.chat_id or 0, call.name), None)
            return await self._picture(call)
        return self._meaning(call, answer, place)

    async def _ask(self, call: Owed) -> Sent | Wait | Gone | Refused:
        """A question of ours: the answer enters by the inbox together with the update it is about."""
        asked = msgspec.json.decode(call.payload, type=_Asked)
        answer = await self._api.call(asked.method, _join(f'"chat_id":{call.chat_id}', bytes(asked.params).decode()))
        if not answer.ok and (answer.error_code == 429 or answer.error_code >= 500):  # noqa: PLR2004 -- HTTP
            return self._meaning(call, answer, None)
        payload = msgspec.json.encode(Answered(asked.update, _status(answer)))
        await self._worker.submit(Arrived("answer", str(call.id), payload))
        return Sent(call.id)

    # --- where messages are ---

    async def _place(self, call: Owed) -> int | None:
        if call.fresh:
            return None
        return call.message_id if call.message_id is not None else await self._find(call.chat_id or 0, call.name)

    async def _find(self, chat: int, name: str) -> int | None:
        known = self._places.get((chat, name))
        if known is None:
            async with self._database.read() as tx:
                known = (await outbox.find(tx, [(chat, name)])).get((chat, name))
            if known is not None:
                self._remember(chat, name, known)
        return known

    def _remember(self, chat: int, name: str, message: int) -> None:
        self._places[chat, name] = message
        self._places.move_to_end((chat, name))
        if len(self._places) > KNOWN:
            self._places.popitem(last=False)

    async def _head(self, call: Owed, place: int | None) -> str:
        """The fields that are known only now."""
        if call.chat_id is None:
            return ""
        if place is not None:
            return f'"chat_id":{call.chat_id},"message_id":{place}'
        if call.reply_to:
            target = await self._find(call.chat_id, call.reply_to)
            if target is not None:
                reply = f'"reply_parameters":{{"message_id":{target},"allow_sending_without_reply":true}}'
                return f'"chat_id":{call.chat_id},{reply}'
        return f'"chat_id":{call.chat_id}'

    # --- what the answer means ---

    def _meaning(self, call: Owed, answer: Answer, place: int | None) -> Sent | Wait | Gone | Refused:
        if answer.ok:
            return self._sent(call, answer, place)
        if answer.error_code == 429 or answer.parameters.retry_after is not None:  # noqa: PLR2004 -- Too Many Requests
            return Wait(answer.parameters.retry_after or 1, everybody=True)
        if answer.parameters.migrate_to_chat_id is not None:
            return Gone(answer.description, answer.parameters.migrate_to_chat_id)
        if _says(answer, _TOO_LATE):
            return Sent(call.id)
        if answer.error_code == 403 or (_says(answer, _LOST) and call.chat_id is not None):  # noqa: PLR2004 -- Forbidden
            return Gone(answer.description)
        if answer.error_code == 400:  # noqa: PLR2004 -- Bad Request
            return Refused(answer.description)
        return Wait()

    def _sent(self, call: Owed, answer: Answer, place: int | None) -> Sent:
        if not call.name or call.chat_id is None:
            return Sent(call.id)
        if place is None:
            try:
                place = _placed(answer.result).message_id
            except msgspec.MsgspecError:
                return Sent(call.id)
        elif self._places.get((call.chat_id, call.name)) == place:
            return Sent(call.id)
        self._remember(call.chat_id, call.name, place)
        return Sent(call.id, call.chat_id, call.name, place)


def _join(head: str, payload: str) -> str:
    """Finished JSON with these fields in front."""
    return f"{{{head},{payload[1:]}" if head else payload


def _status(answer: Answer) -> str:
    """What `getChatMember` says; where members are hidden from us, being able to act in the group proves that somebody is in it."""
    if answer.ok:
        return msgspec.json.decode(answer.result, type=_Member).status
    return "member" if _says(answer, _HIDDEN) else "left"


def _says(answer: Answer, phrases: tuple[str, ...]) -> bool:
    said = answer.description.lower()
    return any(phrase in said for phrase in phrases)
