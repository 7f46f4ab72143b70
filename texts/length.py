"""Message length limits as Telegram counts them: UTF-16 code units after parsing entities, 4,096 per message, 1,024 per caption."""

import html as markup
import re

MESSAGE, CAPTION, TOAST = 4096, 1024, 200
_PIECE = re.compile(r"<[^>]*>|&[a-z0-9#]+;|[^<&]|[<&]", re.IGNORECASE | re.DOTALL)
_OPENING = re.compile(r"<([a-z][a-z0-9-]*)[^>]*>", re.IGNORECASE)


def units(text: str) -> int:
    """Length of a plain text in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def visible(html: str) -> int:
    """Length of the visible part of an HTML text in UTF-16 code units."""
    return units(plain(html))


def plain(html: str) -> str:
    """The visible part of an HTML text."""
    return markup.unescape(re.sub(r"<[^>]*>", "", html))


def trim(text: str, limit: int) -> str:
    """A plain text cut to `limit` UTF-16 code units, with an ellipsis if something is missing."""
    if units(text) <= limit:
        return text
    kept, used = [], 1
    for character in text:
        used += units(character)
        if used > limit:
            break
        kept.append(character)
    return "".join(kept) + "…"


def split(html: str, limit: int = MESSAGE) -> list[str]:
    """An HTML text in messages of at most `limit` visible UTF-16 code units: cut at line ends if there are any, tags closed and reopened."""
    if visible(html) <= limit:
        return [html]
    parts: list[str] = []
    tags: list[str] = []
    current: list[str] = []
    used, line_end = 0, 0
    for piece in _PIECE.findall(html):
        if _is_tag(piece):
            current.append(piece)
            tags = tags[:-1] if piece.startswith("</") else [*tags, piece]
            continue
        size = units(markup.unescape(piece))
        while used and used + size > limit:
            cut = line_end if line_end and not tags else len(current)
            rest = current[cut:]
            parts.append("".join(current[:cut]).strip("\n") + _close(tags))
            current = [*([] if cut == line_end and not tags else tags), *rest]
            used, line_end = sum(units(markup.unescape(p)) for p in rest if not _is_tag(p)), 0
        current.append(piece)
        used += size
        if piece == "\n" and not tags:
            line_end = len(current)
    parts.append("".join(current).strip("\n"))
    # Telegram refuses a message without a visible character.
    return [part for part in parts if not _blank(part)]


def _blank(html: str) -> bool:
    return not plain(html).strip()


def _is_tag(piece: str) -> bool:
    return len(piece) > 1 and piece.startswith("<")


def _close(tags: list[str]) -> str:
    names = [match.group(1) for tag in reversed(tags) if (match := _OPENING.match(tag))]
    return "".join(f"</{name}>" for name in names)
