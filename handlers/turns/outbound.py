"""Message rendering: screens and texts turned into the finished JSON of a Bot API call, made once, in the transaction that enqueues it.

Texts are HTML; what is longer than a message is split deliberately, with the keyboard under the last part.
"""

from collections.abc import Sequence

import msgspec

from conversations.buttons import pack
from conversations.protocol import Key, KeyboardRow, Screen, Text, Words
from texts import Texts, escape
from texts.length import TOAST, trim
from texts.width import count_rows

_encode = msgspec.json.encode


def draw_screen(texts: Texts, language: str, screen: Screen) -> str:
    return "\n\n".join(draw_part(texts, language, part) for part in screen.parts)


def draw_part(texts: Texts, language: str, part: Text | Words) -> str:
    return texts.html(language, part.key, part.args) if isinstance(part, Text) else escape(part.text)


def draw_keyboard(texts: Texts, language: str, rows: Sequence[KeyboardRow]) -> list[list[dict[str, str]]]:
    """Inline buttons as the Bot API wants them; a row whose labels would be cut on a phone becomes several."""
    return [part for row in rows for part in _split_row([_draw_key(texts, language, key) for key in row])]


def make_message(
    html: str, buttons: list[list[dict[str, str]]] | None = None, *, force_reply: str | None = None
) -> str:
    """The body of a message; `force_reply` opens the mentioned person's reply box with this placeholder."""
    body: dict[str, object] = {"text": html, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    if buttons:
        body["reply_markup"] = {"inline_keyboard": buttons}
    elif force_reply is not None:
        body["reply_markup"] = {
            "force_reply": True,
            "selective": True,
            "input_field_placeholder": trim(force_reply, 64),
        }
    return _encode(body).decode()


def make_buttons(message_id: int, buttons: list[list[dict[str, str]]]) -> str:
    """The body of a call that replaces the buttons of a message and nothing else."""
    return _encode({"message_id": message_id, "reply_markup": {"inline_keyboard": buttons}}).decode()


def make_contact_request(html: str, label: str) -> str:
    """A message with Telegram's own button that shares the sender's phone number."""
    button = {"text": label, "request_contact": True}
    markup = {"keyboard": [[button]], "resize_keyboard": True, "one_time_keyboard": True}
    return _encode({"text": html, "parse_mode": "HTML", "reply_markup": markup}).decode()


def make_keyboard_removal(html: str) -> str:
    """A message that takes the contact button away again."""
    return _encode({"text": html, "parse_mode": "HTML", "reply_markup": {"remove_keyboard": True}}).decode()


def make_toast(callback: str, text: str = "", *, alert: bool = False) -> str:
    """The answer to a press."""
    body: dict[str, object] = {"callback_query_id": callback}
    if text:
        body["text"] = trim(text, TOAST)
    if alert:
        body["show_alert"] = True
    return _encode(body).decode()


def make_media_call(kind: str, file: str) -> tuple[str, str]:
    """The method and body that send one file again by its id."""
    method = {
        "photo": "sendPhoto",
        "video": "sendVideo",
        "document": "sendDocument",
        "voice": "sendVoice",
        "audio": "sendAudio",
    }
    return method.get(kind, "sendVideoNote"), _encode({kind: file}).decode()


def make_media_calls(files: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Send files, given as (kind, id), in as few calls as Telegram allows: photos and videos together, documents
    together, 2 to 10 at a time.
    """
    calls: list[tuple[str, str]] = []
    for kinds in ({"photo", "video"}, {"document"}, {"audio"}):
        group = [file for file in files if file[0] in kinds]
        for start in range(0, len(group), 10):
            chunk = group[start : start + 10]
            if len(chunk) == 1:
                calls.append(make_media_call(*chunk[0]))
            else:
                items = [{"type": kind, "media": file} for kind, file in chunk]
                calls.append(("sendMediaGroup", _encode({"media": items}).decode()))
    calls += [
        make_media_call(kind, file) for kind, file in files if kind not in {"photo", "video", "document", "audio"}
    ]
    return calls


def _split_row(row: list[dict[str, str]]) -> list[list[dict[str, str]]]:
    count = count_rows([key["text"] for key in row]) if row else 1
    if count == 1:
        return [row]
    size, larger = divmod(len(row), count)
    sizes = [size + (place < larger) for place in range(count)]
    starts = [sum(sizes[:place]) for place in range(count)]
    return [row[start : start + length] for start, length in zip(starts, sizes, strict=True)]


def _draw_key(texts: Texts, language: str, key: Key) -> dict[str, str]:
    label = texts.plain(language, key.label.key, key.label.args) if isinstance(key.label, Text) else key.label.text
    assert key.button is not None  # noqa: S101 -- contact keys are not inline
    return {"text": label, "callback_data": pack(key.button)}
