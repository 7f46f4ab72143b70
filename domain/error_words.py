"""Errors without anybody's data: what an error quotes may be a person's name, words or number, and logs and lists are for many eyes."""

import re

_QUOTED = re.compile(r"""(?<![A-Za-z])(["']).*\1""")
_DIGITS = re.compile(r"\d{5,}")
_NOT_ASCII = re.compile(r"[^\x20-\x7e]+")
_LENGTH = 200


def mask_error(words: str) -> str:
    """The first line of an error, without what it quotes, long numbers, and whatever is not ASCII."""
    line = words.split("\n", 1)[0][: 4 * _LENGTH]
    for hidden in (_QUOTED, _DIGITS, _NOT_ASCII):
        line = hidden.sub("…", line)
    return line[:_LENGTH]
