"""Staff at a card: who may, who was first, what is asked, who is told."""

import pytest
from sqlalchemy import select

from conversations.buttons import ACTS, Act
from domain.people import Grant, Role
from handlers.cases.staff import staff
from storage.models import cases, grants
from storage.queue.outbox import ASK, Owed
from tests.harness.inside import BOSS, BOT_USER, GROUP, LI, WANG, ZHAO, Desk, Who, body, chat_of, data_of, labels, said

CHEN = Who(15, "Chen")
STRANGER = Who(66, "Mallory")
PROMPT = {"message_id": 700, "date": 1, "chat": chat_of(GROUP), "from": BOT_USER}


@pytest.fixture
async def card(desk: Desk) -> list[Owed]:
    """A complaint has reached the transport group, whose head is Zhao."""
    await desk.bind("transport")
    await desk.grant(ZHAO, Role.HEAD, "transport")
    return await desk.filed()


def test_being_in_a_group_is_a_role() -> None:
    """Staff of the department; quality in the quality group."""
    assert staff.membership("quality", "transport") == Grant(Role.STAFF, "transport")
    assert staff.membership("quality", "quality") == Grant(Role.QUALITY, "quality")


async def test_whoever_is_new_is_asked_about_first(desk: Desk, card: list[Owed]) -> None:
    """The first press asks Telegram, waits for its word, and then counts; the second is not asked about."""
    (asked,) = await desk.press(LI, data_of(card, "Accept"), GROUP)
    assert (asked.method, asked.chat_id, body(asked)["method"]) == (ASK, GROUP, "getChatMember")
    assert [row.state for row in await desk.rows(select(cases.c.state))] == ["assigned"]
    accepted = await desk.acting(LI, "Accept", card)
    assert desk.plain("accepted", number="C-261123-0001") in said(accepted)
    history = await desk.press(LI, data_of(accepted, "History"), GROUP)
    assert all(call.method != ASK for call in history)


async def test_who_is_not_in_the_group_changes_nothing(desk: Desk, card: list[Owed]) -> None:
    """Telegram says "left": refused with a word, no role, no owner; at home the same data is refused at once."""
    import msgspec

    from handlers.route import Answered
    from storage.queue.inbox import Arrived

    (asked,) = await desk.press(STRANGER, data_of(card, "Accept"), GROUP)
    answer = msgspec.json.encode(Answered(body(asked)["update"], "left"))
    await desk.worker.submit(Arrived("answer", "1", answer))
    refused = await desk.owed()
    at_home = await desk.press(STRANGER, data_of(card, "Accept"))
    for calls in (refused, at_home):
        assert [body(call)["text"] for call in calls] == [desk.plain("not-yours")]
    assert [row.owner for row in await desk.rows(select(cases.c.owner))] == [None]
    assert len(await desk.rows(select(grants))) == 1


async def test_the_first_press_wins(desk: Desk, card: list[Owed]) -> None:
    """The second is told who was first, and sees the card as it stands."""
    await desk.acting(LI, "Accept", card)
    calls = await desk.acting(CHEN, "Accept", card)
    assert desk.plain("taken", owner="Li", number="C-261123-0001") in said(calls)
    assert any(call.name.startswith("card:") for call in calls)


@pytest.mark.parametrize("act", [Act(7, "ac", 1), Act(2**63 - 1, "ac", 1), Act(1, "zz", 1), Act(1, "", 1)])
async def test_a_forged_act_is_refused(desk: Desk, card: list[Owed], act: Act) -> None:
    """A case that is not there, an act that is none."""
    await desk.acting(LI, "Accept", card)
    calls = await desk.press(LI, act, GROUP)
    assert [body(call)["text"] for call in calls] == [desk.plain("not-yours")]


async def test_every_act_answers_in_every_state(desk: Desk, card: list[Owed]) -> None:
    """Whatever is pressed, by staff or head, at whatever time: no failure, and no second answer to the press."""
    await desk.acting(LI, "Accept", card)
    ((case,),) = await desk.rows(select(cases.c.id))
    for code in ACTS:
        for who in (LI, ZHAO, CHEN):
            calls = await desk.acting(who, "x", [_button(Act(case, code, 1))])
            assert len([call for call in calls if call.method == "answerCallbackQuery"]) <= 1


def _button(act: Act) -> Owed:
    import msgspec

    from conversations.buttons import pack

    markup = {"inline_keyboard": [[{"text": "x", "callback_data": pack(act)}]]}
    return Owed(1, GROUP, "show", msgspec.json.encode({"reply_markup": markup}).decode())


async def resolve(desk: Desk, card: list[Owed], who: Who = LI) -> list[Owed]:
    accepted = await desk.acting(who, "Accept", card)
    asked = await desk.acting(who, "Resolve", accepted)
    for words in ("Cause", "Action"):
        asked = await desk.say(who, words, GROUP, reply_to_message=PROMPT)
    asked = await desk.press(who, data_of(asked, "Skip"), GROUP)
    asked = await desk.press(who, data_of(asked, "Not at fault"), GROUP)
    return await desk.press(who, data_of(asked, "Confirm"), GROUP)


async def test_a_resolution_is_reviewed_by_somebody_else(desk: Desk, card: list[Owed]) -> None:
    """The reviewers are named, the owner cannot approve, and nothing that was only typed has reached the customer."""
    review = await resolve(desk, card)
    assert any(f"tg://user?id={ZHAO.id}" in text for text in said(review, GROUP))
    assert said(review, WANG.id) == []
    await desk.acting(LI, "Approve", review)
    assert [row.state for row in await desk.rows(select(cases.c.state))] == ["in_review"]
    approved = await desk.acting(ZHAO, "Approve", review)
    assert any("Action" in text for text in said(approved, WANG.id))
    ((valid,),) = await desk.rows(select(cases.c.valid))
    assert valid is False


