"""HTML parser for Telegram's dialect, with Telegram's own words for what it cannot read.

Positions in errors are byte offsets of the UTF-8 text; entity offsets and lengths are UTF-16 code units.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from playground.shape.wire import Json, make_bad_request, utf16_length

_KINDS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("tg-spoiler", "span"), "spoiler"),
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
_PLAIN = re.compile(rb"[^<&]+")
_REFERENCE = re.compile(rb"&(?:#(?:x([0-9a-fA-F]+)|([0-9]+))|(lt|gt|amp|quot)(?![a-zA-Z]));?")
_NAME = re.compile(rb"[^\s>]*")
_SPACE = re.compile(rb"\s*")
_ATTRIBUTE = re.compile(rb"[^\s=>]*")
_TOKEN = re.compile(rb"[A-Za-z0-9.-]*")
_LINK = re.compile(r"(?:https?://)?[^\s/?#.]+(?:\.[^\s/?#.]+)+\S*|tg://\S+|ton://\S+|mailto:\S+", re.IGNORECASE)
_PERSON = re.compile(r"tg://user\?id=(\d+)", re.IGNORECASE)
_LONGEST_REFERENCE = 10

_LAST_CHARACTER = 0x10FFFF

FindUser = Callable[[int], Json | None]


def read_html(text: str, find_user: FindUser) -> tuple[str, list[Json]]:
    """Plain text and entities of an HTML text. Raises CallRefusedError, in Telegram's words, when it cannot be read."""
    return _Html(text.encode("utf-8", "surrogatepass"), find_user).run()


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    start: int


