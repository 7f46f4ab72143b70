"""Asking about a delivery when its time has come, once more, and the end of it (S1, S2)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from domain.deliveries.delivery import Fate
from domain.surveys.invitation import compute_sampling_point
from storage.models import cases, deliveries, invitations, people, sessions, timers
from tests.harness.in_process import (
    COMPANY,
    LI,
    NOON,
    WANG,
    Desk,
    TelegramUser,
    find_button_data,
    list_texts,
    make_delivery,
    read_body,
)

CONTACT = {"phone_number": "8613800138000", "first_name": "Wang", "user_id": WANG.id}


@pytest.fixture
async def linked(desk: Desk) -> Desk:
    """Wang has shared the number that deliveries come with."""
    await desk.say(WANG, contact=CONTACT)
    return desk


async def fates(desk: Desk) -> dict[str, str]:
    return {row.waybill: row.fate for row in await desk.rows(select(deliveries.c.waybill, deliveries.c.fate))}


async def due(desk: Desk, kind: str = "invite") -> list[datetime]:
    return [row.due_at for row in await desk.rows(select(timers.c.due_at).where(timers.c.kind == kind))]


def at(moment: datetime) -> str:
    return moment.isoformat()


async def test_at_night_the_question_waits_for_the_morning(linked: Desk) -> None:
    """Delivered at 20:30 in Shanghai, two hours later is night: asked at nine the next day, to the minute."""
    evening = NOON + timedelta(hours=8, minutes=30)
    linked.clock.advance(hours=8, minutes=30)
    await linked.deliver(make_delivery(delivered_at=at(evening)))
    assert await linked.ring(hours=2) == []
    assert await fates(linked) == {"SF1": Fate.WAITING}
    assert await due(linked) == [NOON + timedelta(hours=21)]
    assert await linked.ring(hours=10, minutes=29) == []
    (asked,) = await linked.ring(minutes=1)
    assert "overall" in list_texts([asked])[0]


async def test_a_morning_that_comes_too_late_is_none(linked: Desk) -> None:
    """The last evening of the week has passed: nobody is asked on day eight, and the reason is kept."""
    await linked.deliver(make_delivery(delivered_at=at(NOON - timedelta(days=6, hours=13))))
    assert await linked.ring(hours=10) == []
    assert await fates(linked) == {"SF1": Fate.TOO_LATE}


async def test_the_customers_own_day_counts(linked: Desk) -> None:
    """Noon in Shanghai is night in New York: anyone who chose that is asked when it is nine there."""
    async with linked.database.begin() as tx:
        await tx.execute(update(people).values(zone="America/New_York"))
    await linked.deliver(make_delivery(delivered_at=at(NOON)))
    assert await linked.ring(hours=2) == []
    assert await due(linked) == [NOON + timedelta(hours=10)]


async def test_once_a_week_and_no_more(linked: Desk) -> None:
    """The second delivery of a week is not asked about and says why; eight days after the first question the next is."""
    await linked.deliver(make_delivery("FIRST"))
    assert len(await linked.ring(hours=1)) == 1
    await linked.deliver(make_delivery("SECOND", delivered_at=at(linked.clock.now())))
    assert await linked.ring(hours=2) == []
    assert await fates(linked) == {"FIRST": Fate.SENT, "SECOND": Fate.TOO_SOON}
    linked.clock.advance(days=6, hours=22)
    await linked.deliver(make_delivery("THIRD", delivered_at=at(linked.clock.now() - timedelta(hours=3))))
    asked = await linked.ring()
    assert any("THIRD" in text for text in list_texts(asked))


async def test_of_several_at_once_the_latest_is_asked_about(linked: Desk) -> None:
    """Three parcels of one morning: one question, about the last, the others too soon after it; nothing is lost without a reason."""
    await linked.deliver(*(make_delivery(f"SF{n}", delivered_at=at(NOON - timedelta(hours=6 - n))) for n in (1, 2, 3)))
    (asked,) = await linked.ring()
    assert "SF3" in list_texts([asked])[0]
    assert await fates(linked) == {"SF1": Fate.TOO_SOON, "SF2": Fate.TOO_SOON, "SF3": Fate.SENT}


async def test_a_link_opened_is_no_question_of_ours(linked: Desk) -> None:
    """Anyone who came by themselves is asked about the next delivery as usual, and is not reminded."""
    await linked.open_survey(waybill="OWN")
    await linked.deliver(make_delivery("NEXT"))
    assert any("NEXT" in text for text in list_texts(await linked.ring(hours=1)))
    assert len(await due(linked, "remind")) == 1


async def test_one_reminder_after_two_days(linked: Desk) -> None:
    """Below everything else, with the same buttons, in the daytime; and none after it."""
    await linked.deliver(make_delivery())
    (asked,) = await linked.ring(hours=1)
    assert await linked.ring(hours=47) == []
    (reminder,) = await linked.ring(hours=1)
    text = list_texts([reminder])[0]
    assert text.startswith(linked.text("rating-reminder"))
    assert reminder.fresh
    assert read_body(reminder)["reply_markup"] == read_body(asked)["reply_markup"]
    assert await due(linked, "remind") == []
    rated = await linked.press(WANG, find_button_data([reminder], "5"))
    assert linked.text("rating-reminder") not in list_texts(rated)[0]


@pytest.mark.parametrize("did", ["answered", "stopped", "blocked"])
async def test_nobody_is_reminded_who(linked: Desk, did: str) -> None:
    """Has answered, has said stop, or cannot be reached."""
    await linked.deliver(make_delivery())
    asked = await linked.ring(hours=1)
    if did == "answered":
        await linked.press(WANG, find_button_data(asked, "4"))
    elif did == "stopped":
        await linked.say(WANG, "/stop")
    else:
        await linked.member(WANG, "kicked")
    assert await linked.ring(days=2) == []
    assert [row.reminded_at for row in await linked.rows(select(invitations.c.reminded_at))] == [None]


async def test_a_reminder_waits_for_the_morning(linked: Desk) -> None:
    """A long stop, and it is night: the reminder comes at nine."""
    await linked.deliver(make_delivery())
    await linked.ring(hours=1)
    assert await linked.ring(days=2, hours=12) == []
    assert await due(linked, "remind") == [NOON + timedelta(days=2, hours=21)]
    (reminder,) = await linked.ring(hours=8)
    assert linked.text("rating-reminder") in list_texts([reminder])[0]


async def test_stop_and_resume(linked: Desk) -> None:
    """After /stop nobody is asked and the reason is kept; after /resume the next delivery is asked about; each said twice is told so."""
    stopped = [list_texts(await linked.say(WANG, "/stop")) for _ in range(2)]
    assert stopped == [[linked.text("stopped")], [linked.text("stopped-already")]]
    await linked.deliver(make_delivery())
    assert await linked.ring(hours=1) == []
    assert await fates(linked) == {"SF1": Fate.STOPPED}
    resumed = [list_texts(await linked.say(WANG, "/resume")) for _ in range(2)]
    assert resumed == [[linked.text("resumed")], [linked.text("resumed-already")]]
    await linked.deliver(make_delivery("SF2"))
    assert len(await linked.ring()) == 1


async def test_a_stopped_customer_can_still_rate(linked: Desk) -> None:
    """/stop ends our questions, not theirs."""
    await linked.say(WANG, "/stop")
    assert any("overall" in text for text in list_texts(await linked.open_survey()))


async def test_an_expired_survey_opens_again_by_its_link(linked: Desk) -> None:
    """Nobody answered for a week; on day ten the customer scans the slip and rates: one invitation, answered."""
    (result,) = await linked.deliver(make_delivery())
    await linked.ring(hours=1)
    await linked.ring(days=8)
    assert await fates(linked) == {"SF1": Fate.EXPIRED}
    linked.clock.advance(days=2)
    shown = await linked.say(WANG, f"/start {(result.link or '').partition('start=')[2]}")
    await linked.press(WANG, find_button_data(shown, "5"))
    assert await fates(linked) == {"SF1": Fate.ANSWERED}
    assert len(await linked.rows(select(invitations.c.id))) == 1


async def test_what_was_not_asked_while_blocked_is_asked_on_return(linked: Desk) -> None:
    """Back within the week: the delivery is asked about after all."""
    await linked.member(WANG, "kicked")
    await linked.deliver(make_delivery())
    assert await linked.ring(hours=1) == []
    assert await fates(linked) == {"SF1": Fate.BLOCKED}
    await linked.member(WANG, "member")
    (asked,) = await linked.ring(minutes=1)
    assert "overall" in list_texts([asked])[0]


async def test_an_unlinked_delivery_waits_for_its_customer(desk: Desk) -> None:
    """Unreachable at once, without a timer; when the number is shared within the week it is asked about, later it is too late."""
    await desk.deliver(make_delivery("NEW"), make_delivery("OLD", delivered_at=at(NOON - timedelta(days=6))))
    assert await due(desk) == []
    assert set((await fates(desk)).values()) == {Fate.UNREACHABLE}
    desk.clock.advance(days=2)
    await desk.say(WANG, contact=CONTACT)
    assert await fates(desk) == {"NEW": Fate.WAITING, "OLD": Fate.TOO_LATE}
    (asked,) = await desk.ring(minutes=1)
    assert "NEW" in list_texts([asked])[0]


async def test_what_is_not_sampled_is_not_asked(linked: Desk) -> None:
    """By the keyed hash of source and waybill: the same answer for the same parcel, no timer, and its link still works."""
    chosen = {}
    keyring = linked.services.keyring
    for n in range(60):
        chosen[f"W{n}"] = (
            compute_sampling_point(keyring.digest(f"sample:erp:W{n}")) < COMPANY.invitations.sampling["P3"]
        )
    results = await linked.deliver(*(make_delivery(waybill, priority="P3") for waybill in chosen))
    by_waybill = await fates(linked)
    assert {waybill: fate == Fate.WAITING for waybill, fate in by_waybill.items()} == chosen
    assert set(by_waybill.values()) == {Fate.WAITING, Fate.SAMPLED_OUT}
    assert len(await due(linked)) == sum(chosen.values())
    left_out = next(one for one in results if not chosen[one.waybill])
    assert left_out.link is not None
    shown = await linked.say(WANG, f"/start {left_out.link.partition('start=')[2]}")
    assert left_out.waybill in list_texts(shown)[0]


async def test_a_correction_before_the_question_counts(linked: Desk) -> None:
    """A priority that was missing: sampled anew, the timer follows; a number that was wrong: the new customer's."""
    waybill = next(
        f"W{n}" for n in range(500) if compute_sampling_point(linked.services.keyring.digest(f"sample:erp:W{n}")) > 90
    )
    await linked.deliver(make_delivery(waybill))
    assert len(await due(linked)) == 1
    await linked.deliver(make_delivery(waybill, priority="P1"))
    assert await fates(linked) == {waybill: Fate.SAMPLED_OUT}
    assert await due(linked) == []


