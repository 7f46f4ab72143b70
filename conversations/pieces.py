"""Multi-message input: words and media, each with the message it came in, so that a later edit finds its place."""

from collections.abc import Iterable

import msgspec

from conversations.protocol import File

PIECES_LIMIT = 30
"""The most messages in one draft."""


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """One message of the input."""

    message: int
    words: str = ""
    file: File | None = None


def join_words(pieces: tuple[Piece, ...]) -> str:
    """All the words together."""
    return "\n".join(one.words.strip() for one in pieces if one.words.strip())


def shorten(text: str, characters: int) -> str:
    """At most this many characters of what somebody wrote, for showing it again."""
    return text if len(text) <= characters else text[:characters] + "…"


def list_files(pieces: tuple[Piece, ...]) -> tuple[File, ...]:
    return tuple(one.file for one in pieces if one.file is not None)


def continues_album(files: Iterable[File], file: File) -> bool:
    """Whether this is one more part of an album of which a part is there: all of it is answered once."""
    return bool(file.album) and any(one.album == file.album for one in files)


def apply_edit(pieces: tuple[Piece, ...], message: int, text: str) -> tuple[Piece, ...] | None:
    """The pieces after one message was edited; None if it is not among them, or if nothing would be left."""
    if not message or all(one.message != message for one in pieces):
        return None
    now = tuple(Piece(message, text, one.file) if one.message == message else one for one in pieces)
    return now if join_words(now) or not join_words(pieces) else None
