"""Couriers report deliveries from their own chat, where the company allows it: each their own, once, with a code for the customer."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from conversations.buttons import RateDeliveryButton
from domain.people import Role
from storage.models import audit, deliveries, invitations
from storage.queue import outbox
from storage.queue.outbox import OwedCall
from tests.harness.in_process import GROUP, LI, WANG, ZHAO, Desk, TelegramUser, list_texts, make_delivery, read_body


@pytest.fixture
async def open_desk(desk: Desk) -> Desk:
    """Li is courier k17, Zhao k18 and k19; the company allows it."""
    await desk.grant(LI, Role.COURIER, "k17")
    await desk.grant(ZHAO, Role.COURIER, "k18")
    await desk.grant(ZHAO, Role.COURIER, "k19")
    company = desk.services.company
    allowed = replace(company, invitations=replace(company.invitations, couriers_report=True))
    desk.services = desk.worker._services = replace(desk.services, company=allowed)
    return desk


def shown(calls: list[OwedCall]) -> dict[str, Any]:
    """The one picture that is owed."""
    (call,) = calls
    assert (call.method, call.fresh) == (outbox.PICTURE, True)
    return read_body(call)


async def count(desk: Desk) -> int:
    return int((await desk.rows(select(func.count()).select_from(deliveries)))[0][0])


async def test_a_delivery_is_reported_at_the_door(open_desk: Desk) -> None:
    """Of the source courier, now, by this courier, reachable by its link alone; the code is the link's; the log says who."""
    await open_desk.grant(LI, Role.STAFF, "transport")
    picture = shown(await open_desk.say(LI, "/delivered SF1234"))
    assert picture["qr"] in picture["caption"]
    assert "<b>SF1234</b>" in picture["caption"]
    (row,) = await open_desk.rows(select(deliveries))
    assert (row.waybill, row.source, row.courier, row.department, row.fate) == (
        "SF1234",
        "courier",
        "k17",
        "transport",
        "unreachable",
    )
    assert (row.delivered_at, row.person, row.phone_hash, row.ref_hash) == (open_desk.clock.now(), None, None, None)
    (entry,) = await open_desk.rows(select(audit.c.what, audit.c.after).where(audit.c.subject == f"delivery:{row.id}"))
    assert tuple(entry) == ("delivery.reported", "k17")


async def test_the_customer_opens_the_link(open_desk: Desk) -> None:
    """And is asked about this courier's delivery; from then on the delivery is hers."""
    picture = shown(await open_desk.say(LI, "/delivered SF1234"))
    calls = await open_desk.say(WANG, f"/start {picture['qr'].partition('start=')[2]}")
    assert "SF1234" in list_texts(calls)[0]
    (row,) = await open_desk.rows(
        select(deliveries.c.fate, deliveries.c.person, invitations.c.courier).join(invitations)
    )
    assert (row.fate, row.courier) == ("opened", "k17")
    assert row.person is not None


async def test_the_same_again_is_the_same(open_desk: Desk) -> None:
    """One delivery, one moment, one link, however it is written."""
    first = shown(await open_desk.say(LI, "/delivered SF1234"))
    open_desk.clock.advance(hours=2)
    for text in ("SF1234", "  sf1234 ", "ＳＦ１２３４", "SF1234 k17"):
        assert shown(await open_desk.say(LI, f"/delivered {text}")) == first
    assert [tuple(row) for row in await open_desk.rows(select(deliveries.c.delivered_at))] == [
        (open_desk.clock.now() - timedelta(hours=2),)
    ]


async def test_a_delivery_that_is_known_already(open_desk: Desk) -> None:
    """Reported by the company's system for this courier: its own link, and no second delivery."""
    (result,) = await open_desk.deliver(make_delivery("SF1", courier={"id": "k17"}))
    assert shown(await open_desk.say(LI, "/delivered SF1"))["qr"] == result.link
    assert await count(open_desk) == 1


@pytest.mark.parametrize("courier", [{"id": "k99"}, {}])
async def test_somebody_elses_waybill(open_desk: Desk, courier: dict[str, str]) -> None:
    """Another courier's, or nobody's by name: no link, no second delivery, nothing said about it."""
    await open_desk.deliver(make_delivery("SF1", courier=courier))
    (answer,) = list_texts(await open_desk.say(LI, "/delivered SF1"))
    assert (
        answer
        == "Our records say that another courier has SF1. If you are delivering it, please ask your dispatcher to correct that."
    )
    assert shown(await open_desk.say(LI, "/delivered SF2"))
    assert "another courier has" in list_texts(await open_desk.say(ZHAO, "/delivered SF2"))[0]
    assert await count(open_desk) == 2


