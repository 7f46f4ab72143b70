"""Bot API client calls: one call to Telegram, and what its answer means.

What Telegram says, and how we take it: "message is not modified" and "query is too old" are success; a message that is gone is sent
again; 429 waits as long as told; 403 makes a person unreachable or a group lost; a new group id is followed; a medium that
may not be sent becomes a line of text (handlers/people/forbidden_media.py); anything else is refused for good.
"""

from collections import OrderedDict
from contextlib import closing, nullcontext
from dataclasses import replace

import msgspec

from bot.drawing.helper_process import DrawingProcess
from bot.process.telegram import Answer, BotApi, TelegramUnreachedError
from bot.process.worker import Worker
from bot.sending.blank_media import make_blank_media
from bot.sending.evidence_uploads import UNKNOWN_FILE, EvidenceUploads
from bot.sending.forum_topics import ForumTopics, TopicUnansweredError
from bot.sending.outcomes import (
    CLOSED_TOPIC,
    FORBIDDEN,
    MISSING,
    NO_TOPIC,
    CallRefused,
    ChatGone,
    MediumForbidden,
    Outcome,
    RetryLater,
    interpret_failure,
    read_member_status,
    says,
)
from bot.sending.shown_messages import ShownMessages
from handlers.people import forbidden_media, groups, unreachable
from handlers.route import make_membership_answer
from handlers.turns import outbound
from handlers.turns.batch import Batch
from storage.engine.database import Database
from storage.engine.failures import FAILURES
from storage.queue import outbox
from storage.queue.inbox import RawEvent
from storage.queue.outbox import BUTTONS, DOCUMENT, ERASE, PICTURE, PIN, QUERY, SHOW, OwedCall, SentCall

KNOWN_PLACES = 4_000
"""How many places of named messages are kept in memory; the table has them all."""


PROBE_TIMEOUT_SECONDS = 3.0
"""Seconds that Telegram has to say that it is there again."""


class _SentMessage(msgspec.Struct, frozen=True):
    message_id: int


class _OwedQuestion(msgspec.Struct, frozen=True):
    method: str
    params: msgspec.Raw
    update: str


_decode_message = msgspec.json.Decoder(_SentMessage).decode
_decode_album = msgspec.json.Decoder(list[_SentMessage]).decode