async def test_many_people_in_one_batch(desk: Desk) -> None:
    """Thirty customers at the same minute: each asked once, in the own chat and language."""
    everybody = [TelegramUser(1000 + n, f"P{n}", "zh" if n % 2 else "en") for n in range(30)]
    for n, who in enumerate(everybody):
        contact = {"phone_number": f"86138001390{n:02}", "first_name": who.name, "user_id": who.id}
        await desk.say(who, contact=contact)
    await desk.deliver(
        *(make_delivery(f"W{n}", customer={"phone": f"+86138001390{n:02}"}) for n in range(len(everybody)))
    )
    asked = await desk.ring(hours=1)
    assert sorted(call.chat_id or 0 for call in asked) == [who.id for who in everybody]
    for call in asked:
        is_english = (call.chat_id or 0) % 2 == 0
        assert ("overall" in list_texts([call])[0]) is is_english
    assert len(await desk.rows(select(sessions.c.topic))) == len(everybody)


async def test_the_time_zone_is_chosen_by_buttons(linked: Desk) -> None:
    """The company's zones are offered; one that there is not changes nothing."""
    shown = await linked.say(WANG, "/timezone")
    chosen = await linked.press(WANG, find_button_data(shown, "Asia/Shanghai"))
    assert list_texts(chosen) == [linked.text("timezone-set", zone="Asia/Shanghai", until="21:00", **{"from": "09:00"})]
    await linked.press(WANG, '["Z","Mars/Olympus"]')
    assert [row.zone for row in await linked.rows(select(people.c.zone))] == ["Asia/Shanghai"]


