"""A morning with deliveries to be phoned about, and the people of quality who phone."""

from typing import Any

from sqlalchemy import select

from domain.people import Role
from handlers.phone_surveys import phone_list
from handlers.turns.batch import Batch
from storage.models import callbacks as rows
from storage.models import deliveries
from storage.queue import outbox
from storage.queue.outbox import OwedCall
from tests.harness.in_process import Desk, TelegramUser, find_button_data, list_texts, make_delivery, read_body

QUALITY = -1009
MEI, SUN = TelegramUser(31, "Mei"), TelegramUser(32, "Sun")
NUMBER = "+8613912345678"


def make_unlinked_delivery(waybill: str = "SF1", **more: Any) -> dict[str, Any]:  # noqa: ANN401 -- JSON
    """A delivery to somebody who has no chat with us."""
    customer = {"phone": NUMBER, "name": "王小明", "language": "en"}
    return make_delivery(waybill, customer=customer | more.pop("customer", {}), **({"department": "transport"} | more))


async def set_up_company(desk: Desk) -> None:
    """Quality has a group, and two people in it who can be written to; transport has one too."""
    await desk.bind("quality", QUALITY)
    await desk.bind("transport")
    for who in (MEI, SUN):
        await desk.grant(who, Role.QUALITY, "quality")


async def begin_morning(desk: Desk, *items: dict[str, Any]) -> list[OwedCall]:
    """These deliveries of today were reported, and it is nine o'clock on the next day; what is owed then."""
    await set_up_company(desk)
    await desk.deliver(*(items or [make_unlinked_delivery()]))
    await arm_phone_list(desk)
    return await desk.ring(hours=21)


async def arm_phone_list(desk: Desk) -> None:
    async def work(batch: Batch) -> None:
        phone_list.set_morning_timer(batch)

    await desk.batch(work)
    await desk.fetch_owed()


async def take_first_call(desk: Desk, who: TelegramUser = MEI) -> list[OwedCall]:
    """It is morning, and somebody has taken the first call; what that shows."""
    return await desk.press(who, find_button_data(await begin_morning(desk), "Take 1"), QUALITY)


async def show_list_again(desk: Desk) -> list[OwedCall]:
    """The list once more."""
    return await desk.say(SUN, "/callbacks", QUALITY)


def find_newest_list(calls: list[OwedCall]) -> str:
    """What the newest list says."""
    return [str(read_body(call)["text"]) for call in calls if call.method == outbox.SHOW and call.chat_id == QUALITY][
        -1
    ]


def find_phone_card(calls: list[OwedCall], who: TelegramUser = MEI) -> list[OwedCall]:
    """The message with the customer's number, in private."""
    return [call for call in calls if call.name.startswith("call:") and call.chat_id == who.id]


def find_survey(calls: list[OwedCall], who: TelegramUser = MEI) -> list[OwedCall]:
    """The survey to be filled in, in private."""
    return [call for call in calls if call.name.startswith("s:") and call.chat_id == who.id]


def list_alerts(calls: list[OwedCall]) -> list[str]:
    return [text for call in calls if call.method == "answerCallbackQuery" for text in list_texts([call]) if text]


async def fetch_call_state(desk: Desk, waybill: str = "SF1") -> tuple[str, int, str]:
    """Where a call stands: its state, how often it was tried, and the delivery's fate."""
    source = rows.join(deliveries, rows.c.delivery == deliveries.c.id)
    columns = (rows.c.state, rows.c.attempts, deliveries.c.fate)
    statement = select(*columns).select_from(source).where(deliveries.c.waybill == waybill)
    (row,) = await desk.rows(statement)
    return row.state, row.attempts, row.fate


async def fetch_delivery_id(desk: Desk, waybill: str = "SF1") -> int:
    ((delivery,),) = await desk.rows(select(deliveries.c.id).where(deliveries.c.waybill == waybill))
    return int(delivery)
