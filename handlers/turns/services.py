"""Dependencies that do not change while the process runs: the company, its surveys, the texts, the keys, where numbers come from.

The only thing here that changes is how fast people write, and nothing that is owed depends on it.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from conversations.protocol import Conversation
from domain.company import Company
from domain.masking import mask_words
from domain.people import Audience
from domain.surveys.survey import Survey
from handlers.turns.pace import Paces
from storage.engine.crypto import Keyring
from texts import Texts


def _make_random_id() -> int:
    return secrets.randbits(63)


@dataclass(frozen=True, slots=True)
class Services:
    """What does not change while the process runs. `bot` is the bot's @name."""

    company: Company
    surveys: Mapping[str, Survey]
    texts: Texts
    keyring: Keyring
    dialogues: Mapping[str, Conversation]  # type: ignore[type-arg]  # each dialogue has states of its own
    bot: str
    next_id: Callable[[], int]
    random_id: Callable[[], int] = _make_random_id
    """For what must not be known by when it was made: `next_id` grows with time."""
    menu: Mapping[str, frozenset[Audience]] = field(default_factory=dict)
    """The commands of private chats in their order, and whose menu each is in."""
    paces: Paces = field(default_factory=Paces)

    def mask_words(self, text: str, keep: str = "") -> str:
        """A customer's own words as a group reads them; `keep` is a number that everybody may know."""
        return mask_words(text, self.texts.vocabulary.told, keep)
