"""An appeal: asked with a reason, decided by somebody of quality who is not involved; first decision wins (F2)."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from conversations.buttons import AppealButton
from conversations.cases import reason
from domain.people import Grant, Role
from handlers.turns import engine
from handlers.turns.batch import Batch
from handlers.turns.turn import Turn
from storage.models import answers, appeals, audit, cases, invitations
from storage.models import people as person_rows
from storage.people import people
from storage.queue.outbox import OwedCall
from tests.harness.case_actions import MEI, QUALITY, list_alerts, reply, tap
from tests.harness.in_process import (
    BOSS,
    GROUP,
    LI,
    WANG,
    Desk,
    TelegramUser,
    find_button,
    find_button_data,
    list_labels,
    list_texts,
)
from tests.harness.rating_appeals import (
    KURT,
    NINA,
    REASON,
    fetch_appeal_state,
    file_appeal,
    is_excluded,
    open_survey,
    rate_and_appeal,
    rate_delivery,
    set_up_courier,
)


async def decide(
    desk: Desk, who: TelegramUser, label: str, card: list[OwedCall], words: str = "It was the wrong code."
) -> list[OwedCall]:
    """Press, give the reason in reply, confirm."""
    await tap(desk, who, label, card, QUALITY)
    shown = await reply(desk, who, words, QUALITY)
    return await tap(desk, who, "Confirm", shown, QUALITY)


async def logged(desk: Desk) -> list[str]:
    rows = await desk.rows(select(audit.c.what).order_by(audit.c.id))
    return [row.what for row in rows if row.what.startswith(("appeal.", "rating."))]


async def test_asked_shown_back_and_filed(desk: Desk) -> None:
    """The reason is asked, shown back, and only then it is with quality: row, card, log, and a word to the courier."""
    await set_up_courier(desk)
    await rate_delivery(desk)
    listed = await desk.say(KURT, "/myratings")
    asked = await desk.press(KURT, find_button_data(listed, "Appeal 1"))
    name = desk.plain("appeal-of", day="2026-11-23")
    assert list_texts(asked, KURT.id) == [desk.text("reason-rating-appeal", number=name)]
    shown = await desk.say(KURT, REASON)
    assert REASON in list_texts(shown)[-1]
    assert await desk.rows(select(appeals.c.id)) == []
    done = await desk.press(KURT, find_button_data(shown, "Confirm"))
    assert desk.text("appeal-filed") in list_texts(done, KURT.id)
    (card,) = list_texts(done, QUALITY)
    assert REASON in card
    assert list_labels(next(call for call in done if call.chat_id == QUALITY)) == ["Uphold", "Reject"]
    (row,) = await desk.rows(select(appeals))
    assert (row.state, row.reason) == ("open", REASON)
    assert await logged(desk) == ["appeal.file"]


async def test_cancelled_before_it_counts(desk: Desk) -> None:
    """Cancel, and nothing was filed; it can be begun again."""
    await set_up_courier(desk)
    await rate_delivery(desk)
    listed = await desk.say(KURT, "/myratings")
    await desk.press(KURT, find_button_data(listed, "Appeal 1"))
    await desk.press(KURT, find_button_data(await desk.say(KURT, "hm"), "Cancel"))
    assert await desk.rows(select(appeals.c.id)) == []
    await file_appeal(desk)
    assert await fetch_appeal_state(desk) == "open"


async def test_upheld(desk: Desk) -> None:
    """With a reason, in reply, confirmed: out of the figures, the answer as it was; appellant and customer are told, the card says it."""
    card = await rate_and_appeal(desk)
    done = await decide(desk, MEI, "Uphold", card)
    assert await is_excluded(desk)
    assert await fetch_appeal_state(desk) == "upheld"
    assert [row.score for row in await desk.rows(select(answers.c.score))] == [1]
    day, why = "2026-11-23", "It was the wrong code."
    assert list_texts(done, KURT.id) == [desk.text("appeal-upheld-appellant", day=day, reason=why)]
    (told,) = list_texts(done, WANG.id)
    assert told == desk.text("appeal-upheld-customer", day=day, known="yes", waybill="SF1")
    assert not [name for name in ("Kurt", "k17", "Mei", "appeal", REASON, why) if name in told]
    card_now = next(text for text in list_texts(done, QUALITY) if "Appeal against" in text)
    assert desk.text("appeal-head", state="upheld") in card_now
    assert why in card_now
    assert await logged(desk) == ["appeal.file", "appeal.uphold", "rating.exclude"]
    (row,) = await desk.rows(select(audit.c.before, audit.c.after).where(audit.c.what == "appeal.uphold"))
    assert tuple(row) == ("open", why)
    assert desk.text("myratings-appealed", state="upheld") in list_texts(await desk.say(KURT, "/myratings"))[-1]


async def test_rejected(desk: Desk) -> None:
    """The rating stays in the figures; the appellant reads why, the customer hears nothing."""
    card = await rate_and_appeal(desk)
    done = await decide(desk, MEI, "Reject", card, "The code was right.")
    assert (await is_excluded(desk), await fetch_appeal_state(desk)) == (False, "rejected")
    expected = desk.text("appeal-rejected-appellant", day="2026-11-23", reason="The code was right.")
    assert list_texts(done, KURT.id) == [expected]
    assert list_texts(done, WANG.id) == []
    assert await logged(desk) == ["appeal.file", "appeal.reject"]


async def test_a_case_stays_what_it_is(desk: Desk) -> None:
    """The customer's case goes on, whatever was decided about the rating."""
    await set_up_courier(desk)
    await desk.press(WANG, find_button_data(await rate_delivery(desk), "File a complaint"))
    before = [tuple(row) for row in await desk.rows(select(cases.c.number, cases.c.state, cases.c.version))]
    await decide(desk, MEI, "Uphold", await file_appeal(desk))
    after = [tuple(row) for row in await desk.rows(select(cases.c.number, cases.c.state, cases.c.version))]
    assert before == after != []