@dataclass(slots=True)
class _Html:
    """One pass over the bytes; `at` is the position, `length` the UTF-16 length written so far."""

    data: bytes
    find_user: FindUser
    at: int = 0
    length: int = 0
    parts: list[str] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def run(self) -> tuple[str, list[Json]]:
        while self.at < len(self.data):
            if plain := _PLAIN.match(self.data, self.at):
                self._write(plain[0].decode("utf-8", "replace"), plain.end())
            elif self.data[self.at] == ord("&"):
                self._reference()
            elif self.data[self.at + 1 : self.at + 2] == b"/":
                self._end_tag(self.at)
            else:
                self._start_tag(self.at)
        if self.open:
            raise _unparsable(f"Can't find end tag corresponding to start tag {self.open[-1].tag}")
        text = "".join(self.parts)
        if any("\ud800" <= char <= "\udfff" for char in text):
            raise _unparsable(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return text, [_without_language(entity) for entity in self.entities]

    def _write(self, text: str, after: int) -> None:
        self.parts.append(text)
        self.length += utf16_length(text)
        self.at = after

    def _reference(self) -> None:
        character, after = _dereference(self.data, self.at)
        self._write(character, after)

    def _start_tag(self, begin: int) -> None:
        name = _NAME.match(self.data, begin + 1)
        if name is None or name.end() == len(self.data):
            raise _unparsable(f"Unclosed start tag at byte offset {begin}")
        tag = name[0].decode("utf-8", "replace").lower()
        if tag not in _KINDS:
            raise _unparsable(f'Unsupported start tag "{tag}" at byte offset {begin}')
        self.at = name.end()
        argument = ""
        while True:
            self._skip_space()
            if self.data[self.at : self.at + 1] == b">":
                break
            argument = self._attribute(tag, begin) or argument
        self.at += 1
        if tag == "span" and argument != "spoiler":
            raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.open.append(_Open(tag, argument, self.length, len(self.parts)))

    def _attribute(self, tag: str, begin: int) -> str:
        """Read one attribute; returns its value if it is the one the tag is about, otherwise an empty text."""
        matched = _ATTRIBUTE.match(self.data, self.at)
        name = matched[0].decode("utf-8", "replace") if matched else ""
        if not name:
            raise _unparsable(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        self.at += len(matched[0]) if matched else 0
        self._skip_space()
        if self.data[self.at : self.at + 1] != b"=":
            if tag == "blockquote" and name == "expandable":
                return "expandable"
            raise _unparsable(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}" at byte offset {begin}'
            )
        self.at += 1
        self._skip_space()
        if self.at >= len(self.data):
            raise _unparsable(f'Unclosed start tag "{tag}" at byte offset {begin}')
        value = self._value()
        if self.at >= len(self.data):
            raise _unparsable(f"Unclosed start tag at byte offset {begin}")
        match tag, name:
            case ("a", "href") | ("tg-emoji", "emoji-id"):
                return value
            case ("code", "class") if value.startswith("language-"):
                return value.removeprefix("language-")
            case ("span", "class") if value.startswith("tg-"):
                return value.removeprefix("tg-")
            case _:
                return ""

    def _value(self) -> str:
        quote = self.data[self.at : self.at + 1]
        if quote not in {b"'", b'"'}:
            token = _TOKEN.match(self.data, self.at)
            end = token.end() if token else self.at
            if not re.match(rb"[\s>]", self.data[end : end + 1]):
                raise _unparsable(f"Unexpected end of name token at byte offset {self.at}")
            value = self.data[self.at : end].decode().lower()
            self.at = end
            return value
        end = self.data.find(quote, self.at + 1)
        end = len(self.data) if end < 0 else end
        raw = self.data[self.at + 1 : end]
        self.at = end + 1
        return _REFERENCE.sub(lambda m: _dereference(m[0], 0)[0].encode("utf-8", "replace"), raw).decode(
            "utf-8", "replace"
        )

    def _end_tag(self, begin: int) -> None:
        if not self.open:
            raise _unparsable(f"Unexpected end tag at byte offset {begin}")
        match = _NAME.match(self.data, begin + 2)
        name = match[0].decode("utf-8", "replace").lower() if match else ""
        self.at = match.end() if match else begin + 2
        self._skip_space()
        if self.data[self.at : self.at + 1] != b">":
            raise _unparsable(f"Unclosed end tag at byte offset {begin}")
        self.at += 1
        opened = self.open.pop()
        if name and name != opened.tag:
            raise _unparsable(
                f'Unmatched end tag at byte offset {begin}, expected "</{opened.tag}>", found "</{name}>"'
            )
        if self.length > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: Json = {"offset": opened.offset, "length": self.length - opened.offset, "type": _KINDS[opened.tag]}
        if opened.tag == "a" and not self._link(entity, opened):
            return
        if opened.tag == "tg-emoji":
            if not opened.argument.isdigit() or not int(opened.argument):
                raise _unparsable("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = opened.argument
        if opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        if opened.tag == "code" and opened.argument:
            entity["language"] = opened.argument
        if opened.tag == "pre" and self.entities:
            inner = self.entities[-1]
            if inner["type"] == "code" and (inner["offset"], inner["length"]) == (entity["offset"], entity["length"]):
                self.entities[-1] = {**inner, "type": "pre"}
                return
        self.entities.append(entity)

    def _link(self, entity: Json, opened: _Open) -> bool:
        """Fill in where the link leads; a link that leads nowhere is plain text."""
        url = opened.argument or "".join(self.parts[opened.start :])
        if person := _PERSON.match(url):
            user = self.find_user(int(person[1]))
            if user is not None:
                entity |= {"type": "text_mention", "user": user}
            return user is not None
        entity["url"] = url if "://" in url or url.startswith("mailto:") else f"http://{url}/"
        return _LINK.fullmatch(url) is not None

    def _skip_space(self) -> None:
        space = _SPACE.match(self.data, self.at)
        self.at = space.end() if space else self.at


def _dereference(data: bytes, at: int) -> tuple[str, int]:
    """The character that the reference at `at` stands for, and where it ends; an `&` that starts no reference is itself."""
    match = _REFERENCE.match(data, at)
    if match is None:
        return "&", at + 1
    if match[3]:
        return _NAMED[match[3]], match.end()
    code = int(match[1], 16) if match[1] else int(match[2])
    digits = match.end() - at - (1 if match[0].endswith(b";") else 0)
    if not 0 < code < _LAST_CHARACTER or digits >= _LONGEST_REFERENCE:
        return "&", at + 1
    return chr(code), match.end()


def _without_language(entity: Json) -> Json:
    """Only a `pre` block names its language."""
    return {k: v for k, v in entity.items() if k != "language"} if entity["type"] == "code" else entity


def _unparsable(why: str) -> Exception:
    return make_bad_request(f"can't parse entities: {why}")
