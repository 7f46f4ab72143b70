"""A call: taken once, its number shown to the taker alone; however it ends, the list knows."""

import pytest
from sqlalchemy import select

from conversations.buttons import PhoneCallButton
from domain.people import Reach, Role
from handlers.phone_surveys import phone_calls
from storage.models import audit, invitations
from storage.people import people
from tests.harness.in_process import BOSS, GROUP, LI, WANG, Desk, find_button, find_button_data, list_labels, list_texts
from tests.harness.phone_surveys import (
    MEI,
    NUMBER,
    QUALITY,
    SUN,
    begin_morning,
    fetch_call_state,
    fetch_delivery_id,
    find_newest_list,
    find_phone_card,
    find_survey,
    list_alerts,
    make_unlinked_delivery,
    take_first_call,
)

CONTACT = {"phone_number": "8613800138000", "first_name": "Wang", "user_id": WANG.id}
RESULTS = ["No reply", "Refused", "Wrong number", "Give back"]


async def test_the_taker_gets_number_and_survey(desk: Desk) -> None:
    """In private: name, number, delivery, other results, and the survey with its mark; the group sees who took it; the log knows."""
    shown = await take_first_call(desk)
    (told,) = find_phone_card(shown)
    for words in ("王小明", NUMBER, "SF1", "2026-11-23 11:00", "2026-11-24 13:00"):
        assert words in list_texts([told])[0]
    assert list_labels(told) == RESULTS
    (asked,) = find_survey(shown)
    assert list_texts([asked])[0].startswith(
        "Delivery <b>SF1</b>\n\nEntered on behalf of the customer\n\nHow was your delivery"
    )
    group = "".join(list_texts(shown, QUALITY))
    assert "taken by Mei" in group
    assert NUMBER not in group
    assert "王小明" not in group
    assert await fetch_call_state(desk) == ("taken", 0, "unreachable")
    logged = await desk.rows(select(audit.c.what).where(audit.c.subject == f"delivery:{await fetch_delivery_id(desk)}"))
    assert {"callback.take", phone_calls.REVEAL_ACTION} <= {row.what for row in logged}
    assert await desk.rows(select(invitations.c.id)) == []


async def test_the_second_hears_who_was_first(desk: Desk) -> None:
    """Two press at the same moment: one gets the call, the other a name, and the list is shown as it is."""
    shown = await begin_morning(desk)
    button = find_button_data(shown, "Take 1")
    first = await desk.press(MEI, button, QUALITY)
    second = await desk.press(SUN, button, QUALITY)
    assert list_alerts(first) == [desk.plain("call-yours", waybill="SF1")]
    assert list_alerts(second) == [desk.plain("call-taken", name="Mei", waybill="SF1")]
    assert find_phone_card(second, SUN) == []
    assert "taken by Mei" in find_newest_list(second)


async def test_without_a_private_chat_nothing_is_taken(desk: Desk) -> None:
    """Anyone who never wrote to the bot is told what to do; the call stays on the list."""
    shown = await begin_morning(desk)
    async with desk.database.begin() as tx:
        await people.set_reach(tx, MEI.id, Reach.UNKNOWN)
    pressed = await desk.press(MEI, find_button_data(shown, "Take 1"), QUALITY)
    assert list_alerts(pressed) == [desk.plain("call-write-first", bot=desk.services.bot)]
    assert (await fetch_call_state(desk))[0] == "listed"


async def test_who_may_not_take(desk: Desk) -> None:
    """Not in private, not in another group, not without the role; made-up numbers and results are answered and change nothing."""
    await begin_morning(desk)
    await desk.grant(BOSS, Role.MANAGER)
    await desk.grant(LI, Role.STAFF, "transport")
    number = await fetch_delivery_id(desk)
    for who, chat in ((MEI, None), (LI, GROUP), (BOSS, None), (WANG, None)):
        assert list_alerts(await desk.press(who, PhoneCallButton(number, "t"), chat)) == [desk.plain("not-yours")]
    assert list_alerts(await desk.press(MEI, PhoneCallButton(404, "t"), QUALITY)) == [desk.plain("not-now")]
    for what in "nrwg":
        assert list_alerts(await desk.press(MEI, PhoneCallButton(number, what))) == [desk.plain("call-not-yours")]
        assert list_alerts(await desk.press(MEI, PhoneCallButton(number, what), QUALITY)) == [desk.plain("not-now")]
    assert list_alerts(await desk.press(MEI, PhoneCallButton(number, "x"))) == [desk.plain("not-now")]
    assert await fetch_call_state(desk) == ("listed", 0, "unreachable")


