"""Message entities: text and its formatting, given in any of the ways the Bot API allows."""

from __future__ import annotations

from playground.shape.detect import detect_entities
from playground.shape.markup import FindUser, read_html
from playground.shape.wire import Json, make_bad_request, utf16_length


def parse_text(
    text: str, parse_mode: str | None, explicit: list[Json] | None, find_user: FindUser = lambda _: None
) -> tuple[str, list[Json]]:
    """Plain text without outer white space, and its entities, including detected links and commands.

    Raises:
        CallRefusedError: when `parse_mode` is unknown, or is Markdown, which is not served here.
    """
    mode = (parse_mode or "").lower()
    if mode in {"markdown", "markdownv2"}:
        raise make_bad_request("can't parse entities: the local server reads HTML and plain text, not Markdown")
    if mode not in {"", "html", "none"}:
        raise make_bad_request("unsupported parse_mode")
    entities = list(explicit or [])
    if mode == "html":
        text, entities = read_html(text, find_user)
    text, entities = _trim(text, entities)
    return text, sorted(
        entities + detect_entities(text, entities), key=lambda entity: (entity["offset"], -entity["length"])
    )


def _trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    lead = len(text) - len(text.lstrip())
    trimmed = text.strip()
    if not entities:
        return trimmed, []
    shift, end = utf16_length(text[:lead]), utf16_length(trimmed)
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - shift)
        stop = min(end, entity["offset"] + entity["length"] - shift)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    return trimmed, kept
