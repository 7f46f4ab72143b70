"""A call: taken once, made by its taker, its answers entered on the customer's behalf; or it ends otherwise and the list knows."""

import pytest
from sqlalchemy import select, update

from conversations.buttons import Call
from domain.delivery import Fate
from domain.people import Grant, Role
from handlers import calls
from handlers.batch import Batch
from storage import people
from storage.models import answers, audit, cases, deliveries, invitations, outbox, sessions
from storage.models import callbacks as rows
from tests.handlers.calling import (
    MEI,
    NUMBER,
    QUALITY,
    SUN,
    again,
    alerts,
    armed,
    card,
    company,
    morning,
    state,
    survey,
    taken,
    the_list,
    unlinked,
)
from tests.inside import BOSS, GROUP, LI, WANG, Desk, button_of, data_of, delivery, labels, said

CONTACT = {"phone_number": "8613800138000", "first_name": "Wang", "user_id": WANG.id}
RESULTS = ["No reply", "Refused", "Wrong number", "Give back"]


async def delivery_id(desk: Desk, waybill: str = "SF1") -> int:
    ((found,),) = await desk.rows(select(deliveries.c.id).where(deliveries.c.waybill == waybill))
    return int(found)


async def test_the_taker_gets_number_and_survey(desk: Desk) -> None:
    """In private: name, number, delivery, what else to press, and the survey with its mark; the group sees who, and nothing more; the log knows."""
    shown = await taken(desk)
    (told,) = card(shown)
    for words in ("王小明", NUMBER, "SF1", "2026-11-23 11:00", "2026-11-24 13:00"):
        assert words in said([told])[0]
    assert labels(told) == RESULTS
    (asked,) = survey(shown)
    assert said([asked])[0].startswith("Delivery <b>SF1</b>\n\nEntered on behalf of the customer\n\nHow was your delivery")
    group = "".join(said(shown, QUALITY))
    assert "taken by Mei" in group
    assert NUMBER not in group
    assert "王小明" not in group
    assert await state(desk) == ("taken", 0, "unreachable")
    logged = await desk.rows(select(audit.c.what).where(audit.c.subject == f"delivery:{await delivery_id(desk)}"))
    assert {"callback.take", calls.REVEALED} <= {row.what for row in logged}
    assert await desk.rows(select(invitations.c.id)) == []


async def test_the_second_hears_who_was_first(desk: Desk) -> None:
    """Two press at the same moment: one gets the call, the other a name, and the list is shown as it is."""
    shown = await morning(desk)
    button = data_of(shown, "Take 1")
    first = await desk.press(MEI, button, QUALITY)
    second = await desk.press(SUN, button, QUALITY)
    assert alerts(first) == [desk.plain("call-yours", waybill="SF1")]
    assert alerts(second) == [desk.plain("call-taken", name="Mei", waybill="SF1")]
    assert card(second, SUN) == []
    assert "taken by Mei" in the_list(second)


async def test_without_a_private_chat_nothing_is_taken(desk: Desk) -> None:
    """Whoever never wrote to the bot is told what to do; the call stays on the list."""
    shown = await morning(desk)
    async with desk.database.begin() as tx:
        await people.set_reach(tx, MEI.id, "unknown")
    pressed = await desk.press(MEI, data_of(shown, "Take 1"), QUALITY)
    assert alerts(pressed) == [desk.plain("call-write-first", bot=desk.services.bot)]
    assert (await state(desk))[0] == "listed"


async def test_who_may_not_take(desk: Desk) -> None:
    """Not in private, not in another group, not without the role; made-up numbers and results are answered and change nothing."""
    await morning(desk)
    await desk.grant(BOSS, Role.MANAGER)
    await desk.grant(LI, Role.STAFF, "transport")
    number = await delivery_id(desk)
    for who, chat in ((MEI, None), (LI, GROUP), (BOSS, None), (WANG, None)):
        assert alerts(await desk.press(who, Call(number, "t"), chat)) == [desk.plain("not-yours")]
    assert alerts(await desk.press(MEI, Call(404, "t"), QUALITY)) == [desk.plain("not-now")]
    for what in "nrwg":
        assert alerts(await desk.press(MEI, Call(number, what))) == [desk.plain("call-not-yours")]
        assert alerts(await desk.press(MEI, Call(number, what), QUALITY)) == [desk.plain("not-now")]
    assert alerts(await desk.press(MEI, Call(number, "x"))) == [desk.plain("not-now")]
    assert await state(desk) == ("listed", 0, "unreachable")


