"""Label width: how many buttons stand side by side on a phone, measured in any script.

Telegram gives the buttons of a row the same width and cuts a label that is longer. A phone of 360 dp leaves some 300 dp to the
keyboard under a message; its font is about 7 dp wide for a Latin letter and twice that for a Chinese one.
"""

import unicodedata
from functools import lru_cache

KEYBOARD, GAP, PADDING = 300, 4, 12
"""In dp: the keyboard under a message, between two buttons, and what a button keeps free beside its label."""

_NARROW, _LATIN, _CAPITAL, _WIDE, _EMOJI = 4, 7, 9, 14, 18
_EMOJI_FROM = 0x1F000
_LABELS_KEPT = 4_096


@lru_cache(_LABELS_KEPT)
def measure_label(label: str) -> int:
    """The width of a label in dp, as a phone's font has it; rather too much than too little."""
    return sum(map(_measure_character, label))


def count_rows(labels: list[str]) -> int:
    """In how many rows of nearly equal length these buttons stand so that no label is cut; as many as there are if one is too long anyway."""
    widest = max(map(measure_label, labels))
    columns = max((KEYBOARD + GAP) // (widest + PADDING + GAP), 1)
    return -(-len(labels) // columns)


def _measure_character(character: str) -> int:
    if ord(character) >= _EMOJI_FROM:
        return _EMOJI
    if unicodedata.category(character) in {"Mn", "Cf"}:
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return _WIDE
    if character in " .,:;·'!|()[]iljtfr1":
        return _NARROW
    return _CAPITAL if character.isupper() or character in "mwMW☑☐✓%" else _LATIN
