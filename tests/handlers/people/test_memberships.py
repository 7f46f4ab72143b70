"""Membership, confirmed by Telegram, expired, and asked again: roles do not outlive it."""

from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from conversations.buttons import CaseActionButton, CaseViewButton
from domain.people import Grant, Role
from handlers.people import memberships
from handlers.people.memberships import Asked
from handlers.route import make_membership_answer
from storage.models import grants
from storage.queue import outbox
from storage.queue.inbox import RawEvent
from storage.queue.outbox import OwedCall
from tests.harness.case_actions import (
    CODES,
    MEI,
    NUMBER,
    QUALITY,
    find_first_case,
    list_alerts,
    press,
    set_up_accepted_case,
)
from tests.harness.in_process import (
    BOSS,
    BOT_USER,
    GROUP,
    LI,
    ZHAO,
    Desk,
    TelegramUser,
    list_texts,
    make_chat,
    read_body,
)

DAY = 24
ELSEWHERE = -1007


async def list_grants(desk: Desk, who: TelegramUser = LI) -> set[Grant]:
    id_ = await desk.grant(who, Role.COURIER, "k0")
    rows = await desk.rows(select(grants.c.role, grants.c.department).where(grants.c.person == id_))
    return {Grant(Role(role), department or None) for role, department in map(tuple, rows)} - {
        Grant(Role.COURIER, "k0")
    }


def list_asked(calls: list[OwedCall]) -> list[tuple[int | None, int]]:
    """In which groups Telegram is asked about whom."""
    return [(call.chat_id, read_body(call)["params"]["user_id"]) for call in calls if call.method == outbox.QUERY]


async def change_member(
    desk: Desk, who: TelegramUser, status: str, by: dict[str, Any] | None = None, more: dict[str, Any] | None = None
) -> list[OwedCall]:
    """Telegram says what somebody is in the group now."""
    member = {"user": who.user, "status": status} | (more or {})
    body = {"chat": make_chat(GROUP), "from": by or BOSS.user, "date": 1}
    return await desk.update("chat_member", body | {"old_chat_member": member, "new_chat_member": member})


@pytest.fixture
async def case(desk: Desk) -> int:
    """A case that Li owns."""
    await set_up_accepted_case(desk)
    return await find_first_case(desk)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("/cases", "not-staff"),
        (f"/case {NUMBER}", "look-unknown"),
        ("/search SF1", "not-staff"),
        ("/mycases", "mycases-none"),
        (f"/note {NUMBER} Hello", "note-unknown"),
    ],
)
@pytest.mark.usefixtures("case")
async def test_anyone_who_left_unseen_lists_nothing_in_private(desk: Desk, words: str, said: str) -> None:
    """After a day Telegram is asked first; what it says counts, is in the log, and is said."""
    desk.clock.advance(hours=DAY + 1)
    asked = await desk.say(LI, words)
    assert [call.method for call in asked] == [outbox.QUERY]
    assert list_asked(asked) == [(GROUP, LI.id)]
    calls = await desk.answer_questions(asked, "left")
    over = desk.text("membership-over", department="Transport")
    assert list_texts(calls, LI.id) == [over, desk.text(said, number=NUMBER)]
    assert await list_grants(desk) == set()


async def test_anyone_who_left_unseen_acts_on_nothing_in_private(desk: Desk, case: int) -> None:
    """Neither the file nor the customer's number is shown, and a dialogue that was begun goes nowhere."""
    await desk.press(LI, CaseActionButton(case, CODES["plan"], 1))
    desk.clock.advance(hours=DAY + 1)
    for button in (CaseActionButton(case, CODES["reveal"], 1), CaseViewButton(case, "c")):
        await desk.grant(LI, Role.STAFF, "transport")
        await expire(desk)
        calls = await desk.answer_questions(await desk.press(LI, button), "left")
        assert desk.plain("not-yours") in list_alerts(calls)
        assert not [text for text in list_texts(calls) if "8000" in text]
    await desk.grant(LI, Role.STAFF, "transport")
    await expire(desk)
    asked = await desk.say(LI, "Whatever")
    assert list_asked(asked) == [(GROUP, LI.id)]


async def expire(desk: Desk) -> None:
    async with desk.database.begin() as tx:
        await tx.execute(grants.update().values(confirmed_at=None))


