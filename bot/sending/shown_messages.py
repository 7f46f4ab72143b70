"""Edit deduplication: what each message was last made to say, so that no edit is sent that would change nothing.

1. It is kept in memory: after a restart an edit may be made in vain once more, which Telegram takes ("message is not modified").
2. It is believed for an hour, and not after the chat could not be written to: somebody may have deleted the message, and an edit finds out.
"""

import time
from collections import OrderedDict

MESSAGES_MOST = 4_000
"""How many messages are remembered; the one that was not shown for the longest time is forgotten first."""

BELIEVED_SECONDS = 3600.0


class ShownMessages:
    """What the messages that we sent or edited say, by chat and number."""

    def __init__(self) -> None:
        self._said: OrderedDict[tuple[int, int], tuple[int, float]] = OrderedDict()

    def note(self, chat: int, message: int, payload: str) -> None:
        """This message says this from now on."""
        self._said[chat, message] = hash(payload), time.monotonic()
        self._said.move_to_end((chat, message))
        if len(self._said) > MESSAGES_MOST:
            self._said.popitem(last=False)

    def says(self, chat: int, message: int, payload: str) -> bool:
        """Whether this message is known to say just this."""
        digest, at = self._said.get((chat, message), (None, 0.0))
        return digest == hash(payload) and time.monotonic() - at < BELIEVED_SECONDS

    def forget(self, chat: int) -> None:
        """Nobody knows what stands in this chat."""
        for place in [place for place in self._said if place[0] == chat]:
            del self._said[place]
