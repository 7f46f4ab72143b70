"""A survey on the customer's behalf: the same responses with their mark, and nothing kept that is no longer the taker's to fill in."""

from sqlalchemy import select, update

from conversations.buttons import PhoneCallButton
from domain.deliveries.delivery import Fate
from domain.people import Grant, Role
from handlers.people import unreachable
from storage.models import answers, cases, deliveries, invitations, sessions
from storage.models import callbacks as rows
from storage.people import people
from tests.harness.case_actions import press, resolve_case
from tests.harness.in_process import (
    BOSS,
    GROUP,
    LI,
    WANG,
    Desk,
    find_button_data,
    list_labels,
    list_texts,
    make_chat,
    make_delivery,
)
from tests.harness.phone_surveys import (
    MEI,
    NUMBER,
    QUALITY,
    SUN,
    arm_phone_list,
    fetch_call_state,
    fetch_delivery_id,
    find_newest_list,
    find_phone_card,
    find_survey,
    list_alerts,
    set_up_company,
    show_list_again,
    take_first_call,
)

CONTACT = {"phone_number": "8613800138000", "first_name": "Wang", "user_id": WANG.id}
RESULTS = ["No reply", "Refused", "Wrong number", "Give back"]


async def test_an_answer_on_behalf_is_a_response_with_its_mark(desk: Desk) -> None:
    """The first tap: an invitation by phone, entered by the taker, without a person; the fate says phoned; the rest of the survey follows."""
    asked = find_survey(await take_first_call(desk))
    shown = await desk.press(MEI, find_button_data(asked, "4"))
    (row,) = await desk.rows(select(invitations))
    ((mei,),) = await desk.rows(select(rows.c.taken_by))
    assert (row.origin, row.state, row.person, row.entered_by, row.department) == (
        "phone",
        "open",
        None,
        mei,
        "transport",
    )
    assert await fetch_call_state(desk) == ("answered", 0, "phoned")
    assert find_phone_card(shown)[0].payload.count("inline_keyboard") == 0
    assert "answered: 1" in find_newest_list(shown)
    for score in ("5", "5", "5"):
        shown = await desk.press(MEI, find_button_data(shown, score))
    shown = await desk.say(MEI, "Very friendly on the phone")
    thanks = list_texts(find_survey(shown))[0]
    assert desk.text("behalf-thanks") in thanks
    assert "The customer's rating: 4 of 5" in thanks
    assert len(await desk.rows(select(answers.c.question))) == 5
    assert list_labels(find_survey(shown)[0]) == ["Change the rating"]


async def test_a_low_rating_is_filed_for_the_customer(desk: Desk) -> None:
    """One tap files it: the department's card has the answers, the mark and a way to call; the taker can tell the customer by when."""
    shown = await desk.press(MEI, find_button_data(find_survey(await take_first_call(desk)), "2"))
    assert desk.text("rating-offer-behalf") in list_texts(find_survey(shown))[0]
    shown = await desk.press(MEI, find_button_data(shown, "File a complaint"))
    (case,) = await desk.rows(select(cases))
    assert (case.customer, case.contact, case.department) == (None, NUMBER, "transport")
    assert case.description == "How was your delivery overall? 2/5\nEntered on behalf of the customer"
    assert desk.text("behalf-filed", number=case.number, due="2026-12-01 09:00") in list_texts(shown, MEI.id)
    assert any("2/5" in text and "***5678" in text and NUMBER not in text for text in list_texts(shown, GROUP))
    assert await desk.ring(minutes=31) == []
    assert len(await desk.rows(select(cases.c.id))) == 1


async def test_the_case_of_somebody_without_a_chat_runs_its_course(desk: Desk) -> None:
    """Nobody is there to write to: a question says so, the owner sees the number, the answer is to be told on the phone, silence closes it."""
    await desk.grant(LI, Role.STAFF, "transport")
    await desk.grant(BOSS, Role.HEAD, "transport")
    shown = await desk.press(MEI, find_button_data(find_survey(await take_first_call(desk)), "2"))
    filed = await desk.press(MEI, find_button_data(shown, "File a complaint"))
    accepted = await desk.press_and_confirm(LI, "Accept", filed)
    assert desk.plain("no-customer", number="C-261124-0001") in list_alerts(
        await desk.press_and_confirm(LI, "Ask customer", accepted)
    )
    assert NUMBER in list_alerts(await desk.press_and_confirm(LI, "Contact", accepted))[0]
    await resolve_case(desk)
    approved = await press(desk, BOSS, "approve")
    assert any(desk.text("answer-by-phone", number="C-261124-0001") in text for text in list_texts(approved, GROUP))
    await desk.ring(days=7)
    ((state_,),) = await desk.rows(select(cases.c.state))
    assert state_ == "closed"
    assert "SF1" in list_texts(await desk.say(BOSS, "/case C-261124-0001"))[0]


