"""Messages about a case, under its card and to its customer."""

from dataclasses import replace

from handlers.cases.life import cards, telling
from handlers.turns.batch import Batch
from storage.cases import cases
from tests.harness.case_messages import set_up_owned_case
from tests.harness.in_process import GROUP, WANG, Desk, list_texts


async def test_told_under_the_card(desk: Desk) -> None:
    """A sentence about a case replies to its card, and has a name that leads a reply back to the case."""
    id_ = await set_up_owned_case(desk)
    numbers: list[str] = []

    async def work(batch: Batch) -> None:
        case = await cases.get(batch.tx, id_)
        assert case is not None
        numbers.append(case.number)
        await telling.tell(batch, case, "review-due")

    (call,) = (await desk.batch(work)).calls
    assert (call.chat_id, call.reply_to) == (GROUP, cards.card_name(id_))
    assert call.name.startswith(f"c:{id_}:")
    assert numbers[0] in list_texts([call])[0]


async def test_the_customer_is_the_one_who_has_a_chat(desk: Desk) -> None:
    """Nobody to write to is nobody."""
    id_ = await set_up_owned_case(desk)

    async def look(batch: Batch) -> None:
        case = await cases.get(batch.tx, id_)
        assert case is not None
        customer = await telling.find_customer(batch, case)
        assert customer is not None
        assert customer.telegram_id == WANG.id
        assert await telling.find_customer(batch, replace(case, customer=None)) is None

    await desk.batch(look)