async def test_the_first_decision_wins(desk: Desk) -> None:
    """Two begin; who confirms second hears who was first, and nothing changes; a late press refreshes the card."""
    card = await rate_and_appeal(desk)
    await tap(desk, MEI, "Uphold", card, QUALITY)
    await tap(desk, NINA, "Reject", card, QUALITY)
    hers = await reply(desk, MEI, "Wrong code", QUALITY)
    ninas = await reply(desk, NINA, "Right code", QUALITY)
    await tap(desk, MEI, "Confirm", hers, QUALITY)
    late = await tap(desk, NINA, "Confirm", ninas, QUALITY)
    assert list_alerts(late) == [desk.plain("appeal-late", name="Mei")]
    assert desk.text("appeal-late", name="Mei") in list_texts(late, QUALITY)
    assert list_texts(late, KURT.id) == []
    assert await fetch_appeal_state(desk) == "upheld"
    assert list_alerts(await tap(desk, NINA, "Reject", card, QUALITY)) == [desk.plain("appeal-late", name="Mei")]
    assert await logged(desk) == ["appeal.file", "appeal.uphold", "rating.exclude"]


@pytest.mark.parametrize("tie", ["appellant", "entered", "owner", "courier", "customer"])
async def test_who_is_involved_does_not_decide(desk: Desk, tie: str) -> None:
    """The appellant, who entered it, who worked on its case, who delivers as the courier, the customer: refused kindly, at the press."""
    card = await rate_and_appeal(desk)
    mei = await desk.grant(MEI, Role.COURIER, "k17" if tie == "courier" else "k99")
    async with desk.database.begin() as tx:
        match tie:
            case "appellant":
                await tx.execute(update(appeals).values(appellant=mei))
            case "entered":
                await tx.execute(update(invitations).values(entered_by=mei))
            case "customer":
                await tx.execute(update(invitations).values(person=mei))
            case _:
                pass
    if tie == "owner":
        await desk.press(WANG, find_button_data(await open_survey(desk), "File a complaint"))
        async with desk.database.begin() as tx:
            await tx.execute(update(cases).values(owner=mei))
    for label in ("Uphold", "Reject"):
        calls = await tap(desk, MEI, label, card, QUALITY)
        assert list_alerts(calls) == [desk.plain("appeal-involved")]
        assert await fetch_appeal_state(desk) == "open"
    await decide(desk, NINA, "Reject", card)
    assert await fetch_appeal_state(desk) == "rejected"


