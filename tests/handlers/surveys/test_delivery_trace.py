"""`/why WAYBILL`: every fate in words, what comes next and when, and nothing that a group need not know."""

import pytest
from sqlalchemy import update

from domain.deliveries.delivery import Fate
from domain.people import Role
from storage.models import deliveries
from storage.models import people as person_rows
from tests.harness.in_process import BOSS, GROUP, LI, NOON, WANG, Desk, find_button_data, list_texts, make_delivery
from tests.harness.phone_surveys import (
    MEI,
    NUMBER,
    begin_morning,
    find_phone_card,
    find_survey,
    make_unlinked_delivery,
    set_up_company,
    show_list_again,
    take_first_call,
)

CONTACT = {"phone_number": "8613800138000", "first_name": "Wang", "user_id": WANG.id}


async def why(desk: Desk, waybill: str = "SF1") -> str:
    """What a manager reads."""
    await desk.grant(BOSS, Role.MANAGER)
    (told,) = list_texts(await desk.say(BOSS, f"/why {waybill}"))
    return told


async def made(desk: Desk, fate: Fate, **more: object) -> None:
    """Wang's delivery has this fate."""
    await desk.say(WANG, contact=CONTACT)
    await desk.deliver(make_delivery(priority="P1"))
    async with desk.database.begin() as tx:
        await tx.execute(update(deliveries).values(fate=fate))
        await tx.execute(update(person_rows).values(**more) if more else update(deliveries).values(fate=fate))


async def test_waiting_says_when(desk: Desk) -> None:
    """Whose it is (masked), how it is sampled, and when the customer will be asked."""
    await desk.say(WANG, contact=CONTACT)
    await desk.deliver(make_delivery())
    assert (await why(desk)).splitlines() == [
        "<b>SF1</b> (erp), delivered 2026-11-23 11:00",
        "Priority: no priority, of which 100% are asked about.",
        "Customer: W***, ***8000",
        "Not asked yet: the time has not come.",
        "Next: the customer is asked on 2026-11-23 13:00, or as soon after as possible.",
    ]


async def test_sent_reminded_answered(desk: Desk) -> None:
    """The same delivery from the invitation to the answer."""
    await desk.say(WANG, contact=CONTACT)
    await desk.deliver(make_delivery())
    asked = await desk.ring(hours=1)
    told = await why(desk)
    assert "The customer was invited on 2026-11-23 13:00 and has not answered yet." in told
    assert "Next: one reminder on 2026-11-25 13:00" in told
    assert "Without an answer it ends on 2026-11-30 13:00." in told
    await desk.ring(hours=48)
    told = await why(desk)
    assert "Reminded on 2026-11-25 13:00." in told
    assert "Next: one reminder" not in told
    await desk.press(WANG, find_button_data(asked, "5"))
    told = await why(desk)
    assert "asked on 2026-11-23 13:00 (invited by us) and answered on 2026-11-25 13:00. Answers: 1." in told
    assert "Nothing more will happen automatically." in told


async def test_opened_and_expired(desk: Desk) -> None:
    """By the link, without an answer, until it ends."""
    await desk.open_survey()
    assert "The customer opened the survey on 2026-11-23 12:00 (by the link)" in await why(desk)
    await desk.ring(days=7)
    told = await why(desk)
    assert "asked on 2026-11-23 12:00 and did not answer; the survey ended on 2026-11-30 12:00." in told


@pytest.mark.parametrize(
    ("fate", "words", "more"),
    [
        (Fate.SAMPLED_OUT, "this delivery was not drawn", {}),
        (
            Fate.TOO_SOON,
            "was already asked on 2026-11-23 12:00, and nobody is asked more than once in 7 days",
            {"asked_at": NOON},
        ),
        (Fate.STOPPED, "opted out of surveys on 2026-11-23 12:00", {"stopped_at": NOON}),
        (Fate.TOO_LATE, "more than 7 days after the delivery", {}),
        (Fate.BLOCKED, "Not asked: the customer has blocked the bot.", {}),
    ],
)
async def test_why_not(desk: Desk, fate: Fate, words: str, more: dict[str, object]) -> None:
    """Each reason as a sentence, and the percentage of its priority."""
    await made(desk, fate, **more)
    told = await why(desk)
    assert words in told
    assert "Priority: P1, of which 80% are asked about." in told


