"""Chat transcript as plain lines, for golden tests and for people."""

from __future__ import annotations

from playground.shape.wire import Json

_MEDIA = ("photo", "document", "video", "voice", "audio", "animation", "contact")
_SERVICE = (
    *("new_chat_members", "left_chat_member", "new_chat_title", "pinned_message", "migrate_to_chat_id"),
    *(
        "migrate_from_chat_id",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
    ),
)


def format_lines(messages: list[Json]) -> list[str]:
    """One line per message: `[3] bot: How was it? [1][2][3]`."""
    return [format_line(message) for message in messages]


def format_line(message: Json) -> str:
    who = "bot" if message.get("sent_by_bot") else message["from"]["first_name"]
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    buttons = " ".join("".join(f"[{button['text']}]" for button in row) for row in rows)
    return " ".join(part for part in (f"[{message['message_id']}] {who}:", *_format_content(message), buttons) if part)


def _format_content(message: Json) -> list[str]:
    parts = [f"<{kind}>" for kind in _MEDIA if kind in message][:1]
    parts += [f"({kind})" for kind in _SERVICE if kind in message]
    return [*parts, message.get("text") or message.get("caption") or ""]
