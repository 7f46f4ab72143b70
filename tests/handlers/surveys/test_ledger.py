"""`/ledger`: who may see it, which period, and that every delivery is in it once."""

import pytest
from sqlalchemy import update

from domain.deliveries.delivery import Fate
from domain.people import Role
from storage.models import deliveries
from tests.harness.in_process import BOSS, GROUP, LI, WANG, Desk, find_button_data, list_texts, make_delivery
from tests.harness.phone_surveys import MEI, QUALITY, begin_morning, make_unlinked_delivery, set_up_company

MANAGEMENT = -1008


async def lines(desk: Desk, text: str = "/ledger today") -> list[str]:
    """What a manager reads."""
    await desk.grant(BOSS, Role.MANAGER)
    (told,) = list_texts(await desk.say(BOSS, text))
    return told.splitlines()


async def test_a_day_adds_up(desk: Desk) -> None:
    """Deliveries by what became of them and their sum, invitations, responses, calls, and each priority against its target."""
    await desk.press(WANG, find_button_data(await desk.open_survey(), "4"))
    await desk.deliver(*[make_unlinked_delivery(f"W{n}", priority="P1") for n in range(3)], make_delivery("SF2"))
    async with desk.database.begin() as tx:
        await tx.execute(update(deliveries).where(deliveries.c.waybill.like("W%")).values(fate=Fate.UNREACHABLE))
        await tx.execute(update(deliveries).where(deliveries.c.waybill == "SF2").values(fate=Fate.SAMPLED_OUT))
    assert await lines(desk) == [
        "<b>Ledger</b> · 2026-11-23",
        "",
        "<b>Deliveries: 5</b>",
        "· answered in chat: 1",
        "· not sampled: 1",
        "· not reachable in chat: 3",
        "Sum 5 = 5 deliveries ✓",
        "",
        "<b>Invitations: 1</b>",
        "· by the link, open or answered: 1",
        "",
        "<b>Responses: 1</b> (1 in chat, 0 by phone, entered on behalf)",
        "",
        "<b>To be phoned: 0</b>",
        "",
        "<b>By priority</b>",
        "· P1: 3 deliveries, target 80% = 3; sampled 3, asked 0, answered 0, by phone 0; short by 3",
        "· no priority: 2 deliveries, target 100% = 2; sampled 1, asked 1, answered 1, by phone 0; short by 1",
        "Sampling target: 4 more to be asked",
    ]


async def test_calls_are_in_it(desk: Desk) -> None:
    """Yesterday's, by state; who can be reached in chat by now is told apart."""
    await begin_morning(desk, make_unlinked_delivery(), make_unlinked_delivery("SF2"))
    async with desk.database.begin() as tx:
        await tx.execute(update(deliveries).where(deliveries.c.waybill == "SF2").values(fate=Fate.WAITING))
    told = await lines(desk, "/ledger")
    assert told[told.index("<b>To be phoned: 2</b>") :][:3] == [
        "<b>To be phoned: 2</b>",
        "· on the list: 1",
        "· reached in chat meanwhile: 1",
    ]


async def test_a_difference_is_told(desk: Desk) -> None:
    """Two tables that say different things about the same are shown, not smoothed over."""
    await desk.open_survey()
    async with desk.database.begin() as tx:
        await tx.execute(update(deliveries).values(fate=Fate.ANSWERED))
    assert "⚠ Answered in chat: 1 deliveries, but 0 responses" in await lines(desk)


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("/ledger 2026-11", "<b>Ledger</b> · 2026-11-01 – 2026-11-23"),
        ("/ledger week", "<b>Ledger</b> · 2026-11-23"),
        ("/ledger  昨天 ", "<b>Ledger</b> · 2026-11-22"),
    ],
)
async def test_periods_of_the_summary(desk: Desk, text: str, head: str) -> None:
    """The same words as for /summary."""
    assert (await lines(desk, text))[0] == head


async def test_no_period(desk: Desk) -> None:
    """What is no period is answered with what is one."""
    assert await lines(desk, "/ledger <soon>") == desk.text("summary-period-unknown", text="<soon>").splitlines()


async def test_who_may_see_it(desk: Desk) -> None:
    """Managers and quality, in private and in the groups of quality and management; nobody else, nowhere else."""
    await set_up_company(desk)
    await desk.bind("management", MANAGEMENT)
    await desk.grant(BOSS, Role.MANAGER)
    await desk.grant(BOSS, Role.STAFF, "management")
    for who in (LI, BOSS, MEI):
        await desk.grant(who, Role.STAFF, "transport")
    refused = [desk.text("only-oversight")]
    for who, chat in ((LI, None), (WANG, None), (LI, GROUP), (BOSS, GROUP), (MEI, GROUP)):
        assert list_texts(await desk.say(who, "/ledger today", chat)) == refused, (who, chat)
    for who, chat in ((BOSS, None), (MEI, None), (MEI, QUALITY), (BOSS, MANAGEMENT)):
        assert list_texts(await desk.say(who, "/ledger today", chat))[0].startswith("<b>Ledger</b>"), (who, chat)
