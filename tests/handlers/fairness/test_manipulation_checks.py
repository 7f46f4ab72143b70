"""The weekly list to quality, and `/checks`: each week once, late rather than never, and nobody accused (F3)."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from domain.people import Role
from domain.timer_kinds import TimerKind
from handlers.fairness import manipulation_checks
from handlers.turns.batch import Batch
from storage.models import cases, timers
from tests.harness.case_actions import MEI, QUALITY
from tests.harness.in_process import BOSS, GROUP, LI, WANG, ZHAO, Desk, TelegramUser, find_button_data, list_texts
from tests.harness.rating_appeals import KURT, open_survey, rate_delivery, set_up_courier

MONDAY = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
"""Nine o'clock in Shanghai, on the Monday after the desk's day (a Monday itself)."""


async def armed(desk: Desk) -> datetime:
    """As at the start of the process; when the list is due."""

    async def work(batch: Batch) -> None:
        manipulation_checks.set_weekly_timer(batch)

    await desk.batch(work)
    return await due(desk)


async def due(desk: Desk) -> datetime:
    ((at,),) = await desk.rows(select(timers.c.due_at).where(timers.c.kind == TimerKind.MANIPULATION_CHECKS))
    return at  # type: ignore[no-any-return]


async def look(desk: Desk, who: TelegramUser = MEI, chat: int | None = None) -> str:
    return list_texts(await desk.say(who, "/checks", chat))[-1]


async def lists(desk: Desk, **later: float) -> list[str]:
    """What quality reads when so much time has passed."""
    return [text for text in list_texts(await desk.ring(**later), QUALITY) if "Checks of the ratings" in text]


async def test_armed_for_the_next_monday_morning(desk: Desk) -> None:
    """On a Monday before nine it is today, after nine in a week."""
    assert await armed(desk) == MONDAY
    desk.clock.moment = MONDAY - timedelta(hours=1)
    assert await armed(desk) == MONDAY
    desk.clock.moment = MONDAY
    assert await armed(desk) == MONDAY + timedelta(days=7)


async def test_each_week_once(desk: Desk) -> None:
    """Monday's list is about the seven days before it; nothing found is one line; the next comes in a week, not sooner."""
    await set_up_courier(desk)
    await rate_delivery(desk)
    await armed(desk)
    (text,) = await lists(desk, days=7)
    assert text == desk.text("checks-nothing", first="2026-11-23", last="2026-11-29")
    assert await due(desk) == MONDAY + timedelta(days=7)
    assert await lists(desk, days=1) == []


async def test_late_rather_than_never(desk: Desk) -> None:
    """After a stop of two weeks and a half the weeks that were missed come one after the other, each its own."""
    await set_up_courier(desk)
    await armed(desk)
    spans: list[str] = []
    for _ in range(4):
        spans += await lists(desk, days=17 if not spans else 0)
    assert spans == [
        desk.text("checks-nothing", first=first, last=last)
        for first, last in (("2026-11-23", "2026-11-29"), ("2026-11-30", "2026-12-06"))
    ]


async def test_a_low_rating_that_became_a_five(desk: Desk) -> None:
    """Listed with its n, the day and the courier; the customer and the waybill are not in it; the list says that it is no verdict."""
    await set_up_courier(desk)
    shown = await open_survey(desk)
    for score in ("1", "5"):
        await desk.press(WANG, find_button_data(shown, score))
    text = await look(desk)
    days, couriers = "2026-11-23", desk.plain("checks-courier", names="k17")
    assert desk.text("checks-note") in text
    assert "<b>Low ratings that became good ones</b>: 1. Look at" in text
    assert days in text
    assert couriers in text
    assert not [one for one in ("Wang", "SF1", "8000") if one in text]