@pytest.mark.parametrize(
    ("label", "said_so", "left"),
    [
        ("No reply", "call-no-reply-again", ("listed", 1)),
        ("Refused", "call-refused-kept", ("refused", 0)),
        ("Wrong number", "call-wrong-number-kept", ("wrong_number", 0)),
        ("Give back", "call-given-back", ("listed", 0)),
    ],
)
async def test_other_ends(desk: Desk, label: str, said_so: str, left: tuple[str, int]) -> None:
    """The number is no longer shown, the survey is closed and its buttons are over, and a second press changes nothing."""
    shown = await take_first_call(desk)
    ended = await desk.press(MEI, find_button_data(find_phone_card(shown), label), at=321)
    args = {"waybill": "SF1"} | ({"attempts": 1} if label == "No reply" else {})
    assert list_texts(find_phone_card(ended)) == [desk.text(said_so, **args)]
    assert find_phone_card(ended)[0].message_id == 321
    assert list_texts(find_survey(ended)) == [desk.text("call-survey-over")]
    assert await fetch_call_state(desk) == (*left, "unreachable")
    assert list_alerts(await desk.press(MEI, find_button_data(shown, "5"))) == [desk.plain("not-now")]
    assert list_alerts(await desk.press(MEI, find_button_data(find_phone_card(shown), label))) == [
        desk.plain("call-not-yours")
    ]
    assert await fetch_call_state(desk) == (*left, "unreachable")
    assert await desk.rows(select(invitations.c.id)) == []
    assert await desk.ring(hours=5) == []


async def test_three_times_no_reply_is_enough(desk: Desk) -> None:
    """It is tried by the person who takes it, three times at most, and then it is closed."""
    shown = await begin_morning(desk)
    for who in (MEI, SUN, MEI):
        shown = await desk.press(who, find_button_data(shown, "Take 1"), QUALITY)
        shown = await desk.press(who, find_button_data(find_phone_card(shown, who), "No reply"))
    assert list_texts(find_phone_card(shown)) == [desk.text("call-no-reply-last", waybill="SF1", attempts=3)]
    assert await fetch_call_state(desk) == ("no_reply", 3, "unreachable")
    assert "All calls are done" in find_newest_list(shown)


async def test_taken_and_never_finished(desk: Desk) -> None:
    """Four hours later it is on the list again, and the taker is told; somebody else can take it."""
    await take_first_call(desk)
    assert await desk.ring(minutes=239) == []
    told = await desk.ring(minutes=1)
    assert list_texts(find_phone_card(told)) == [desk.text("call-went-back", waybill="SF1")]
    assert await fetch_call_state(desk) == ("listed", 0, "unreachable")
    shown = await desk.press_and_confirm(SUN, "Take 1", told, QUALITY)
    assert len(find_survey(shown, SUN)) == 1


async def test_answered_is_not_given_back(desk: Desk) -> None:
    """After the first answer no clock takes the call away, and the card has no more buttons."""
    shown = await take_first_call(desk)
    await desk.press(MEI, find_button_data(find_survey(shown), "4"))
    assert [call for call in await desk.ring(hours=5) if call.chat_id == MEI.id] == []
    refused = await desk.press_and_confirm(MEI, "Give back", find_phone_card(shown), MEI.id)
    assert list_alerts(refused) == [desk.plain("call-not-yours")]
    assert await fetch_call_state(desk) == ("answered", 0, "phoned")


async def test_one_call_for_one_number(desk: Desk) -> None:
    """The taker hears of the other deliveries on the list with the same number."""
    shown = await begin_morning(
        desk,
        make_unlinked_delivery(),
        make_unlinked_delivery("SF2"),
        make_unlinked_delivery("SF3", customer={"phone": "+8613800000000"}),
    )
    told = find_phone_card(await desk.press(MEI, find_button_data(shown, "Take 1"), QUALITY))
    assert desk.text("call-others", count=1, waybills="SF2") in list_texts(told)[0]


async def test_the_buttons_of_a_call(desk: Desk) -> None:
    """Each says what it means."""
    shown = find_phone_card(await take_first_call(desk))
    kinds = [find_button(shown, label) for label in RESULTS]
    number = await fetch_delivery_id(desk)
    assert kinds == [PhoneCallButton(number, what) for what in "nrwg"]
