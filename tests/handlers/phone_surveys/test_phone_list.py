"""The morning's list: who is on it, how it looks, and that it always shows how things stand."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from conversations.buttons import PhoneListButton
from domain.deliveries.delivery import Fate
from domain.people import Role
from domain.timer_kinds import TimerKind
from storage.models import callbacks as rows
from storage.models import deliveries, timers
from storage.queue import outbox
from tests.harness.in_process import (
    BOSS,
    GROUP,
    LI,
    NOON,
    WANG,
    Desk,
    find_button_data,
    list_labels,
    list_texts,
    make_delivery,
    read_body,
)
from tests.harness.phone_surveys import (
    MEI,
    QUALITY,
    SUN,
    arm_phone_list,
    begin_morning,
    find_newest_list,
    list_alerts,
    make_unlinked_delivery,
    set_up_company,
    show_list_again,
)

CONTACT = {"phone_number": "8613800138000", "first_name": "Wang", "user_id": WANG.id}


async def listed(desk: Desk) -> list[tuple[str, str]]:
    """Waybills and the day they were listed for."""
    statement = select(deliveries.c.waybill, rows.c.day).join(deliveries, rows.c.delivery == deliveries.c.id)
    return [tuple(row) for row in await desk.rows(statement.order_by(deliveries.c.waybill))]


async def test_yesterdays_unreached_are_shown_to_quality(desk: Desk) -> None:
    """Masked names and last digits, the time, a button each; who has no number is counted; then whether yesterday adds up."""
    calls = await begin_morning(
        desk, make_unlinked_delivery(), make_unlinked_delivery("SF2", customer={"phone": None, "ref": "C-7"})
    )
    shown, closing = [call for call in calls if call.chat_id == QUALITY]
    assert read_body(shown)["text"].splitlines() == [
        "<b>To be phoned</b> · 1 delivery from 2026-11-23",
        "No phone number, cannot be phoned: 1",
        "",
        "1 customer could not be reached in chat. Take it, and you get the number and the survey in private.",
        "1. SF1 · 王** · ***5678 · 2026-11-23 11:00",
    ]
    assert list_labels(shown) == ["Take 1"]
    assert read_body(closing)["text"].splitlines() == [
        "<b>Yesterday: 2 deliveries</b>",
        "not reachable in chat 2",
        "Sum 2 = 2 deliveries ✓",
        "<b>Responses: 0</b> (0 in chat, 0 by phone, entered on behalf)",
        "Sampling target: 2 more to be asked",
    ]
    assert await listed(desk) == [("SF1", "2026-11-23")]


async def test_a_day_is_half_open(desk: Desk) -> None:
    """From midnight to midnight of the company's clock: the last second of the day before and today's first are not yesterday's."""
    midnight = NOON.replace(hour=16) - timedelta(days=1)  # of the 23rd in Shanghai
    edges = {"A": -1, "B": 0, "C": 86399, "D": 86400}
    items = [
        make_unlinked_delivery(name, delivered_at=(midnight + timedelta(seconds=after)).isoformat())
        for name, after in edges.items()
    ]
    await begin_morning(desk, *items)
    assert await listed(desk) == [("B", "2026-11-23"), ("C", "2026-11-23")]


async def test_only_who_was_sampled_and_cannot_be_reached(desk: Desk) -> None:
    """Of all fates two are phoned."""
    items = [make_unlinked_delivery(fate.name) for fate in Fate]
    await set_up_company(desk)
    await desk.deliver(*items)
    async with desk.database.begin() as tx:
        for fate in Fate:
            await tx.execute(update(deliveries).where(deliveries.c.waybill == fate.name).values(fate=fate))
    await arm_phone_list(desk)
    await desk.ring(hours=21)
    assert [waybill for waybill, _ in await listed(desk)] == ["BLOCKED", "UNREACHABLE"]


async def test_an_invitation_refused_is_phoned(desk: Desk) -> None:
    """Linked by a reference, with a number of their own, and blocked: on the list."""
    await desk.say(WANG, contact=CONTACT)
    await set_up_company(desk)
    await desk.deliver(make_delivery("SF9"))
    await desk.member(WANG, "kicked")
    async with desk.database.begin() as tx:
        values = {"fate": Fate.BLOCKED, "phone": None, "phone_hash": None}
        await tx.execute(update(deliveries).values(**values))
    await arm_phone_list(desk)
    assert "SF9 · W*** · ***8000" in find_newest_list(await desk.ring(hours=21))


async def test_what_became_unreachable_later_comes_the_next_morning(desk: Desk) -> None:
    """Waiting when the list of its day was made, blocked an hour after: on the next list, once."""
    await begin_morning(desk, make_unlinked_delivery(), make_unlinked_delivery("SF2"))
    async with desk.database.begin() as tx:
        await tx.execute(rows.delete())
        await tx.execute(update(deliveries).where(deliveries.c.waybill == "SF2").values(fate=Fate.WAITING))
    await desk.ring(minutes=1)
    async with desk.database.begin() as tx:
        await tx.execute(update(deliveries).values(fate=Fate.BLOCKED))
    calls = await desk.ring(days=1)
    assert await listed(desk) == [("SF1", "2026-11-24"), ("SF2", "2026-11-24")]
    assert "Yesterday" not in "".join(list_texts(calls))
    assert "Still open from earlier days: 2" in find_newest_list(await desk.ring(days=1))


