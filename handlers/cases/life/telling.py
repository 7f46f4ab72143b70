"""Messages about a case: under its card in the chats of staff, and to its customer, in the reader's language."""

from collections.abc import Sequence

from conversations.protocol import KeyboardRow
from domain.cases.case import Case
from domain.people import Person
from handlers.cases.life import cards
from handlers.cases.life.card_chats import list_working_chats
from handlers.turns import outbound
from handlers.turns.batch import Batch
from storage.people import people
from storage.queue.outbox import OwedCall, Priority
from texts import escape


async def tell(
    batch: Batch, case: Case, key: str, *, named: Sequence[Person] = (), named_first: bool = False, **args: str | int
) -> None:
    """A sentence under the card, in every chat that leads or oversees."""
    who = mention(named)
    for chat, language in (await list_working_chats(batch, case)).items():
        html = batch.services.texts.html(language, key, {"number": case.number, **args})
        say_under_card(batch, chat, case, f"{who}\n{html}" if named_first else f"{html} {who}".strip())


def mention(named: Sequence[Person]) -> str:
    """Names that notify; without those who are not there any more."""
    there = (person for person in named if person.telegram_id)
    return ", ".join(f'<a href="tg://user?id={person.telegram_id}">{escape(person.name)}</a>' for person in there)


def say_under_card(batch: Batch, chat: int, case: Case, html: str) -> None:
    """A message under the card; it has a name, so that a reply to it is known to be about this case, for good."""
    name, card = f"c:{case.id}:{batch.services.next_id()}", cards.card_name(case.id)
    batch.say(chat, html, priority=Priority.STAFF, reply_to=card, name=name, topic=case.id)


def forward_files(batch: Batch, chat: int, case: Case, files: list[tuple[str, str]]) -> None:
    """Show what the customer attached under the card."""
    for method, body in outbound.make_media_calls(files):
        id_ = batch.services.next_id()
        name = f"c:{case.id}:{id_}"
        call = OwedCall(
            id_, chat, method, body, name, priority=Priority.STAFF, reply_to=cards.card_name(case.id), topic=case.id
        )
        batch.owe(call)


def tell_customer(
    batch: Batch, customer: Person, key: str, rows: tuple[KeyboardRow, ...] = (), name: str = "", **args: str | int
) -> None:
    """A sentence to the customer in the customer's own language."""
    hold_if_unreachable(batch, customer)
    html = batch.services.texts.html(customer.language, key, args)
    if not rows and not name:
        batch.say(customer.telegram_id, html)
        return
    batch.show(customer.telegram_id, name, html, rows, language=customer.language, fresh=True)


async def find_customer(batch: Batch, case: Case) -> Person | None:
    """The case's customer, if there is a chat to reach the customer in."""
    if case.customer is None:
        return None
    customer = (await people.fetch_by_id(batch.tx, [case.customer])).get(case.customer)
    return customer if customer is not None and customer.telegram_id else None


async def find_owner(batch: Batch, case: Case) -> list[Person]:
    """The owner, for a mention; empty where nobody is."""
    return list((await people.fetch_by_id(batch.tx, [case.owner])).values()) if case.owner is not None else []


def hold_if_unreachable(batch: Batch, person: Person) -> None:
    """What is owed to somebody who blocked the bot is not sent in vain: it waits, and comes on return."""
    if not person.reachable:
        batch.closed.add(person.telegram_id)