@pytest.mark.usefixtures("case")
async def test_anyone_who_is_still_there_waits_for_one_question_a_day(desk: Desk) -> None:
    """The answer is believed for a day; within it nobody is asked."""
    assert list_asked(await desk.say(LI, "/cases")) == []
    desk.clock.advance(hours=DAY + 1)
    calls = await desk.answer_questions(await desk.say(LI, "/cases"), "member")
    assert any(NUMBER in text for text in list_texts(calls, LI.id))
    desk.clock.advance(hours=DAY - 1)
    assert list_asked(await desk.say(LI, "/cases")) == []


@pytest.mark.parametrize("status", ["hidden", "unknown"])
@pytest.mark.usefixtures("case")
async def test_where_telegram_cannot_say_nothing_is_shown_and_nothing_taken(desk: Desk, status: str) -> None:
    """The role stays and does not count; acting in the group proves it where members are hidden from us."""
    desk.clock.advance(hours=DAY + 1)
    calls = await desk.answer_questions(await desk.say(LI, "/cases"), status)
    assert list_texts(calls) == [
        desk.text("membership-unsure", departments="Transport"),
        desk.text("not-staff"),
    ]
    assert await list_grants(desk) == {Grant(Role.STAFF, "transport")}
    await desk.answer_questions(await press(desk, LI, "history"), status)
    again = await desk.say(LI, "/cases")
    assert list_asked(again) == ([] if status == "hidden" else [(GROUP, LI.id)])


@pytest.mark.usefixtures("case")
async def test_a_group_without_the_bot_is_not_asked(desk: Desk) -> None:
    """It could not answer; back in it, everybody is looked for again, whenever that was last done."""
    await desk.member(BOSS, "kicked", GROUP)
    assert any(NUMBER in text for text in list_texts(await desk.say(LI, "/cases")))
    desk.clock.advance(hours=DAY + 1)
    calls = await desk.say(LI, "/cases")
    assert list_texts(calls)[0] == desk.text("membership-unsure", departments="Transport")
    await desk.member(BOSS, "member", GROUP)
    assert list_asked(await desk.say(LI, "/cases")) == [(GROUP, LI.id)]


@pytest.mark.usefixtures("case")
async def test_at_the_bots_return_everybody_is_looked_for(desk: Desk) -> None:
    """Also those who were confirmed a minute before it was put out."""
    await desk.member(BOSS, "kicked", GROUP)
    await desk.member(BOSS, "administrator", GROUP)
    assert list_asked(await desk.say(LI, "/cases")) == [(GROUP, LI.id)]


@pytest.mark.usefixtures("case")
async def test_bound_anew_everybody_is_looked_for_in_the_new_group(desk: Desk) -> None:
    """Anyone who was in the group before may not be in this one."""
    await desk.grant(BOSS, Role.MANAGER)
    await desk.say(BOSS, "/bind transport", ELSEWHERE)
    asked = await desk.say(LI, "/cases")
    assert list_asked(asked) == [(ELSEWHERE, LI.id)]
    await desk.answer_questions(asked, "left")
    assert await list_grants(desk) == set()


@pytest.mark.usefixtures("case")
async def test_a_department_without_a_group_has_no_members(desk: Desk) -> None:
    """Its group is another department's now; only who was made staff by name stays staff."""
    await desk.grant(BOSS, Role.MANAGER)
    await desk.say(BOSS, f"/grant staff sales {LI.id}")
    await desk.say(BOSS, "/bind service", GROUP)
    calls = await desk.say(LI, "/cases")
    assert list_asked(calls) == []
    assert list_texts(calls)[0] == desk.text("membership-unsure", departments="Transport")
    desk.clock.advance(hours=DAY + 1)
    assert list_texts(await desk.say(LI, "/cases"))[1:] == [desk.text("cases-none")]


async def test_every_group_is_asked(desk: Desk, case: int) -> None:
    """Somebody of two departments who left one of them keeps the other; the answers are not mixed up."""
    await desk.grant(LI, Role.QUALITY, "quality")
    await expire(desk)
    asked = await desk.press(LI, CaseViewButton(case, "c"))
    assert list_asked(asked) == [(QUALITY, LI.id)]
    asked = await answer_one(desk, asked, "kicked")
    assert list_asked(asked) == [(GROUP, LI.id)]
    calls = await answer_one(desk, asked, "member")
    assert any(NUMBER in text for text in list_texts(calls))
    assert await list_grants(desk) == {Grant(Role.STAFF, "transport")}