async def test_everything_that_can_stand_out(desk: Desk) -> None:
    """Quick answers of one account, a burst of fives, a case that its courier accepted, a withdrawn case: each a line of its own."""
    await set_up_courier(desk)
    for n in range(11):
        await rate_delivery(desk, 5, f"F{n}", TelegramUser(200 + n, "Many"))
        desk.clock.advance(minutes=3)
    for n in range(3):
        await rate_delivery(desk, 4, f"Q{n}", WANG, courier="k18")
    await desk.bind("transport")
    await desk.grant(KURT, Role.STAFF, "transport")
    filed = await desk.press(WANG, find_button_data(await rate_delivery(desk, 1, "C1", WANG), "File a complaint"))
    await desk.press(KURT, find_button_data(filed, "Accept"), GROUP)
    async with desk.database.begin() as tx:
        await tx.execute(cases.update().values(state="withdrawn", closed_at=desk.clock.now()))
    text = await look(desk)
    for words in (
        "<b>Quick answers</b>: 4 responses within 0 s, from the same customer. Look at 2026-11-23, courier k17, k18.",
        "<b>Many fives at once</b>: 11 within 30 min. Look at 2026-11-23, courier k17.",
        "<b>Cases in which the rated courier took part</b>: 1. Look at C-261123-0001, courier k17.",
        "<b>Cases of low ratings, withdrawn</b>: 1. Look at C-261123-0001, courier k17.",
    ):
        assert words in text, text


async def test_a_busy_day_is_no_finding(desk: Desk) -> None:
    """Ten happy customers within an hour, one with two parcels, a slip put right at once: nothing stands out."""
    await set_up_courier(desk)
    for n in range(10):
        await rate_delivery(desk, 5, f"F{n}", TelegramUser(200 + n, "Many"))
    for n in range(2):
        await rate_delivery(desk, 5, f"T{n}", WANG, courier="k18")
    shown = await open_survey(desk, "SLIP", ZHAO, "k19")
    for score in ("5", "1", "5"):
        await desk.press(ZHAO, find_button_data(shown, score))
    assert await look(desk) == desk.text("checks-nothing", first="2026-11-16", last="2026-11-23")


async def test_who_may_look(desk: Desk) -> None:
    """Quality and managers, in private and in their groups; staff, heads and customers hear whose it is, in every chat."""
    await set_up_courier(desk)
    await desk.bind("transport")
    await desk.grant(BOSS, Role.MANAGER)
    await desk.grant(LI, Role.HEAD, "transport")
    nothing = desk.text("checks-nothing", first="2026-11-16", last="2026-11-23")
    for who, chat in ((MEI, None), (MEI, QUALITY), (BOSS, None)):
        assert await look(desk, who, chat) == nothing
    for who, chat in ((LI, None), (LI, GROUP), (WANG, None), (KURT, None)):
        assert await look(desk, who, chat) == desk.text("checks-only-quality")


async def test_without_quality_management_hears(desk: Desk) -> None:
    """The list goes where everything of quality goes then."""
    await desk.grant(BOSS, Role.MANAGER)
    await armed(desk)
    assert [text for text in list_texts(await desk.ring(days=7), BOSS.id) if "Checks of the ratings" in text]


async def test_a_courier_who_rated_himself_and_odd_couriers(desk: Desk) -> None:
    """An account that became the courier's after it had rated; a manager's own courier; a head's courier of another department."""
    await set_up_courier(desk)
    await rate_delivery(desk, 5, "S1", WANG, courier="k20")
    await desk.grant(WANG, Role.COURIER, "k20")
    await desk.grant(BOSS, Role.MANAGER)
    await desk.say(BOSS, f"/grant courier k21 {BOSS.id}")
    await desk.grant(ZHAO, Role.HEAD, "sales")
    await desk.say(ZHAO, f"/grant courier k22 {KURT.id}")
    await open_survey(desk, "S2", LI, courier="k22")
    await desk.say(ZHAO, f"/grant courier k23 {KURT.id}")
    text = await look(desk)
    for words in (
        "<b>Ratings of a courier from the courier's own account</b>: 1. Look at 2026-11-23, courier k20.",
        "<b>Somebody made themselves a courier</b>. Look at /roles, 2026-11-23, courier k21.",
        "<b>A head made somebody a courier of another department</b>. Look at /roles, 2026-11-23, courier k22.",
    ):
        assert words in text, text
    assert "k23" not in text
