"""`/myratings` and `/appeal`: the rated person sees how, and nothing that leads to the customer (F1)."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from conversations.buttons import MyRatingsButton
from domain.people import Grant, Role
from storage.cases import cases as case_rows
from storage.models import cases, invitations
from storage.people import people
from storage.queue.outbox import OwedCall
from tests.harness.case_actions import CHEN, find_first_case, list_alerts
from tests.harness.customer_case import set_up_closed_case
from tests.harness.in_process import (
    GROUP,
    LI,
    WANG,
    ZHAO,
    Desk,
    TelegramUser,
    find_button_data,
    list_labels,
    list_texts,
    make_delivery,
    read_body,
)
from tests.harness.rating_appeals import KURT, file_appeal, open_survey, rate_delivery, set_up_courier

NAMES = ("Wang", "***", "SF1", "8000", "138", "Kind words")


async def many(desk: Desk, count: int, score: int = 4) -> None:
    """So many customers rate Kurt."""
    for n in range(count):
        await rate_delivery(desk, score, f"W{n:03}", TelegramUser(100 + n, f"Customer {n}"))


def text_of(calls: list[OwedCall]) -> str:
    return str(read_body(calls[-1])["text"])


async def test_the_rating_without_who_gave_it(desk: Desk) -> None:
    """Day, scores and ticked reasons in words; no waybill, name, phone, words of the customer, and no time of day."""
    await set_up_courier(desk)
    shown = await rate_delivery(desk, 2)
    for label in ("1", "Late", "Done", "5", "5"):
        shown = await desk.press(WANG, find_button_data(shown, label))
    await desk.say(WANG, "Kind words, call me: 13800138000")
    shown = await desk.say(KURT, "/myratings")
    html = text_of(shown)
    assert "2026-11-23 · Overall 2/5, Timeliness 1/5, Goods intact 5/5, Attitude 5/5" in html
    assert desk.text("myratings-ticked", reasons="Late") in html
    assert not [one for one in NAMES if one in html]
    assert not re.search(r"\d\d:\d\d", html)
    assert list_labels(shown[-1]) == ["Appeal 1"]


async def test_few_ratings_have_no_mean(desk: Desk) -> None:
    """Nine: counts only. Ten: a mean, called indicative. Each with its n."""
    await set_up_courier(desk)
    await many(desk, 9)
    html = text_of(await desk.say(KURT, "/myratings"))
    assert "5: 0 · 4: 9 · 3: 0 · 2: 0 · 1: 0 (n = 9)" in html
    assert desk.text("myratings-too-few", n=9) in html
    assert "Mean" not in html
    await rate_delivery(desk, 5, "W010", TelegramUser(120, "Tenth"))
    html = text_of(await desk.say(KURT, "/myratings"))
    assert desk.text("myratings-mean", mean="4.10", n=10, strength="indicative") in html


async def test_ten_a_page_edited_in_place(desk: Desk) -> None:
    """The newest first; further pages replace the message, numbered on; a page that is not there is the first."""
    await set_up_courier(desk)
    await many(desk, 12)
    await rate_delivery(desk, 1, "LAST", WANG)
    first = await desk.say(KURT, "/myratings")
    assert "<b>1.</b> 2026-11-23 · Overall 1/5" in text_of(first)
    assert "<b>11.</b>" not in text_of(first)
    second = await desk.press(KURT, find_button_data(first, "Older ▸"), at=77)
    assert (second[-1].message_id, second[-1].fresh) == (77, False)
    assert re.findall(r"<b>(\d+)\.</b>", text_of(second)) == ["11", "12", "13"]
    assert list_labels(second[-1]) == ["Appeal 11", "Appeal 12", "Appeal 13", "◂ Newer"]
    beyond = await desk.press(KURT, MyRatingsButton("d", 900), at=77)
    assert "<b>1.</b>" in text_of(beyond)
    back = await desk.press(KURT, find_button_data(second, "◂ Newer"))
    assert "<b>1.</b>" in text_of(back)


async def test_another_couriers_ratings_are_not_shown(desk: Desk) -> None:
    """What is frozen to another id stays there, also when the delivery is corrected later (D5)."""
    await set_up_courier(desk)
    await rate_delivery(desk, 1, courier="k18")
    assert desk.text("myratings-none") in text_of(await desk.say(KURT, "/myratings"))
    await desk.deliver(make_delivery("SF1", courier={"id": "k17"}))
    assert desk.text("myratings-none") in text_of(await desk.say(KURT, "/myratings"))


async def test_entered_on_behalf_is_marked(desk: Desk) -> None:
    """Anyone who was phoned did not press; the courier knows."""
    await set_up_courier(desk)
    await rate_delivery(desk)
    person = await desk.grant(LI, Role.STAFF, "transport")
    async with desk.database.begin() as tx:
        await tx.execute(invitations.update().values(entered_by=person))
    assert desk.text("myratings-on-behalf") in text_of(await desk.say(KURT, "/myratings"))


async def test_handling_by_case_number(desk: Desk) -> None:
    """Who owned the case sees how its handling was rated; the head who reviewed it does not own it."""
    thanked = await set_up_closed_case(desk)
    await desk.press(WANG, find_button_data(thanked, "4"))
    shown = await desk.say(LI, "/myratings")
    assert desk.text("myratings-handling-line", number="C-261123-0001", day="2026-11-23", score=4) in text_of(shown)
    assert list_labels(shown[-1]) == []
    assert desk.text("myratings-none-handling") in text_of(await desk.say(ZHAO, "/myratings"))


async def test_both_kinds_for_who_is_both(desk: Desk) -> None:
    """A courier who works on cases changes between the two on one message."""
    await set_up_courier(desk)
    await rate_delivery(desk)
    person = await desk.grant(KURT, Role.STAFF, "transport")
    shown = await desk.say(KURT, "/myratings")
    assert list_labels(shown[-1]) == ["Appeal 1", "• Deliveries", "Handling of cases"]
    await desk.press(WANG, find_button_data(await open_survey(desk), "File a complaint"))
    async with desk.database.begin() as tx:
        await tx.execute(cases.update().values(owner=person))
        await case_rows.set_handling_rating(tx, 1, 3)
    other = await desk.press(KURT, find_button_data(shown, "Handling of cases"), at=88)
    assert other[-1].message_id == 88
    assert "· 3/5" in text_of(other)
    assert list_labels(other[-1]) == ["Deliveries", "• Handling of cases"]
    assert await find_first_case(desk) == 1


async def test_who_is_not_rated(desk: Desk) -> None:
    """A customer and a manager get a clear answer to both commands."""
    await desk.grant(CHEN, Role.MANAGER)
    for who in (WANG, CHEN):
        assert list_texts(await desk.say(who, "/myratings")) == [desk.text("myratings-nobody")]
        assert list_texts(await desk.say(who, "/appeal")) == [desk.text("myratings-no-courier")]


async def test_what_can_be_appealed(desk: Desk) -> None:
    """`/appeal` lists young ratings without an appeal; the others say in `/myratings` why there is no button."""
    await set_up_courier(desk)
    await rate_delivery(desk, 1, "OLD", TelegramUser(101, "One"))
    desk.clock.advance(days=31)
    late = (desk.clock.now() - timedelta(hours=3)).isoformat()
    shown = await desk.open_survey(TelegramUser(102, "Two"), waybill="NEW", courier={"id": "k17"}, delivered_at=late)
    await desk.press(TelegramUser(102, "Two"), find_button_data(shown, "2"))
    listed = await desk.say(KURT, "/appeal")
    assert text_of(listed).count("Overall") == 1
    assert list_labels(listed[-1]) == ["Appeal 1"]
    await file_appeal(desk)
    assert list_texts(await desk.say(KURT, "/appeal")) == [desk.text("myratings-none-appeal", days="30")]
    whole = await desk.say(KURT, "/myratings")
    assert desk.text("myratings-appealed", state="open") in text_of(whole)
    assert list_labels(whole[-1]) == []


@pytest.mark.parametrize("what", ["d", "h", "a", "x"])
async def test_forged_and_stale_presses(desk: Desk, what: str) -> None:
    """Somebody without the role, an unknown kind, and any press in a group are answered and show nothing."""
    await set_up_courier(desk)
    await rate_delivery(desk)
    expected = {"x": "not-now"}.get(what, "not-yours")
    assert list_alerts(await desk.press(LI, MyRatingsButton(what))) == [desk.plain(expected)]
    calls = await desk.press(KURT, MyRatingsButton(what), GROUP)
    assert list_alerts(calls) == [desk.plain("not-now")]
    assert len(calls) == 1


async def test_the_list_of_a_revoked_courier(desk: Desk) -> None:
    """Who is no longer the courier sees nothing more, by old buttons either."""
    await set_up_courier(desk)
    await rate_delivery(desk)
    person = await desk.grant(KURT, Role.COURIER, "k17")
    async with desk.database.begin() as tx:
        assert await people.revoke(tx, person, Grant(Role.COURIER, "k17"))
    assert list_alerts(await desk.press(KURT, MyRatingsButton("d"))) == [desk.plain("not-yours")]
    assert len(await desk.rows(select(invitations.c.id))) == 1