class ApiCaller:
    """Makes calls, and knows where named messages are."""

    def __init__(
        self,
        api: BotApi,
        database: Database,
        worker: Worker,
        drawing: DrawingProcess,
        uploads: EvidenceUploads | None = None,
    ) -> None:
        self._api, self._database, self._worker, self._drawing = api, database, worker, drawing
        self._uploads = uploads
        self._places: OrderedDict[tuple[int, str], int] = OrderedDict()
        self._topics = ForumTopics(api, database)
        self._shown = ShownMessages()

    def makes_new(self, call: OwedCall) -> bool:
        """Whether this call adds a message to the chat; if that is not known yet, it may."""
        if call.method in {SHOW, PICTURE}:
            return call.fresh or (call.message_id is None and (call.chat_id or 0, call.name) not in self._places)
        return call.method == DOCUMENT or call.method.startswith("send")

    async def make_call(self, call: OwedCall) -> Outcome:
        try:
            outcome = await self._make(call)
            return await self._say_instead(call) if isinstance(outcome, MediumForbidden) else outcome
        except TopicUnansweredError as error:
            return self._interpret_text(call, error.answer, None)
        except TelegramUnreachedError:
            return RetryLater(unreached=True)

    async def is_reached(self) -> bool:
        """Whether Telegram answers at all."""
        try:
            answer = await self._api.call("getMe", "{}", timeout=PROBE_TIMEOUT_SECONDS)
        except TelegramUnreachedError:
            return False
        return answer.error_code < 500  # noqa: PLR2004 -- HTTP

    async def _make(self, call: OwedCall) -> Outcome | MediumForbidden:
        if call.method == SHOW:
            return await self._show(call)
        if call.method == PICTURE:
            return await self._picture(call)
        if call.method == DOCUMENT:
            return self._interpret(call, await self._new(call, "sendDocument"), None)
        if call.method == QUERY:
            return await self._ask(call)
        if call.method == PIN:
            return await self._pin(call)
        if call.method == ERASE:
            return await self._erase(call)
        answer = await self._new(call, call.method)
        if call.method == BUTTONS and not answer.ok and says(answer, MISSING):
            return SentCall(call.id)
        if self._uploads is not None and not answer.ok and says(answer, UNKNOWN_FILE):
            answer = await self._uploads.send(call, await self._head(call, None)) or answer
        return self._interpret(call, answer, None)

    async def _say_instead(self, call: OwedCall) -> Outcome:
        """The medium may not be sent: a line of text stands in its place, under its name."""
        drawn: list[str] = []

        async def draw(batch: Batch) -> None:
            drawn.append(await forbidden_media.draw_line(batch, call))

        try:
            await self._worker.transact(draw)
        except FAILURES:
            return RetryLater()
        # A picture that is replaced by its line stays one message; any other medium is a message of its own.
        fresh = call.fresh or call.method != PICTURE
        return await self._show(replace(call, method=SHOW, payload=drawn[0], fresh=fresh))

    async def write_down(self, call: OwedCall, outcome: ChatGone | CallRefused) -> None:
        """Record what could not be sent, in a transaction of its own, with everything that follows from it."""

        async def work(batch: Batch) -> None:
            match outcome:
                case ChatGone(_, moved_to) if moved_to is not None:
                    await groups.on_migration(batch, call.chat_id or 0, moved_to)
                case ChatGone(why):
                    await unreachable.mark_unreachable(batch, call, why)
                case CallRefused(why):
                    await outbox.mark_failed(batch.tx, call.id, why)

        await self._worker.transact(work)

    # --- kinds of calls ---

    async def _show(self, call: OwedCall) -> Outcome:
        place = await self._place(call)
        if place is None:
            return self._note_shown(
                call, self._interpret_text(call, await self._new(call, "sendMessage"), place), place
            )
        if self._shown.says(call.chat_id or 0, place, call.payload):
            return self._name_place(call, call.chat_id or 0, place)
        answer = await self._api.call("editMessageText", _prepend_fields(await self._head(call, place), call.payload))
        if not answer.ok and says(answer, MISSING):
            self._places.pop((call.chat_id or 0, call.name), None)
            call.message_id, call.fresh, place = None, True, None
            answer = await self._new(call, "sendMessage")
        return self._note_shown(call, self._interpret_text(call, answer, place), place)

    def _note_shown(self, call: OwedCall, outcome: Outcome, place: int | None) -> Outcome:
        """Remember what the message says from now on, where it is known to."""
        chat = call.chat_id or 0
        known = place if place is not None else self._places.get((chat, call.name))
        if isinstance(outcome, SentCall) and known is not None:
            self._shown.note(chat, known, call.payload)
        elif isinstance(outcome, ChatGone):
            self._shown.forget(chat)
        return outcome

    async def _new(self, call: OwedCall, method: str) -> Answer:
        """Send a new message to the chat: in a new topic if its topic is gone, in none if it is closed."""
        answer = await self._send(call, method)
        if call.topic is None or answer.ok:
            return answer
        if says(answer, NO_TOPIC):
            await self._topics.forget(call.chat_id or 0, call.topic)
            call.topic = call.topic if call.topic > 0 else None
        elif says(answer, CLOSED_TOPIC):
            call.topic = None
        else:
            return answer
        return await self._send(call, method)

    async def _send(self, call: OwedCall, method: str) -> Answer:
        """Send finished JSON as it is; a document is drawn and sent as a form whose fields are JSON each."""
        head = await self._head(call, None)
        if call.method != DOCUMENT:
            return await self._api.call(method, _prepend_fields(head, call.payload))
        document = await self._drawing.file(call.payload)
        if document.instead:
            return await self._api.call("sendMessage", _prepend_fields(head, outbound.make_message(document.instead)))
        known = msgspec.json.decode(f"{{{head}}}", type=dict[str, msgspec.Raw])
        fields = document.fields | {key: bytes(value).decode() for key, value in known.items()}
        with closing(document.content) if not isinstance(document.content, bytes) else nullcontext():
            return await self._api.upload(method, fields, {"document": document.content}, filename=document.filename)

    async def _picture(self, call: OwedCall) -> Outcome | MediumForbidden:
        place = await self._place(call)
        image, fields = await self._drawing.draw(call.payload)
        fields["chat_id"] = str(call.chat_id)
        if place is None:
            thread = await self._topics.thread(call.chat_id or 0, call.topic) if call.topic is not None else None
            fields |= {"message_thread_id": str(thread)} if thread is not None else {}
            answer = await self._api.upload("sendPhoto", fields, {"photo": image})
            return self._interpret(call, answer, place)
        media = {
            "type": "photo",
            "media": "attach://picture",
            "caption": fields.pop("caption"),
            "parse_mode": fields.pop("parse_mode"),
        }
        fields |= {"message_id": str(place), "media": msgspec.json.encode(media).decode()}
        answer = await self._api.upload("editMessageMedia", fields, {"picture": image})
        if not answer.ok and says(answer, MISSING):
            call.message_id, call.fresh = None, True
            self._places.pop((call.chat_id or 0, call.name), None)
            return await self._picture(call)
        return self._interpret(call, answer, place)

    async def _ask(self, call: OwedCall) -> Outcome:
        """A question of ours: the answer comes back through the inbox, together with the update it is about."""
        asked = msgspec.json.decode(call.payload, type=_OwedQuestion)
        answer = await self._api.call(
            asked.method, _prepend_fields(f'"chat_id":{call.chat_id}', bytes(asked.params).decode())
        )
        if not answer.ok and (answer.error_code == 429 or answer.error_code >= 500):  # noqa: PLR2004 -- HTTP
            return self._interpret_text(call, answer, None)
        payload = msgspec.json.encode(make_membership_answer(asked.update, read_member_status(answer)))
        await self._worker.submit(RawEvent("answer", str(call.id), payload))
        return SentCall(call.id)

    async def _pin(self, call: OwedCall) -> Outcome:
        """Pinning is a convenience: if we may not pin, nothing is missing."""
        place = await self._find(call.chat_id or 0, call.name)
        if place is None:
            return SentCall(call.id)
        answer = await self._api.call(
            "pinChatMessage", _prepend_fields(f'"chat_id":{call.chat_id},"message_id":{place}', call.payload)
        )
        return SentCall(call.id) if answer.error_code == 400 else self._interpret_text(call, answer, place)  # noqa: PLR2004 -- Bad Request

    async def _erase(self, call: OwedCall) -> Outcome:
        """Delete a message; what is older than 48 hours Telegram deletes for administrators alone: its words or picture are replaced."""
        chat = call.chat_id or 0
        place = call.message_id if call.message_id is not None else await self._find(chat, call.name)
        if place is None:
            return SentCall(call.id)
        self._places.pop((chat, call.name), None)
        head = f'"chat_id":{chat},"message_id":{place}'
        answer = await self._api.call("deleteMessage", f"{{{head}}}")
        if answer.error_code == 400:  # noqa: PLR2004 -- Bad Request
            answer = await self._api.call("editMessageText", _prepend_fields(head, call.payload))
        if answer.error_code == 400:  # noqa: PLR2004 -- the same
            answer = await self._api.upload("editMessageMedia", *make_blank_media(chat, place, call.payload))
        if answer.error_code == 400:  # noqa: PLR2004 -- it is gone already, or is not ours to change
            return SentCall(call.id)
        return self._interpret_text(replace(call, name=""), answer, place)

    # --- where messages are ---

    async def _place(self, call: OwedCall) -> int | None:
        """The message to edit, None if a new one is wanted.

        Where a new one was owed and then a press came from a message newer than the one we know of, that is the new one: it did arrive,
        and only Telegram's answer was lost. An edit can be repeated without anybody noticing, a message cannot.
        """
        if call.fresh and call.message_id is None:
            return None
        known = await self._find(call.chat_id or 0, call.name) if call.fresh or call.message_id is None else None
        if call.fresh and known is not None and call.message_id is not None and call.message_id <= known:
            return None
        return call.message_id if call.message_id is not None else known

    async def _find(self, chat: int, name: str) -> int | None:
        known = self._places.get((chat, name))
        if known is None:
            async with self._database.read() as tx:
                known = (await outbox.find_messages(tx, [(chat, name)])).get((chat, name))
            if known is not None:
                self._remember(chat, name, known)
        return known

    def _remember(self, chat: int, name: str, message: int) -> None:
        self._places[chat, name] = message
        self._places.move_to_end((chat, name))
        if len(self._places) > KNOWN_PLACES:
            self._places.popitem(last=False)

    async def _head(self, call: OwedCall, place: int | None) -> str:
        """The fields that are known only now."""
        if call.chat_id is None:
            return ""
        if place is not None:
            return f'"chat_id":{call.chat_id},"message_id":{place}'
        head = f'"chat_id":{call.chat_id}'
        thread = await self._topics.thread(call.chat_id, call.topic) if call.topic is not None else None
        if thread is not None:
            head += f',"message_thread_id":{thread}'
        target = await self._find(call.chat_id, call.reply_to) if call.reply_to else None
        if target is not None:
            head += f',"reply_parameters":{{"message_id":{target},"allow_sending_without_reply":true}}'
        return head

    # --- what the answer means ---

    def _interpret(self, call: OwedCall, answer: Answer, place: int | None) -> Outcome | MediumForbidden:
        if not answer.ok and call.method in forbidden_media.MEDIA_CALLS and says(answer, FORBIDDEN):
            return MediumForbidden(answer.description)
        return self._interpret_text(call, answer, place)

    def _interpret_text(self, call: OwedCall, answer: Answer, place: int | None) -> Outcome:
        """The same for a call that sends no medium."""
        if answer.ok:
            return self._record_sent(call, answer, place)
        return interpret_failure(call, answer)

    def _record_sent(self, call: OwedCall, answer: Answer, place: int | None) -> SentCall:
        if not call.name or call.chat_id is None:
            return SentCall(call.id)
        if place is None:
            try:
                place = self._find_new_place(call, call.chat_id, answer)
            except msgspec.MsgspecError:
                return SentCall(call.id)
        return self._name_place(call, call.chat_id, place)

    def _name_place(self, call: OwedCall, chat: int, place: int) -> SentCall:
        """The call is done, and its message is there."""
        if not call.name or self._places.get((chat, call.name)) == place:
            return SentCall(call.id)
        self._remember(chat, call.name, place)
        return SentCall(call.id, chat, call.name, place)

    def _find_new_place(self, call: OwedCall, chat: int, answer: Answer) -> int:
        """Where the new message is; the others of an album have the same name with a number. Raises msgspec.MsgspecError when unreadable."""
        if not bytes(answer.result).startswith(b"["):
            return _decode_message(answer.result).message_id
        first, *others = _decode_album(answer.result)
        for n, other in enumerate(others, 1):
            self._remember(chat, f"{call.name}.{n}", other.message_id)
            self._worker.mark(SentCall(call.id, chat, f"{call.name}.{n}", other.message_id))
        return first.message_id


def _prepend_fields(head: str, payload: str) -> str:
    """Finished JSON with these fields in front."""
    return f"{{{head},{payload[1:]}" if head else payload