async def answer_one(desk: Desk, calls: list[OwedCall], status: str) -> list[OwedCall]:
    """Telegram answers one question; what follows."""
    (asked,) = [call for call in calls if call.method == outbox.QUERY]
    answer = msgspec.json.encode(make_membership_answer(read_body(asked)["update"], status))
    await desk.worker.submit(RawEvent("answer", str(asked.id), answer))
    return await desk.fetch_owed()


@pytest.mark.usefixtures("case")
async def test_an_answer_gives_no_role_that_was_taken_meanwhile(desk: Desk) -> None:
    """A manager revokes it while Telegram is being asked."""
    await desk.grant(BOSS, Role.MANAGER)
    desk.clock.advance(hours=DAY + 1)
    asked = await desk.say(LI, "/cases")
    await desk.say(BOSS, f"/revoke staff transport {LI.id}")
    calls = await desk.answer_questions(asked, "member")
    assert list_texts(calls) == [desk.text("not-staff")]
    assert await list_grants(desk) == set()


@pytest.mark.parametrize(("status", "more"), [("left", {}), ("kicked", {}), ("restricted", {"is_member": False})])
@pytest.mark.parametrize("by", [BOSS.user, LI.user, BOT_USER])
@pytest.mark.usefixtures("case")
async def test_an_administrator_bot_hears_who_leaves(
    desk: Desk, status: str, more: dict[str, Any], by: dict[str, Any]
) -> None:
    """No matter who did it, another bot's too; the role goes at once."""
    await change_member(desk, LI, status, by, more)
    assert await list_grants(desk) == set()
    assert list_texts(await desk.say(LI, "/cases")) == [desk.text("not-staff")]


@pytest.mark.usefixtures("case")
async def test_a_message_that_somebody_was_put_out_by_a_bot_counts(desk: Desk) -> None:
    """A moderation bot removes a member."""
    body = {"message_id": 5, "date": 1, "chat": make_chat(GROUP), "from": BOT_USER, "left_chat_member": LI.user}
    await desk.update("message", body)
    assert await list_grants(desk) == set()


@pytest.mark.usefixtures("case")
async def test_an_administrator_bot_hears_who_joins(desk: Desk) -> None:
    """Somebody we know is staff at once; a bot is nobody."""
    await desk.say(BOSS, "/help")
    for status, more in (("member", {}), ("restricted", {"is_member": True})):
        await change_member(desk, BOSS, "left")
        await change_member(desk, BOSS, status, more=more)
        assert await list_grants(desk, BOSS) == {Grant(Role.STAFF, "transport")}
    body = {"chat": make_chat(GROUP), "from": BOSS.user, "date": 1}
    bot = {"user": BOT_USER, "status": "member"}
    assert await desk.update("chat_member", body | {"old_chat_member": bot, "new_chat_member": bot}) == []


@pytest.mark.usefixtures("case")
async def test_a_head_stays_head(desk: Desk) -> None:
    """What a manager gave by name is taken by a manager."""
    desk.clock.advance(hours=DAY + 1)
    assert any(NUMBER in text for text in list_texts(await desk.say(ZHAO, "/cases")))


@pytest.mark.usefixtures("case")
async def test_quality_is_looked_for_as_well(desk: Desk) -> None:
    """Who left quality's group reads no log."""
    desk.clock.advance(hours=DAY + 1)
    asked = await desk.say(MEI, "/checks")
    assert list_asked(asked) == [(QUALITY, MEI.id)]
    calls = await desk.answer_questions(asked, "left")
    assert list_texts(calls)[-1] == desk.text("checks-only-quality")


def test_what_was_asked_rides_along() -> None:
    """An update from before, about which nothing was asked, stays as it is."""
    raw = b'{"update_id":1,"message":{"text":"\\u4f60"}}'
    assert memberships.attach_answer(raw, "member") == raw
    asked = memberships.attach(raw, Asked(-5, unsure=(-6,)))
    answered = memberships.attach_answer(asked, "left")
    assert b'"membership":{"chat":-5,"status":"left","unsure":[-6]}' in answered
    assert memberships.attach(answered, Asked(-7)).count(b"membership") == 1
