"""A turn: one event being answered, by whom, where, and in which language."""

import functools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from conversations.protocol import Text
from domain.company import Company
from domain.deliveries.delivery import Delivery
from domain.people import Grant, Person
from domain.vocabulary import Vocabulary
from handlers.turns.batch import Batch, make_lane
from handlers.turns.inbound import Arrival
from handlers.turns.services import Services
from storage.engine.database import Tx
from storage.people import people


@dataclass(slots=True)
class Turn:
    """One event being answered: who, where, in which language. `pressed_at` is the message a press came from."""

    batch: Batch
    person: Person
    chat: int
    lane: str
    language: str
    private: bool
    callback: str = ""
    pressed_at: int | None = None
    message: int = 0
    """The message this event is, or was pressed on."""
    answered: bool = False
    doubted: frozenset[Grant] = frozenset()
    """Roles that do not count for this event: nobody can say whether they stand."""
    arrival: Arrival | None = None
    quiet: bool = False
    """Whether its sender floods us: only what a dialogue needs is answered."""

    @property
    def heard(self) -> Arrival:
        """The update that is answered. Raises LookupError in a turn that no update began."""
        if self.arrival is None:
            raise LookupError("this turn answers no update")
        return self.arrival

    @property
    def tx(self) -> Tx:
        return self.batch.tx

    @property
    def now(self) -> datetime:
        return self.batch.now

    @property
    def services(self) -> Services:
        return self.batch.services

    @property
    def company(self) -> Company:
        return self.batch.services.company

    @property
    def vocabulary(self) -> Vocabulary:
        return self.batch.services.texts.vocabulary

    async def load_roles(self) -> None:
        """Roles are read when something depends on them; a rating does not."""
        self.person = self.without_doubted((await people.attach_grants(self.tx, [self.person]))[0])

    def without_doubted(self, person: Person) -> Person:
        return replace(person, grants=person.grants - self.doubted) if self.doubted else person

    def text(self, key: str, /, **args: str | int) -> str:
        return self.services.texts.html(self.language, key, args)

    def plain(self, key: str, /, **args: str | int) -> str:
        return self.services.texts.plain(self.language, key, args)

    def join(self, words: Iterable[str]) -> str:
        """One after the other, with what the language puts between them."""
        listed = list(words)
        return functools.reduce(lambda one, more: self.plain("list-and", one=one, more=more), listed) if listed else ""

    def list_departments(self, keys: Iterable[str], *, keyed: bool = False) -> str:
        """Departments by name; `keyed`: with the keys that commands take."""
        names = {key: self.company.department_name(key, self.language) for key in keys}
        listed = (self.plain("department-keyed", name=name, key=key) for key, name in names.items())
        return self.join(listed if keyed else names.values())

    def list_days(self, deliveries: Iterable[Delivery]) -> dict[str, str]:
        """The day on which each delivery came, in company time, by its id."""
        zone = self.company.zone
        return {str(one.id): one.delivered_at.astimezone(zone).date().isoformat() for one in deliveries}

    def say(self, key: str, /, **args: str | int) -> None:
        self.batch.say(self.chat, self.text(key, **args))

    def say_html(self, html: str) -> None:
        """A message that is made of several texts."""
        self.batch.say(self.chat, html)

    def toast(self, key: str, /, *, alert: bool = False, **args: str | int) -> None:
        """Answer the press with a sentence; without a press, say it."""
        self.tell(Text(key, args), alert=alert)

    def tell(self, text: Text, *, alert: bool = False) -> None:
        """The same for a text that a dialogue made."""
        if not self.callback:
            self.say(text.key, **text.args)
        elif not self.answered:
            self.answered = True
            self.batch.answer(self.callback, self.plain(text.key, **text.args), alert=alert)

    def finish(self) -> None:
        """Every press is answered, once, after what can be seen."""
        if self.callback and not self.answered:
            self.answered = True
            self.batch.answer(self.callback)


def make_private_turn(batch: Batch, person: Person) -> Turn:
    """A turn in the private chat of somebody who has not just written, and was met.

    Raises LookupError for somebody who was not: what is begun there would hide what the same batch reads later.
    """
    lane = make_lane(person.telegram_id)
    if lane not in batch.sessions:
        raise LookupError(f"nobody has met {lane} in this transaction")
    return Turn(batch, person, person.telegram_id, lane, person.language, private=True)


async def open_turn(batch: Batch, telegram_id: int) -> Turn | None:
    """The same for one person, met now; None for somebody unknown."""
    await batch.load_people([telegram_id])
    person = batch.people.get(telegram_id)
    return make_private_turn(batch, person) if person is not None else None