async def test_who_became_involved_meanwhile(desk: Desk) -> None:
    """What was allowed at the press is looked at again when the words are confirmed."""
    card = await rate_and_appeal(desk)
    await tap(desk, MEI, "Uphold", card, QUALITY)
    shown = await reply(desk, MEI, "Wrong code", QUALITY)
    await desk.grant(MEI, Role.COURIER, "k17")
    late = await tap(desk, MEI, "Confirm", shown, QUALITY)
    assert list_alerts(late) == [desk.plain("appeal-involved")]
    assert desk.text("appeal-involved") in list_texts(late, QUALITY)
    assert (await fetch_appeal_state(desk), await is_excluded(desk)) == ("open", False)


async def test_who_may_not_decide(desk: Desk) -> None:
    """A customer and staff in private, quality in a department's group, a manager while quality is there: answered, nothing changes."""
    card = await rate_and_appeal(desk)
    button = find_button(card, "Uphold")
    await desk.bind("transport")
    await desk.grant(LI, Role.STAFF, "transport")
    await desk.grant(MEI, Role.STAFF, "transport")
    await desk.grant(BOSS, Role.MANAGER)
    assert list_alerts(await desk.press(WANG, button)) == [desk.plain("appeal-only-quality")]
    assert list_alerts(await desk.press(LI, button, GROUP)) == [desk.plain("not-yours")]
    assert list_alerts(await desk.press(MEI, button, GROUP)) == [desk.plain("not-yours")]
    assert list_alerts(await desk.press(BOSS, button)) == [desk.plain("appeal-only-quality")]
    assert list_alerts(await desk.press(MEI, AppealButton(999, "u"), QUALITY)) == [desk.plain("appeal-gone")]
    assert list_alerts(await desk.press(MEI, AppealButton((button.about), "z"), QUALITY)) == [desk.plain("not-now")]  # type: ignore[union-attr]
    assert await fetch_appeal_state(desk) == "open"


async def test_without_quality_a_manager_decides(desk: Desk) -> None:
    """Where there is no group of quality the card goes to the managers, and where there is nobody of quality they decide."""
    await desk.grant(KURT, Role.COURIER, "k17")
    await desk.grant(BOSS, Role.MANAGER)
    await rate_delivery(desk)
    card = await file_appeal(desk)
    assert len(list_texts(card, BOSS.id)) == 1
    await desk.press(BOSS, find_button_data(card, "Uphold"))
    await desk.press(BOSS, find_button_data(await desk.say(BOSS, "Wrong code"), "Confirm"))
    assert (await fetch_appeal_state(desk), await is_excluded(desk)) == ("upheld", True)


async def test_one_appeal_a_rating(desk: Desk) -> None:
    """An old button, and a second account of the same courier, hear that there is one; two that were begun make one."""
    await set_up_courier(desk)
    second = TelegramUser(33, "Kurt's other phone")
    await desk.grant(second, Role.COURIER, "k17")
    await rate_delivery(desk)
    listed = await desk.say(KURT, "/myratings")
    button = find_button(listed, "Appeal 1")
    shown = []
    for who in (KURT, second):
        await desk.press(who, button)
        shown.append(await desk.say(who, "Unfair"))
    await desk.press(KURT, find_button_data(shown[0], "Confirm"))
    late = await desk.press(second, find_button_data(shown[1], "Confirm"))
    assert desk.plain("appeal-already") in list_alerts(late) + list_texts(late)
    assert list_alerts(await desk.press(KURT, button)) == [desk.plain("appeal-already")]
    assert len(await desk.rows(select(appeals.c.id))) == 1