async def test_late_rather_than_never_and_once_a_day(desk: Desk) -> None:
    """After four days' stop one list comes, with the deliveries of all those days; the next one comes the next morning."""
    await begin_morning(desk)
    for day in (1, 2, 3):
        at = NOON + timedelta(days=day)
        desk.clock.moment, now = at, desk.clock.moment
        await desk.deliver(make_unlinked_delivery(f"DAY{day}", delivered_at=at.isoformat()))
        desk.clock.moment = now
    calls = await desk.ring(days=4)
    assert len([call for call in calls if call.chat_id == QUALITY and "To be phoned" in read_body(call)["text"]]) == 1
    assert [waybill for waybill, _ in await listed(desk)] == ["DAY1", "DAY2", "DAY3", "SF1"]
    assert await desk.ring(hours=23) == []
    ((due,),) = await desk.rows(select(timers.c.due_at).where(timers.c.kind == TimerKind.PHONE_LIST))
    assert due == desk.clock.now() + timedelta(hours=1)


async def test_nothing_to_call(desk: Desk) -> None:
    """A day without deliveries is no message; one where everybody could be asked says so in one."""
    await set_up_company(desk)
    await arm_phone_list(desk)
    assert await desk.ring(hours=21) == []
    await desk.say(WANG, contact=CONTACT)
    await desk.deliver(make_delivery("SF3", delivered_at=desk.clock.now().isoformat()))
    calls = [call for call in await desk.ring(days=1) if call.chat_id == QUALITY]
    (text,) = list_texts(calls)
    assert text.startswith(f"{desk.text('calls-none')}\n<b>Yesterday: 1 delivery</b>")


async def test_ten_a_page(desk: Desk) -> None:
    """Turned in place, numbered on; a page that is gone shows the last one."""
    items = [
        make_unlinked_delivery(f"W{n:02}", delivered_at=(NOON - timedelta(hours=2) + timedelta(minutes=n)).isoformat())
        for n in range(1, 13)
    ]
    calls = await begin_morning(desk, *items)
    shown = [call for call in calls if call.chat_id == QUALITY and call.method == outbox.SHOW]
    assert [label for label in list_labels(shown[0]) if "Take" in label] == [f"Take {n}" for n in range(1, 11)]
    second = await desk.press(MEI, find_button_data(calls, "More ▸"), QUALITY, at=77)
    assert list_labels(second[0]) == ["Take 11", "Take 12", "◂ Previous"]
    assert (second[0].message_id, second[0].fresh) == (77, False)
    async with desk.database.begin() as tx:
        await tx.execute(rows.update().values(state="refused"))
    assert "All calls are done" in find_newest_list(await desk.press(MEI, PhoneListButton(5), QUALITY))


async def test_a_list_is_for_quality_in_its_group(desk: Desk) -> None:
    """Others, elsewhere and in private turn nothing and are told where; a manager who is not of quality too."""
    await begin_morning(desk)
    await desk.grant(BOSS, Role.MANAGER)
    await desk.grant(LI, Role.STAFF, "transport")
    for who, chat in ((BOSS, None), (LI, GROUP), (MEI, None), (LI, None)):
        assert list_texts(await desk.say(who, "/callbacks", chat)) == [desk.text("calls-where")]
        assert list_alerts(await desk.press(who, PhoneListButton(0), chat)) == [desk.plain("not-yours")]


async def test_the_list_once_more(desk: Desk) -> None:
    """/callbacks shows it below everything else; where nothing is open it says so."""
    await set_up_company(desk)
    assert list_texts(await show_list_again(desk)) == [desk.text("calls-none")]
    await desk.deliver(make_unlinked_delivery())
    await arm_phone_list(desk)
    await desk.ring(hours=21)
    (shown,) = [call for call in await show_list_again(desk) if call.chat_id == QUALITY]
    assert (shown.fresh, list_labels(shown)) == (True, ["Take 1"])


async def test_somebody_new_in_the_group_is_asked_about_first(desk: Desk) -> None:
    """Telegram confirms that a newcomer is in the group, and the press is taken up again."""
    calls = await begin_morning(desk)
    shown = await desk.press_and_confirm(LI, "Take 1", calls, QUALITY)
    assert desk.plain("call-write-first", bot="huifang_bot") in list_alerts(shown)


async def test_without_a_group_of_quality(desk: Desk) -> None:
    """The person who stands in hears how many wait and what to do; once the group is there, the list is."""
    await desk.bind("management", -1008)
    await desk.deliver(make_unlinked_delivery())
    await arm_phone_list(desk)
    (told,) = await desk.ring(hours=21)
    assert (told.chat_id, list_texts([told])) == (-1008, [desk.text("calls-no-group", count=1, key="quality")])
    await desk.bind("quality", QUALITY)
    await desk.grant(SUN, Role.QUALITY, "quality")
    assert "SF1" in find_newest_list(await show_list_again(desk))


async def test_after_a_week_nobody_is_phoned(desk: Desk) -> None:
    """Too old to be asked about: no longer on the list."""
    await begin_morning(desk)
    assert "SF1" in find_newest_list(await desk.ring(days=6))
    calls = await desk.ring(days=1)
    assert [text for text in list_texts(calls, QUALITY) if "SF1" in text] == []


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_in_the_groups_language(desk: Desk, language: str) -> None:
    """The list speaks the language of the group."""
    await set_up_company(desk)
    await desk.bind("quality", QUALITY, language)
    await desk.deliver(make_unlinked_delivery())
    await arm_phone_list(desk)
    head = find_newest_list(await desk.ring(hours=21)).splitlines()[0]
    assert head == desk.services.texts.html(language, "calls-head", {"count": 1, "day": "2026-11-23"})
