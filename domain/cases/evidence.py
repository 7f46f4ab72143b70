"""What has become of a file that somebody attached to a case; stored words."""

import enum


class EvidenceState(enum.StrEnum):
    """Where the copy of our own is. `WAITING`: to be fetched from Telegram; `ERASED`: nobody can read it, and the store is to let it go."""

    WAITING = "waiting"
    KEPT = "kept"
    TOO_BIG = "too_big"
    GONE = "gone"
    INFECTED = "infected"
    ERASED = "erased"