async def test_unreachable_says_who_phones(desk: Desk) -> None:
    """Not on the list yet, on it, taken, tried, answered: each with what comes next."""
    await desk.deliver(make_unlinked_delivery())
    told = await why(desk)
    assert "Customer: 王**, ***5678" in told
    assert NUMBER not in told
    assert "as soon as the customer opens the link or shares the number, until 2026-11-30 11:00." in told
    assert "on the next morning's list" in told
    shown = await take_first_call(desk)
    assert "Mei is phoning the customer." in await why(desk)
    await desk.press(MEI, find_button_data(find_phone_card(shown), "No reply"))
    told = await why(desk)
    assert "On the list of those to be phoned; tried once." in told
    assert "It stays on the list until 2026-11-30 11:00." in told
    shown = await desk.press(MEI, find_button_data(await show_list_again(desk), "Take 1"), -1009)
    await desk.press(MEI, find_button_data(find_survey(shown), "3"))
    told = await why(desk)
    assert "asked by phone and answered on 2026-11-24 09:00. Answers: 1." in told
    assert "Entered on behalf of the customer by Mei." in told


async def test_no_number_and_other_ends(desk: Desk) -> None:
    """Without a number nobody can call; refused stays refused, and a week later nothing follows."""
    shown = await begin_morning(
        desk, make_unlinked_delivery(), make_unlinked_delivery("SF2", customer={"phone": None, "ref": "C-7"})
    )
    assert "There is no number to call." in await why(desk, "SF2")
    shown = await desk.press(MEI, find_button_data(shown, "Take 1"), -1009)
    await desk.press(MEI, find_button_data(find_phone_card(shown), "Refused"))
    assert "Phoned by Mei: the customer did not want to answer." in await why(desk)
    await desk.ring(days=8)
    assert "Nothing more will happen automatically." in await why(desk)


async def test_an_invitation_that_did_not_arrive(desk: Desk) -> None:
    """Refused with 403: the customer was never asked, is phoned, and is asked in chat on return."""
    from handlers.people import unreachable
    from handlers.turns.batch import Batch

    await desk.say(WANG, contact=CONTACT)
    await desk.deliver(make_delivery())
    (asked,) = await desk.ring(hours=1)

    async def gone(batch: Batch) -> None:
        await unreachable.mark_unreachable(batch, asked, "Forbidden")

    await desk.batch(gone)
    told = await why(desk)
    assert "Not asked: the customer has blocked the bot." in told
    assert "on the next morning's list" in told
    assert "asked in chat as soon as the customer returns" in told


async def test_every_source_is_told(desk: Desk) -> None:
    """The same waybill from two systems: both, and which is whose."""
    await desk.deliver(make_unlinked_delivery())
    await desk.deliver(make_unlinked_delivery(), source="shop")
    told = await why(desk)
    assert told.startswith("2 sources have reported this waybill:")
    assert "(erp)" in told
    assert "(shop)" in told


async def test_questions_without_an_answer(desk: Desk) -> None:
    """No waybill: how to ask; an unknown one: what to check, however it is written."""
    await desk.grant(BOSS, Role.MANAGER)
    assert list_texts(await desk.say(BOSS, "/why")) == [desk.text("why-how")]
    hostile = "<b>" + "x" * 100
    assert list_texts(await desk.say(BOSS, f"/why {hostile}"))[0].startswith(
        "I do not know a delivery with the waybill &lt;b&gt;xxx"
    )


async def test_who_may_ask(desk: Desk) -> None:
    """Managers and quality; not staff, not customers, not in a department's group."""
    await set_up_company(desk)
    await desk.deliver(make_unlinked_delivery())
    for who in (LI, MEI):
        await desk.grant(who, Role.STAFF, "transport")
    for who, chat in ((LI, None), (LI, GROUP), (WANG, None), (MEI, GROUP)):
        assert list_texts(await desk.say(who, "/why SF1", chat)) == [desk.text("only-oversight")]
    assert "SF1" in list_texts(await desk.say(MEI, "/why SF1", -1009))[0]