async def test_thirty_days_and_no_more(desk: Desk) -> None:
    """The last moment counts, the next does not; words typed in time and confirmed too late are too late."""
    await set_up_courier(desk)
    await rate_delivery(desk)
    button = find_button(await desk.say(KURT, "/myratings"), "Appeal 1")
    desk.clock.advance(days=30)
    await desk.press(KURT, button)
    shown = await desk.say(KURT, "Unfair")
    desk.clock.advance(seconds=1)
    late = desk.plain("appeal-too-late", days="30")
    assert list_alerts(await desk.press(KURT, find_button_data(shown, "Confirm"))) == [late]
    assert list_alerts(await desk.press(KURT, button)) == [late]
    assert await desk.rows(select(appeals.c.id)) == []


async def test_a_rating_of_somebody_else(desk: Desk) -> None:
    """A forged press on another courier's rating, on one that is not there, in a group: nothing begins."""
    await set_up_courier(desk)
    await rate_delivery(desk, courier="k18")
    ((id_,),) = await desk.rows(select(invitations.c.id))
    for about in (id_, 999):
        assert list_alerts(await desk.press(KURT, AppealButton(about, "a"))) == [desk.plain("appeal-not-yours")]
    assert list_alerts(await desk.press(KURT, AppealButton(id_, "a"), QUALITY)) in ([], [desk.plain("not-now")])
    assert await desk.rows(select(appeals.c.id)) == []


async def test_a_rating_that_changes_meanwhile(desk: Desk) -> None:
    """The appeal stays open, and its card shows the new score at once."""
    await set_up_courier(desk)
    shown = await open_survey(desk)
    await desk.press(WANG, find_button_data(shown, "1"))
    await file_appeal(desk)
    desk.clock.advance(hours=1)
    (card,) = list_texts(await desk.press(WANG, find_button_data(shown, "3")), QUALITY)
    assert "Overall 3/5" in card
    assert desk.text("appeal-changed") in card
    assert await fetch_appeal_state(desk) == "open"
    assert list_texts(await desk.press(WANG, find_button_data(shown, "3")), QUALITY) == []


async def test_a_customer_who_cannot_be_reached(desk: Desk) -> None:
    """Who blocked the bot, and anyone who was phoned, is not written to; the decision still counts."""
    card = await rate_and_appeal(desk)
    async with desk.database.begin() as tx:
        await tx.execute(update(person_rows).where(person_rows.c.telegram_id == WANG.id).values(reach="blocked"))
    done = await decide(desk, MEI, "Uphold", card)
    assert (list_texts(done, WANG.id), await is_excluded(desk)) == ([], True)


async def test_a_revoked_courier(desk: Desk) -> None:
    """Who was the courier no longer appeals: the old button says that it is not theirs."""
    await set_up_courier(desk)
    await rate_delivery(desk)
    button = find_button(await desk.say(KURT, "/myratings"), "Appeal 1")
    kurt = await desk.grant(KURT, Role.COURIER, "k17")
    async with desk.database.begin() as tx:
        await people.revoke(tx, kurt, Grant(Role.COURIER, "k17"))
    assert list_alerts(await desk.press(KURT, button)) == [desk.plain("appeal-not-yours")]


async def test_no_topic_of_its_own(desk: Desk) -> None:
    """Where groups have a topic per case, an appeal is about no case: its questions stay in the group itself."""
    company = desk.services.company
    forums = replace(company, handling=replace(company.handling, topics=True))
    mei = await desk.grant(MEI, Role.QUALITY, "quality")
    async with desk.database.begin() as tx:
        person = (await people.fetch_by_id(tx, [mei]))[mei]
        batch = Batch(tx, replace(desk.services, company=forums), desk.clock.now())
        turn = Turn(batch, person, QUALITY, f"{QUALITY}:{MEI.id}", "en", private=False)
        for case, expected in ((0, None), (7, 7)):
            engine.begin(turn, "uphold:5", reason.NAME, reason.AskingReason(1, case, "Appeal", "uphold", "5"))
            assert batch.calls[-1].topic == expected