async def test_a_low_rating_joins_the_open_complaint(desk: Desk) -> None:
    """The customer complained in chat and then blocked the bot: what is said on the phone joins the case, and the taker reads which."""
    await desk.file_complaint(waybill="SF9")
    await set_up_company(desk)
    async with desk.database.begin() as tx:
        ((invitation,),) = (await tx.execute(select(invitations.c.id))).all()
        await tx.execute(update(cases).values(invitation=None))
        await tx.execute(answers.delete())
        await tx.execute(invitations.delete().where(invitations.c.id == invitation))
        await tx.execute(update(deliveries).values(fate=Fate.BLOCKED))
    await arm_phone_list(desk)
    shown = await desk.press(MEI, find_button_data(await desk.ring(hours=21), "Take 1"), QUALITY)
    shown = await desk.press(MEI, find_button_data(find_survey(shown), "1"))
    shown = await desk.press(MEI, find_button_data(shown, "File a complaint"))
    assert desk.text("behalf-joined", number="C-261123-0001", due="2026-11-30 12:00") in list_texts(shown, MEI.id)
    assert len(await desk.rows(select(cases.c.id))) == 1


async def test_a_low_rating_left_alone_becomes_a_case(desk: Desk) -> None:
    """Neither filed nor declined for half an hour: a case like any other, and the taker is told, not thanked."""
    await desk.press(MEI, find_button_data(find_survey(await take_first_call(desk)), "1"))
    told = await desk.ring(minutes=31)
    ((number,),) = await desk.rows(select(cases.c.number))
    assert desk.text("behalf-became-case", number=number, due="2026-12-01 09:31") in list_texts(told, MEI.id)
    assert any(number in text for text in list_texts(told, GROUP))


async def test_a_low_rating_declined_is_no_case(desk: Desk) -> None:
    """The customer wants no complaint: noted, and nothing follows."""
    shown = await desk.press(MEI, find_button_data(find_survey(await take_first_call(desk)), "1"))
    declined = await desk.press(MEI, find_button_data(shown, "No, thanks"))
    assert list_alerts(declined) == [desk.plain("rating-declined-behalf")]
    await desk.ring(hours=1)
    assert await desk.rows(select(cases.c.id)) == []


async def test_the_customer_comes_meanwhile(desk: Desk) -> None:
    """The customer shares the number while the call is taken: the next press says that no call is needed, and keeps nothing."""
    asked = find_survey(await take_first_call(desk))
    await desk.say(WANG, contact=CONTACT | {"phone_number": NUMBER})
    pressed = await desk.press(MEI, find_button_data(asked, "1"))
    assert list_alerts(pressed) == [desk.plain("call-overtaken-now", waybill="SF1")]
    assert await desk.rows(select(answers.c.question)) == []
    assert (await fetch_call_state(desk))[0] == "listed"
    assert "All calls are done" in find_newest_list(pressed)
    assert list_alerts(await desk.press(SUN, PhoneCallButton(await fetch_delivery_id(desk), "t"), QUALITY)) == [
        desk.plain("call-overtaken-now", waybill="SF1")
    ]


async def test_anyone_who_leaves_quality_goes_on_with_nothing(desk: Desk) -> None:
    """The role is checked at each press: words and buttons of an old call do nothing."""
    asked = find_survey(await take_first_call(desk))
    async with desk.database.begin() as tx:
        ((mei,),) = (await tx.execute(select(rows.c.taken_by))).all()
        await people.revoke(tx, mei, Grant(Role.QUALITY, "quality"))
    assert list_alerts(await desk.press(MEI, find_button_data(asked, "5"))) == [desk.plain("call-not-yours")]
    assert await desk.rows(select(answers.c.question)) == []


async def test_words_go_where_the_call_still_stands(desk: Desk) -> None:
    """What is typed to the last question counts while the call is the taker's; when it went back, it is not kept."""
    shown = await take_first_call(desk)
    for score in ("4", "Skip", "Skip", "Skip"):
        shown = await desk.press(MEI, find_button_data(find_survey(shown), score))
    async with desk.database.begin() as tx:
        await tx.execute(update(rows).values(taken_by=None, state="listed"))
    assert list_texts(await desk.say(MEI, "All fine")) == [desk.text("call-not-yours")]
    assert [row.question for row in await desk.rows(select(answers.c.question))] == ["overall"]


async def refused(desk: Desk) -> None:
    """Wang was asked about SF9 in chat, Telegram refused with 403, and it is the next morning."""
    await desk.say(WANG, contact=CONTACT)
    await set_up_company(desk)
    await desk.deliver(make_delivery("SF9"))
    (asked,) = await desk.ring(hours=2)

    await desk.batch(lambda batch: unreachable.mark_unreachable(batch, asked, "Forbidden: bot was blocked by the user"))
    await arm_phone_list(desk)
    assert "SF9" in find_newest_list(await desk.ring(hours=19))


