"""What somebody tells in several messages: words and media, each with the message that said it, so that a later edit finds its place."""

import msgspec

from conversations.protocol import File

PIECES_LIMIT = 30
"""Messages that one draft keeps."""


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """One message of what is told."""

    message: int
    words: str = ""
    file: File | None = None


def join_words(pieces: tuple[Piece, ...]) -> str:
    """Everything in words."""
    return "\n".join(one.words.strip() for one in pieces if one.words.strip())


def list_files(pieces: tuple[Piece, ...]) -> tuple[File, ...]:
    return tuple(one.file for one in pieces if one.file is not None)


def apply_edit(pieces: tuple[Piece, ...], message: int, text: str) -> tuple[Piece, ...] | None:
    """The same with a message that was edited; None where it is not among them, or would leave nothing said."""
    if not message or all(one.message != message for one in pieces):
        return None
    now = tuple(Piece(message, text, one.file) if one.message == message else one for one in pieces)
    return now if join_words(now) or not join_words(pieces) else None
