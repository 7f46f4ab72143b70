"""Entity detection as Telegram does it: commands, links, mentions, hashtags, e-mail addresses."""

from __future__ import annotations

import re

from playground.shape.wire import Json, utf16_length

_TRIGGER = re.compile(r"[/@#]|\.\w")
_FINDERS = (
    (
        "url",
        re.compile(r"(?<![\w@.])(?:https?://\S+|(?:[\w-]+\.)+(?:com|org|net|me|io|cn|info)(?:/\S*)?)(?<![.,;:!?)])"),
    ),
    ("email", re.compile(r"(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("bot_command", re.compile(r"(?<![\w/@<])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<![\w@./])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#\w*[^\W\d]\w*")),
)
_OPAQUE = frozenset({"code", "pre", "text_link", "text_mention", "url", "mention", "email"})


def detect_entities(text: str, known: list[Json]) -> list[Json]:
    """What `text` contains beyond the entities already known; nothing inside code or links."""
    if not _TRIGGER.search(text):
        return []
    taken = [(e["offset"], e["offset"] + e["length"]) for e in known if e["type"] in _OPAQUE]
    entities: list[Json] = []
    for kind, pattern in _FINDERS:
        for match in pattern.finditer(text):
            start = utf16_length(text[: match.start()])
            end = start + utf16_length(match[0])
            if all(end <= a or start >= b for a, b in taken):
                entities.append({"offset": start, "length": end - start, "type": kind})
                taken.append((start, end))
    return entities