async def test_a_refused_invitation_is_answered_by_phone(desk: Desk) -> None:
    """The response is the customer's, by phone; nothing waits in chat, and on return nobody is asked once more."""
    await refused(desk)
    shown = await desk.press(MEI, find_button_data(await show_list_again(desk), "Take 1"), QUALITY)
    await desk.press(MEI, find_button_data(find_survey(shown), "3"))
    (row,) = await desk.rows(select(invitations))
    ((wang,),) = await desk.rows(select(deliveries.c.person))
    assert (row.person, row.origin, row.state, row.entered_by is not None) == (wang, "phone", "open", True)
    assert await fetch_call_state(desk, "SF9") == ("answered", 0, "phoned")
    mine = await desk.rows(select(sessions.c.lane).where(sessions.c.dialogue == "rating"))
    assert [one.lane for one in mine] == [f"{MEI.id}:{MEI.id}"]
    await desk.member(WANG, "member")
    assert [call for call in await desk.ring(hours=1) if call.chat_id == WANG.id] == []
    assert (await fetch_call_state(desk, "SF9"))[2] == Fate.PHONED


async def test_who_was_phoned_is_not_asked_again_within_the_week(desk: Desk) -> None:
    """A call counts as asking: the next delivery of the same customer is too soon, in chat too."""
    await refused(desk)
    shown = await desk.press(MEI, find_button_data(await show_list_again(desk), "Take 1"), QUALITY)
    await desk.press(MEI, find_button_data(find_survey(shown), "3"))
    await desk.member(WANG, "member")
    await desk.deliver(make_delivery("NEXT", delivered_at=desk.clock.now().isoformat()))
    assert [call for call in await desk.ring(hours=2) if call.chat_id == WANG.id] == []
    assert [one.fate for one in await desk.rows(select(deliveries.c.fate).where(deliveries.c.waybill == "NEXT"))] == [
        "too_soon"
    ]


async def test_a_refused_invitation_that_nobody_answers(desk: Desk) -> None:
    """Taken, no reply: on return the customer is asked in chat, and need not be phoned any more."""
    await refused(desk)
    shown = await desk.press(MEI, find_button_data(await show_list_again(desk), "Take 1"), QUALITY)
    await desk.press(MEI, find_button_data(find_phone_card(shown), "No reply"))
    await desk.member(WANG, "member")
    asked = [call for call in await desk.ring(minutes=1) if call.chat_id == WANG.id]
    assert len(asked) == 1
    assert await fetch_call_state(desk, "SF9") == ("listed", 1, "sent")
    assert list_texts(await show_list_again(desk)) == [desk.text("calls-none")]


async def test_an_edit_counts_while_the_call_is_the_takers(desk: Desk) -> None:
    """What was typed and is corrected changes the answer; by somebody who has left quality it changes nothing."""
    shown = await take_first_call(desk)
    for score in ("4", "Skip", "Skip", "Skip"):
        shown = await desk.press(MEI, find_button_data(find_survey(shown), score))
    message = {"message_id": 900, "date": 1, "chat": make_chat(MEI.id), "from": MEI.user}
    await desk.update("message", message | {"text": "All fne"})
    await desk.update("edited_message", message | {"text": "All fine"})
    words = select(answers.c.words).where(answers.c.question == "comment")
    assert [row.words for row in await desk.rows(words)] == ['"All fine"']
    async with desk.database.begin() as tx:
        ((mei,),) = (await tx.execute(select(rows.c.taken_by))).all()
        await people.revoke(tx, mei, Grant(Role.QUALITY, "quality"))
    await desk.update("edited_message", message | {"text": "Terrible"})
    assert [row.words for row in await desk.rows(words)] == ['"All fine"']


async def test_asked_in_chat_and_lost_again_meanwhile(desk: Desk) -> None:
    """The customer linked, was invited and had blocked the bot, all while the call was taken: it goes on as if nothing had been."""
    asked = find_survey(await take_first_call(desk))
    await desk.say(WANG, contact=CONTACT | {"phone_number": NUMBER})
    (invited,) = [call for call in await desk.ring(hours=2) if call.chat_id == WANG.id]
    assert list_alerts(await desk.press(SUN, PhoneCallButton(await fetch_delivery_id(desk), "t"), QUALITY)) == [
        desk.plain("call-taken", name="Mei", waybill="SF1")
    ]
    await desk.batch(
        lambda batch: unreachable.mark_unreachable(batch, invited, "Forbidden: bot was blocked by the user")
    )
    assert (await fetch_call_state(desk))[2] == Fate.BLOCKED
    await desk.press(MEI, find_button_data(asked, "4"))
    assert await fetch_call_state(desk) == ("answered", 0, "phoned")
    assert [one.origin for one in await desk.rows(select(invitations.c.origin))] == ["phone"]