async def test_who_is_several_couriers_says_which(open_desk: Desk) -> None:
    """Only of their own; a known delivery needs no saying."""
    (asked,) = list_texts(await open_desk.say(ZHAO, "/delivered SF1"))
    assert "k18, k19" in asked
    assert "Your courier ID: k18, k19" in list_texts(await open_desk.say(ZHAO, "/delivered SF1 k17"))[0]
    assert await count(open_desk) == 0
    first = shown(await open_desk.say(ZHAO, "/delivered SF1 k19"))
    assert shown(await open_desk.say(ZHAO, "/delivered SF1")) == first
    assert [tuple(row) for row in await open_desk.rows(select(deliveries.c.courier))] == [("k19",)]


@pytest.mark.parametrize(
    "text", ["", "hello", "x", "<b>1</b>", "SF1 SF2", "SF1 k17 k17", "１" * 65, "🙂1", "SF1\u202e2", "-1"]
)
async def test_nonsense(open_desk: Desk, text: str) -> None:
    """Says how it is written, with the courier's id; nothing is made of it."""
    (answer,) = list_texts(await open_desk.say(LI, f"/delivered {text}"))
    assert answer.startswith("Write the waybill number after the command")
    assert answer.endswith("Your courier ID: k17")
    assert await count(open_desk) == 0


async def test_not_a_courier(open_desk: Desk) -> None:
    """A customer and staff are told whom to ask; in a group nothing happens."""
    await open_desk.grant(WANG, Role.STAFF, "transport")
    assert list_texts(await open_desk.say(WANG, "/delivered SF1"))[0].startswith("This is for couriers.")
    await open_desk.bind("transport")
    assert await open_desk.say(LI, "/delivered SF1", GROUP) == []
    assert "private" in list_texts(await open_desk.say(LI, "/delivered@huifang_bot SF1", GROUP))[0]
    assert await count(open_desk) == 0


async def test_where_the_company_does_not_allow_it(desk: Desk) -> None:
    """As it is until huifang.toml says otherwise: nothing is reported, and neither menu nor help names it."""
    await desk.grant(LI, Role.COURIER, "k17")
    assert list_texts(await desk.say(LI, "/delivered SF1"))[0].startswith(
        "Your company's own system reports the deliveries"
    )
    assert "/delivered" not in list_texts(await desk.say(LI, "/help"))[0]
    assert await count(desk) == 0


async def test_the_menu_and_the_help_name_it(open_desk: Desk) -> None:
    """A courier's, from the grant on."""
    from handlers.people import roles
    from handlers.turns.turn import Turn

    async with open_desk.database.read() as tx:
        from storage.people import people

        li = (await people.fetch_by_account(tx, [LI.id]))[LI.id]

    async def menu(batch: Any) -> None:  # noqa: ANN401 -- a batch
        await roles.show_menu(Turn(batch, li, LI.id, f"{LI.id}:{LI.id}", "en", private=True), li.id)

    await open_desk.batch(menu)
    (call,) = await open_desk.fetch_owed()
    assert "delivered" in [command["command"] for command in read_body(call)["commands"]]
    assert "/delivered" in list_texts(await open_desk.say(LI, "/help"))[0]
    assert "/delivered" not in list_texts(await open_desk.say(WANG, "/help"))[0]


@pytest.mark.parametrize("courier", [LI, ZHAO])
async def test_a_courier_does_not_rate_himself(open_desk: Desk, courier: TelegramUser) -> None:
    """By the link just shown to him; the link stays the customer's, the delivery nobody's until then."""
    picture = shown(await open_desk.say(courier, "/delivered SF1234 k18" if courier is ZHAO else "/delivered SF1234"))
    start = f"/start {picture['qr'].partition('start=')[2]}"
    assert list_texts(await open_desk.say(courier, start)) == [open_desk.text("link-yours", waybill="SF1234")]
    assert [row.person for row in await open_desk.rows(select(deliveries.c.person))] == [None]
    assert "SF1234" in list_texts(await open_desk.say(WANG, start))[0]


async def test_a_courier_rates_no_delivery_of_his_from_the_list(open_desk: Desk) -> None:
    """A parcel to his own number that he carried himself; a forged button of /rate is the same."""
    contact = {"phone_number": "+8613800138000", "first_name": "Li", "user_id": LI.id}
    await open_desk.say(LI, None, contact=contact)
    await open_desk.deliver(make_delivery(courier={"id": "k17"}))
    ((id_,),) = await open_desk.rows(select(deliveries.c.id))
    calls = await open_desk.press(LI, RateDeliveryButton(id_))
    assert open_desk.plain("link-yours", waybill="SF1") in list_texts(calls)
    assert await open_desk.rows(select(invitations.c.id)) == []