async def test_an_answer_on_behalf_is_a_response_with_its_mark(desk: Desk) -> None:
    """The first tap: an invitation by phone, entered by the taker, without a person; the fate says phoned; the rest of the survey follows."""
    asked = survey(await taken(desk))
    shown = await desk.press(MEI, data_of(asked, "4"))
    (row,) = await desk.rows(select(invitations))
    ((mei,),) = await desk.rows(select(rows.c.taken_by))
    assert (row.origin, row.state, row.person, row.entered_by, row.department) == ("phone", "open", None, mei, "transport")
    assert await state(desk) == ("answered", 0, "phoned")
    assert card(shown)[0].payload.count("inline_keyboard") == 0
    assert "answered: 1" in the_list(shown)
    for score in ("5", "5", "5"):
        shown = await desk.press(MEI, data_of(shown, score))
    shown = await desk.say(MEI, "Very friendly on the phone")
    thanks = said(survey(shown))[0]
    assert desk.text("behalf-thanks") in thanks
    assert "The customer's rating: 4 of 5" in thanks
    assert len(await desk.rows(select(answers.c.question))) == 5
    assert labels(survey(shown)[0]) == ["Change the rating"]


async def test_a_low_rating_is_filed_for_the_customer(desk: Desk) -> None:
    """One tap files it: the department's card has the answers, the mark and a way to call; the taker can tell the customer by when."""
    shown = await desk.press(MEI, data_of(survey(await taken(desk)), "2"))
    assert desk.text("rating-offer-behalf") in said(survey(shown))[0]
    shown = await desk.press(MEI, data_of(shown, "File a complaint"))
    (case,) = await desk.rows(select(cases))
    assert (case.customer, case.contact, case.department) == (None, NUMBER, "transport")
    assert case.description == "How was your delivery overall? 2/5\nEntered on behalf of the customer"
    assert desk.text("behalf-filed", number=case.number, due="2026-12-01 09:00") in said(shown, MEI.id)
    assert any("2/5" in text and "***5678" in text and NUMBER not in text for text in said(shown, GROUP))
    assert await desk.ring(minutes=31) == []
    assert len(await desk.rows(select(cases.c.id))) == 1


async def test_a_low_rating_left_alone_becomes_a_case(desk: Desk) -> None:
    """Neither filed nor declined for half an hour: a case like any other, and the taker is told, not thanked."""
    await desk.press(MEI, data_of(survey(await taken(desk)), "1"))
    told = await desk.ring(minutes=31)
    ((number,),) = await desk.rows(select(cases.c.number))
    assert desk.text("behalf-became-case", number=number, due="2026-12-01 09:31") in said(told, MEI.id)
    assert any(number in text for text in said(told, GROUP))


async def test_a_low_rating_declined_is_no_case(desk: Desk) -> None:
    """The customer wants no complaint: noted, and nothing follows."""
    shown = await desk.press(MEI, data_of(survey(await taken(desk)), "1"))
    declined = await desk.press(MEI, data_of(shown, "No, thanks"))
    assert alerts(declined) == [desk.plain("rating-declined-behalf")]
    await desk.ring(hours=1)
    assert await desk.rows(select(cases.c.id)) == []


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
    shown = await taken(desk)
    ended = await desk.press(MEI, data_of(card(shown), label), at=321)
    args = {"waybill": "SF1"} | ({"attempts": 1} if label == "No reply" else {})
    assert said(card(ended)) == [desk.text(said_so, **args)]
    assert card(ended)[0].message_id == 321
    assert said(survey(ended)) == [desk.text("call-survey-over")]
    assert await state(desk) == (*left, "unreachable")
    assert alerts(await desk.press(MEI, data_of(shown, "5"))) == [desk.plain("not-now")]
    assert alerts(await desk.press(MEI, data_of(card(shown), label))) == [desk.plain("call-not-yours")]
    assert await state(desk) == (*left, "unreachable")
    assert await desk.rows(select(invitations.c.id)) == []
    assert await desk.ring(hours=5) == []


async def test_three_times_no_reply_is_enough(desk: Desk) -> None:
    """It is tried by whoever takes it, three times at most, and then it is closed."""
    shown = await morning(desk)
    for who in (MEI, SUN, MEI):
        shown = await desk.press(who, data_of(shown, "Take 1"), QUALITY)
        shown = await desk.press(who, data_of(card(shown, who), "No reply"))
    assert said(card(shown)) == [desk.text("call-no-reply-last", waybill="SF1", attempts=3)]
    assert await state(desk) == ("no_reply", 3, "unreachable")
    assert "Nobody is left" in the_list(shown)


async def test_taken_and_never_finished(desk: Desk) -> None:
    """Four hours later it is on the list again, and the taker is told; somebody else can take it."""
    await taken(desk)
    assert await desk.ring(minutes=239) == []
    told = await desk.ring(minutes=1)
    assert said(card(told)) == [desk.text("call-went-back", waybill="SF1")]
    assert await state(desk) == ("listed", 0, "unreachable")
    shown = await desk.press(SUN, data_of(told, "Take 1"), QUALITY)
    assert len(survey(shown, SUN)) == 1


async def test_answered_is_not_given_back(desk: Desk) -> None:
    """After the first answer no clock takes the call away, and the card has no more buttons."""
    shown = await taken(desk)
    await desk.press(MEI, data_of(survey(shown), "4"))
    assert [call for call in await desk.ring(hours=5) if call.chat_id == MEI.id] == []
    assert alerts(await desk.press(MEI, data_of(card(shown), "Give back"))) == [desk.plain("call-not-yours")]
    assert await state(desk) == ("answered", 0, "phoned")


