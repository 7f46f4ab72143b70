"""A morning with deliveries to be phoned about, and the people of quality who phone."""

from typing import Any

from sqlalchemy import select

from domain.people import Role
from handlers.phone_surveys import callbacks
from handlers.turns.batch import Batch
from storage.models import callbacks as rows
from storage.models import deliveries
from storage.queue import outbox
from storage.queue.outbox import Owed
from tests.harness.inside import Desk, Who, body, data_of, delivery, said

QUALITY = -1009
MEI, SUN = Who(31, "Mei"), Who(32, "Sun")
NUMBER = "+8613912345678"


def unlinked(waybill: str = "SF1", **more: Any) -> dict[str, Any]:  # noqa: ANN401 -- JSON
    """A delivery to somebody who has no chat with us."""
    customer = {"phone": NUMBER, "name": "王小明", "language": "en"}
    return delivery(waybill, customer=customer | more.pop("customer", {}), **({"department": "transport"} | more))


async def company(desk: Desk) -> None:
    """Quality has a group, and two people in it who can be written to; transport has one too."""
    await desk.bind("quality", QUALITY)
    await desk.bind("transport")
    for who in (MEI, SUN):
        await desk.grant(who, Role.QUALITY, "quality")


async def morning(desk: Desk, *items: dict[str, Any]) -> list[Owed]:
    """These deliveries of today were reported, and it is nine o'clock on the next day; what is owed then."""
    await company(desk)
    await desk.deliver(*(items or [unlinked()]))
    await armed(desk)
    return await desk.ring(hours=21)


async def armed(desk: Desk) -> None:
    async def work(batch: Batch) -> None:
        callbacks.arm(batch)

    await desk.batch(work)
    await desk.owed()


async def taken(desk: Desk, who: Who = MEI) -> list[Owed]:
    """It is morning, and somebody has taken the first call; what that shows."""
    return await desk.press(who, data_of(await morning(desk), "Take 1"), QUALITY)


async def again(desk: Desk) -> list[Owed]:
    """The list once more."""
    return await desk.say(SUN, "/callbacks", QUALITY)


def the_list(calls: list[Owed]) -> str:
    """What the newest list says."""
    return [str(body(call)["text"]) for call in calls if call.method == outbox.SHOW and call.chat_id == QUALITY][-1]


def card(calls: list[Owed], who: Who = MEI) -> list[Owed]:
    """The message with the customer's number, in private."""
    return [call for call in calls if call.name.startswith("call:") and call.chat_id == who.id]


def survey(calls: list[Owed], who: Who = MEI) -> list[Owed]:
    """The survey to be filled in, in private."""
    return [call for call in calls if call.name.startswith("s:") and call.chat_id == who.id]


def alerts(calls: list[Owed]) -> list[str]:
    return [text for call in calls if call.method == "answerCallbackQuery" for text in said([call]) if text]


async def state(desk: Desk, waybill: str = "SF1") -> tuple[str, int, str]:
    """Where a call stands: its state, how often it was tried, and the delivery's fate."""
    source = rows.join(deliveries, rows.c.delivery == deliveries.c.id)
    columns = (rows.c.state, rows.c.attempts, deliveries.c.fate)
    statement = select(*columns).select_from(source).where(deliveries.c.waybill == waybill)
    (found,) = await desk.rows(statement)
    return found.state, found.attempts, found.fate


async def delivery_id(desk: Desk, waybill: str = "SF1") -> int:
    ((found,),) = await desk.rows(select(deliveries.c.id).where(deliveries.c.waybill == waybill))
    return int(found)