async def test_a_plain_message_is_no_answer(desk: Desk, card: list[Owed]) -> None:
    """What the group chats about, and another person's reply to the prompt, are not taken for the resolution (C8)."""
    asked = await desk.acting(LI, "Resolve", await desk.acting(LI, "Accept", card))
    assert asked
    assert await desk.say(LI, "lunch?", GROUP) == []
    assert await desk.say(CHEN, "I know!", GROUP, reply_to_message=PROMPT) == []
    assert await desk.say(LI, "Cause", GROUP, reply_to_message=PROMPT) != []


async def test_a_return_names_its_reason_to_the_owner(desk: Desk, card: list[Owed]) -> None:
    """In the group by name, and in private; the case is in work again."""
    await desk.grant(LI, Role.STAFF, "transport")
    review = await resolve(desk, card)
    await desk.acting(ZHAO, "Return", review)
    asked = await desk.say(ZHAO, "Too thin", GROUP, reply_to_message=PROMPT)
    calls = await desk.press(ZHAO, data_of(asked, "Confirm"), GROUP)
    assert any("Too thin" in text and f"id={LI.id}" in text for text in said(calls, GROUP))
    assert any("Too thin" in text for text in said(calls, LI.id))
    assert [row.state for row in await desk.rows(select(cases.c.state))] == ["in_work"]


async def test_a_transfer_moves_the_card(desk: Desk, card: list[Owed]) -> None:
    """The other department gets card and reason; here nothing is left to act on."""
    await desk.bind("service", -1005)
    accepted = await desk.acting(LI, "Accept", card)
    asked = await desk.acting(LI, "Transfer", accepted)
    asked = await desk.press(LI, data_of(asked, "Customer service"), GROUP)
    asked = await desk.say(LI, "Not ours", GROUP, reply_to_message=PROMPT)
    calls = await desk.press(LI, data_of(asked, "Confirm"), GROUP)
    there = [call for call in calls if call.chat_id == -1005]
    assert any(call.name.startswith("card:") and "Accept" in labels(call) for call in there)
    assert any("Not ours" in text for text in said(there))
    here = [call for call in calls if call.chat_id == GROUP and call.name.startswith("card:")]
    assert [labels(call) for call in here] == [[]]


async def test_what_was_typed_too_late_counts_no_more(desk: Desk, card: list[Owed]) -> None:
    """Li writes a resolution while the head transfers the case: Confirm says that it has moved on, and nothing changes."""
    await desk.bind("service", -1005)
    accepted = await desk.acting(LI, "Accept", card)
    asked = await desk.acting(LI, "Resolve", accepted)
    for words in ("Cause", "Action"):
        asked = await desk.say(LI, words, GROUP, reply_to_message=PROMPT)
    asked = await desk.press(LI, data_of(asked, "Skip"), GROUP)
    asked = await desk.press(LI, data_of(asked, "At fault"), GROUP)
    moved = await desk.acting(ZHAO, "Transfer", accepted)
    moved = await desk.press(ZHAO, data_of(moved, "Customer service"), GROUP)
    moved = await desk.say(ZHAO, "Not ours", GROUP, reply_to_message=PROMPT)
    await desk.press(ZHAO, data_of(moved, "Confirm"), GROUP)
    calls = await desk.press(LI, data_of(asked, "Confirm"), GROUP)
    assert any(call.method == "answerCallbackQuery" for call in calls)
    (row,) = await desk.rows(select(cases.c.state, cases.c.department))
    assert (row.state, row.department) == ("assigned", "service")


async def test_history_and_full_text(desk: Desk, card: list[Owed]) -> None:
    """Who did what, the customer without a name; everything that was written, escaped."""
    await desk.say(WANG, "It was <wet> " + "x" * 5000)
    accepted = await desk.acting(LI, "Accept", card)
    (history,) = [text for text in said(await desk.acting(LI, "History", accepted)) if "filed" in text]
    assert "Li" in history
    assert "Wang" not in history
    full = said(await desk.acting(LI, "Full text", accepted), GROUP)
    assert sum(text.count("x") for text in full) >= 4000
    assert any("&lt;wet&gt;" in text for text in full)


async def test_the_departments_open_cases(desk: Desk, card: list[Owed]) -> None:
    """In the group those of the department, at home those of one's departments; strangers are told that it is for staff."""
    del card
    for who, chat in ((ZHAO, GROUP), (ZHAO, None)):
        assert "C-261123-0001" in said(await desk.say(who, "/cases", chat))[0]
    assert said(await desk.say(STRANGER, "/cases")) == [desk.text("not-staff")]
    await desk.grant(BOSS, Role.MANAGER)
    assert "C-261123-0001" in said(await desk.say(BOSS, "/cases"))[0]
    await desk.grant(CHEN, Role.STAFF, "service")
    assert said(await desk.say(CHEN, "/cases")) == [desk.text("cases-none")]


def test_nothing_is_left_out() -> None:
    """Every act that a card can offer has a way here: it looks, tells, writes, or is an event of the table."""
    from domain.cases.case import Event

    others = {"history", "full_text", "note", "report", "reveal"}
    assert set(ACTS.values()) - others <= {event.value for event in Event}