async def test_the_customer_comes_meanwhile(desk: Desk) -> None:
    """The customer shares the number while the call is taken: the next press says that no call is needed, and keeps nothing."""
    asked = survey(await taken(desk))
    await desk.say(WANG, contact=CONTACT | {"phone_number": NUMBER})
    pressed = await desk.press(MEI, data_of(asked, "1"))
    assert alerts(pressed) == [desk.plain("call-overtaken-now", waybill="SF1")]
    assert await desk.rows(select(answers.c.question)) == []
    assert (await state(desk))[0] == "listed"
    assert "Nobody is left" in the_list(pressed)
    assert alerts(await desk.press(SUN, Call(await delivery_id(desk), "t"), QUALITY)) == [
        desk.plain("call-overtaken-now", waybill="SF1")
    ]


async def test_whoever_leaves_quality_goes_on_with_nothing(desk: Desk) -> None:
    """The role is checked at each press: words and buttons of an old call do nothing."""
    asked = survey(await taken(desk))
    async with desk.database.begin() as tx:
        ((mei,),) = (await tx.execute(select(rows.c.taken_by))).all()
        await people.revoke(tx, mei, Grant(Role.QUALITY, "quality"))
    assert alerts(await desk.press(MEI, data_of(asked, "5"))) == [desk.plain("call-not-yours")]
    assert await desk.rows(select(answers.c.question)) == []


async def test_words_go_where_the_call_still_stands(desk: Desk) -> None:
    """What is typed to the last question counts while the call is the taker's; when it went back, it is not kept."""
    shown = await taken(desk)
    for score in ("4", "Skip", "Skip", "Skip"):
        shown = await desk.press(MEI, data_of(survey(shown), score))
    async with desk.database.begin() as tx:
        await tx.execute(update(rows).values(taken_by=None, state="listed"))
    assert said(await desk.say(MEI, "All fine")) == [desk.text("call-not-yours")]
    assert [row.question for row in await desk.rows(select(answers.c.question))] == ["overall"]


async def refused(desk: Desk) -> None:
    """Wang was asked about SF9 in chat, Telegram refused with 403, and it is the next morning."""
    from handlers import unreachable

    await desk.say(WANG, contact=CONTACT)
    await company(desk)
    await desk.deliver(delivery("SF9"))
    (asked,) = await desk.ring(hours=2)

    async def gone(batch: Batch) -> None:
        await unreachable.chat_gone(batch, asked, "Forbidden: bot was blocked by the user")

    await desk.batch(gone)
    await armed(desk)
    assert "SF9" in the_list(await desk.ring(hours=19))


async def test_a_refused_invitation_is_answered_by_phone(desk: Desk) -> None:
    """The one invitation of the delivery becomes the phone's; what waited for the customer in chat is not sent on return."""
    await refused(desk)
    shown = await desk.press(MEI, data_of(await again(desk), "Take 1"), QUALITY)
    ((before, person),) = await desk.rows(select(invitations.c.id, invitations.c.person))
    await desk.press(MEI, data_of(survey(shown), "3"))
    (row,) = await desk.rows(select(invitations))
    assert (row.id, row.person, row.origin, row.state) == (before, person, "phone", "open")
    assert row.entered_by is not None
    assert await state(desk, "SF9") == ("answered", 0, "phoned")
    held = select(outbox.c.id).where(outbox.c.chat_id == WANG.id, outbox.c.name.like("s:%"))
    assert await desk.rows(held) == []
    mine = await desk.rows(select(sessions.c.lane).where(sessions.c.dialogue == "rating"))
    assert [one.lane for one in mine] == [f"{MEI.id}:{MEI.id}"]
    await desk.member(WANG, "member")
    assert (await state(desk, "SF9"))[2] == Fate.PHONED


async def test_a_refused_invitation_that_nobody_answers_stays_as_it_was(desk: Desk) -> None:
    """Taken, no reply: the invitation still says that it was not delivered; on return the customer is asked in chat."""
    await refused(desk)
    shown = await desk.press(MEI, data_of(await again(desk), "Take 1"), QUALITY)
    await desk.press(MEI, data_of(card(shown), "No reply"))
    (row,) = await desk.rows(select(invitations))
    assert (row.origin, row.state, row.entered_by) == ("sent", "undelivered", None)
    await desk.member(WANG, "member")
    assert await state(desk, "SF9") == ("listed", 1, "sent")


async def test_one_call_for_one_number(desk: Desk) -> None:
    """The taker hears of the other deliveries on the list with the same number."""
    shown = await morning(desk, unlinked(), unlinked("SF2"), unlinked("SF3", customer={"phone": "+8613800000000"}))
    told = card(await desk.press(MEI, data_of(shown, "Take 1"), QUALITY))
    assert desk.text("call-others", count=1, waybills="SF2") in said(told)[0]


async def test_the_buttons_of_a_call(desk: Desk) -> None:
    """Each says what it means."""
    shown = card(await taken(desk))
    kinds = [button_of(shown, label) for label in RESULTS]
    number = await delivery_id(desk)
    assert kinds == [Call(number, what) for what in "nrwg"]
