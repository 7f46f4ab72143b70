"""Deferred attachments (pictures and files): what they show is counted in the transaction, and they are drawn when sent."""

from collections.abc import Sequence

import msgspec

from conversations.protocol import KeyboardRow
from handlers.turns import outbound
from handlers.turns.batch import Batch
from reports import wire
from storage.queue import outbox
from storage.queue.outbox import OwedCall, Priority


def send_picture(
    batch: Batch,
    chat: int,
    kind: str,
    facts: object,
    *,
    language: str,
    name: str = "",
    caption: str = "",
    rows: Sequence[KeyboardRow] = (),
    message_id: int | None = None,
    fresh: bool = True,
    priority: Priority = Priority.PEOPLE,
) -> None:
    """Enqueue a picture of `kind` (see bot/drawing); `caption` is finished HTML. Unless `fresh`, it replaces the
    message `name` in place.
    """
    buttons = outbound.draw_keyboard(batch.services.texts, language, tuple(rows))
    body = {
        "caption": caption,
        "parse_mode": "HTML",
        "reply_markup": {"inline_keyboard": buttons},
        "picture": kind,
        "facts": wire.pack(facts),
        "language": language,
    }
    call = OwedCall(batch.services.next_id(), chat, outbox.PICTURE, msgspec.json.encode(body).decode(), name)
    call.fresh, call.message_id, call.priority = fresh, None if fresh else message_id, priority
    batch.owe(call)


def send_file(
    batch: Batch,
    chat: int,
    kind: str,
    facts: object,
    *,
    filename: str,
    language: str,
    name: str = "",
    caption: str = "",
    reply_to: str = "",
    topic: int | None = None,
    priority: Priority = Priority.PEOPLE,
) -> None:
    """Enqueue a document of `kind` (see bot/drawing), always as a new message."""
    body = {
        "caption": caption,
        "parse_mode": "HTML",
        "filename": filename,
        "file": kind,
        "facts": wire.pack(facts),
        "language": language,
    }
    packed = msgspec.json.encode(body).decode()
    id_ = batch.services.next_id()
    batch.owe(OwedCall(id_, chat, outbox.DOCUMENT, packed, name, priority=priority, reply_to=reply_to, topic=topic))