@pytest.mark.parametrize("words", ["Europe/Berlin", "europe/berlin", "Berlin"])
async def test_any_time_zone_can_be_written(linked: Desk, words: str) -> None:
    """Also one that the company does not name, and then it is among the buttons; what is none is told with the way to write it."""
    answer = await linked.say(WANG, f"/timezone {words}")
    assert list_texts(answer) == [linked.text("timezone-set", zone="Europe/Berlin", until="21:00", **{"from": "09:00"})]
    unknown = await linked.say(WANG, "/timezone Olympus")
    assert list_texts(unknown)[0] == linked.text("timezone-unknown", given="Olympus")
    await linked.press(WANG, find_button_data(unknown, "Asia/Shanghai"))
    again = await linked.say(WANG, "/timezone Europe/Berlin")
    assert len(again) == 1
    await linked.press(WANG, find_button_data(await linked.say(WANG, "/timezone"), "Europe/Berlin"))
    assert [row.zone for row in await linked.rows(select(people.c.zone))] == ["Europe/Berlin"]


async def test_nothing_about_a_stranger(desk: Desk) -> None:
    """Somebody who has nothing to do with us can say stop, resume and timezone too."""
    replies: list[Any] = [list_texts(await desk.say(LI, command)) for command in ("/stop", "/resume", "/timezone")]
    assert all(len(reply) == 1 for reply in replies)


async def test_asked_and_dealt_with_at_the_same_moment(linked: Desk) -> None:
    """The low rating of one delivery falls due with the question about another: the case is filed and the question is put."""
    shown = await linked.open_survey(waybill="LOW")
    await linked.press(WANG, find_button_data(shown, "2"))
    await linked.deliver(make_delivery("NEXT", delivered_at=at(NOON - timedelta(minutes=90))))
    told = list_texts(await linked.ring(minutes=30), WANG.id)
    assert any("NEXT" in text for text in told)
    assert len(await linked.rows(select(cases.c.number))) == 1
