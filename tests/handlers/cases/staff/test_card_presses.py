"""Staff at a card: who may, who was first, what is asked, who is told."""

import pytest
from sqlalchemy import select

from conversations.buttons import CASE_ACTIONS, CaseActionButton
from domain.people import Role
from storage.models import cases, grants, messages
from storage.queue.outbox import CARD_PREFIX, QUERY, OwedCall
from tests.harness.in_process import (
    BOSS,
    BOT_USER,
    GROUP,
    LI,
    WANG,
    ZHAO,
    Desk,
    TelegramUser,
    find_button_data,
    list_labels,
    list_texts,
    make_chat,
    read_body,
)

CHEN = TelegramUser(15, "Chen")
STRANGER = TelegramUser(66, "Mallory")
PROMPT = {"message_id": 700, "date": 1, "chat": make_chat(GROUP), "from": BOT_USER}


@pytest.fixture
async def card(desk: Desk) -> list[OwedCall]:
    """A complaint has reached the transport group, whose head is Zhao."""
    await desk.bind("transport")
    await desk.grant(ZHAO, Role.HEAD, "transport")
    return await desk.file_complaint()


async def test_anyone_who_is_new_is_asked_about_first(desk: Desk, card: list[OwedCall]) -> None:
    """The first press asks Telegram, waits for its word, and then counts; the second is not asked about."""
    (asked,) = await desk.press(LI, find_button_data(card, "Accept"), GROUP)
    assert (asked.method, asked.chat_id, read_body(asked)["method"]) == (QUERY, GROUP, "getChatMember")
    assert [row.state for row in await desk.rows(select(cases.c.state))] == ["assigned"]
    accepted = await desk.press_and_confirm(LI, "Accept", card)
    assert desk.plain("accepted", number="C-261123-0001") in list_texts(accepted)
    history = await desk.press(LI, find_button_data(accepted, "History"), GROUP)
    assert all(call.method != QUERY for call in history)


async def test_a_press_says_where_the_card_is(desk: Desk, card: list[OwedCall]) -> None:
    """Telegram's answer to the card was lost: anyone who presses it has it, so it is edited there, and never moved from where it is known."""
    name = next(call.name for call in card if call.chat_id == GROUP and call.name.startswith(CARD_PREFIX))
    await desk.press(LI, find_button_data(card, "Accept"), GROUP, at=640)
    assert await _list_places(desk, name) == []  # nobody knows yet whether Li may press
    await desk.answer_questions(await desk.press(LI, find_button_data(card, "Accept"), GROUP, at=641), "member")
    assert await _list_places(desk, name) == [641]
    await desk.press(LI, find_button_data(card, "History"), GROUP, at=600)
    assert await _list_places(desk, name) == [641]


async def _list_places(desk: Desk, name: str) -> list[int]:
    where = (messages.c.chat_id == GROUP, messages.c.name == name)
    return [row.message_id for row in await desk.rows(select(messages.c.message_id).where(*where))]


async def test_who_is_not_in_the_group_changes_nothing(desk: Desk, card: list[OwedCall]) -> None:
    """Telegram says "left": refused with a word, no role, no owner; at home the same data is refused at once."""
    import msgspec

    from handlers.route import MembershipAnswer
    from storage.queue.inbox import RawEvent

    (asked,) = await desk.press(STRANGER, find_button_data(card, "Accept"), GROUP)
    answer = msgspec.json.encode(MembershipAnswer(read_body(asked)["update"], "left"))
    await desk.worker.submit(RawEvent("answer", "1", answer))
    refused = await desk.fetch_owed()
    at_home = await desk.press(STRANGER, find_button_data(card, "Accept"))
    for calls in (refused, at_home):
        assert [read_body(call)["text"] for call in calls] == [desk.plain("not-yours")]
    assert [row.owner for row in await desk.rows(select(cases.c.owner))] == [None]
    assert len(await desk.rows(select(grants))) == 1


async def test_the_first_press_wins(desk: Desk, card: list[OwedCall]) -> None:
    """The second is told who was first, and sees the card as it stands."""
    await desk.press_and_confirm(LI, "Accept", card)
    calls = await desk.press_and_confirm(CHEN, "Accept", card)
    assert desk.plain("taken", owner="Li", number="C-261123-0001") in list_texts(calls)
    assert any(call.name.startswith("card:") for call in calls)


@pytest.mark.parametrize(
    "act",
    [
        CaseActionButton(7, "ac", 1),
        CaseActionButton(2**63 - 1, "ac", 1),
        CaseActionButton(1, "zz", 1),
        CaseActionButton(1, "", 1),
    ],
)
async def test_a_forged_act_is_refused(desk: Desk, card: list[OwedCall], act: CaseActionButton) -> None:
    """A case that is not there, an act that is none."""
    await desk.press_and_confirm(LI, "Accept", card)
    calls = await desk.press(LI, act, GROUP)
    assert [read_body(call)["text"] for call in calls] == [desk.plain("not-yours")]


async def test_every_act_answers_in_every_state(desk: Desk, card: list[OwedCall]) -> None:
    """Whatever is pressed, by staff or head, at whatever time: no failure, and no second answer to the press."""
    await desk.press_and_confirm(LI, "Accept", card)
    ((case,),) = await desk.rows(select(cases.c.id))
    for code in CASE_ACTIONS:
        for who in (LI, ZHAO, CHEN):
            calls = await desk.press_and_confirm(who, "x", [_button(CaseActionButton(case, code, 1))])
            assert len([call for call in calls if call.method == "answerCallbackQuery"]) <= 1


def _button(act: CaseActionButton) -> OwedCall:
    import msgspec

    from conversations.buttons import pack

    markup = {"inline_keyboard": [[{"text": "x", "callback_data": pack(act)}]]}
    return OwedCall(1, GROUP, "show", msgspec.json.encode({"reply_markup": markup}).decode())


async def resolve(desk: Desk, card: list[OwedCall], who: TelegramUser = LI) -> list[OwedCall]:
    accepted = await desk.press_and_confirm(who, "Accept", card)
    asked = await desk.press_and_confirm(who, "Resolve", accepted)
    for words in ("Cause", "Action"):
        asked = await desk.say(who, words, GROUP, reply_to_message=PROMPT)
    asked = await desk.press(who, find_button_data(asked, "Skip"), GROUP)
    asked = await desk.press(who, find_button_data(asked, "Not at fault"), GROUP)
    return await desk.press(who, find_button_data(asked, "Confirm"), GROUP)


async def test_a_resolution_is_reviewed_by_somebody_else(desk: Desk, card: list[OwedCall]) -> None:
    """The reviewers are named, the owner cannot approve, and nothing that was only typed has reached the customer."""
    review = await resolve(desk, card)
    assert any(f"tg://user?id={ZHAO.id}" in text for text in list_texts(review, GROUP))
    assert list_texts(review, WANG.id) == []
    await desk.press_and_confirm(LI, "Approve", review)
    assert [row.state for row in await desk.rows(select(cases.c.state))] == ["in_review"]
    approved = await desk.press_and_confirm(ZHAO, "Approve", review)
    assert any("Action" in text for text in list_texts(approved, WANG.id))
    ((valid,),) = await desk.rows(select(cases.c.valid))
    assert valid is False


async def test_a_plain_message_is_no_answer(desk: Desk, card: list[OwedCall]) -> None:
    """What the group chats about, and another person's reply to the prompt, are not taken for the resolution (C8): who was asked is
    asked to reply.
    """
    asked = await desk.press_and_confirm(LI, "Resolve", await desk.press_and_confirm(LI, "Accept", card))
    assert asked
    (again,) = await desk.say(LI, "lunch?", GROUP)
    assert desk.text("reply-please") in read_body(again)["text"]
    assert await desk.say(CHEN, "I know!", GROUP, reply_to_message=PROMPT) == []
    assert await desk.say(LI, "Cause", GROUP, reply_to_message=PROMPT) != []


async def test_a_return_names_its_reason_to_the_owner(desk: Desk, card: list[OwedCall]) -> None:
    """In the group by name, and in private; the case is in work again."""
    await desk.grant(LI, Role.STAFF, "transport")
    review = await resolve(desk, card)
    await desk.press_and_confirm(ZHAO, "Return", review)
    asked = await desk.say(ZHAO, "Too thin", GROUP, reply_to_message=PROMPT)
    calls = await desk.press(ZHAO, find_button_data(asked, "Confirm"), GROUP)
    assert any("Too thin" in text and f"id={LI.id}" in text for text in list_texts(calls, GROUP))
    assert any("Too thin" in text for text in list_texts(calls, LI.id))
    assert [row.state for row in await desk.rows(select(cases.c.state))] == ["in_work"]


async def test_a_transfer_moves_the_card(desk: Desk, card: list[OwedCall]) -> None:
    """The other department gets card and reason; here nothing is left to act on."""
    await desk.bind("service", -1005)
    accepted = await desk.press_and_confirm(LI, "Accept", card)
    asked = await desk.press_and_confirm(LI, "Transfer", accepted)
    asked = await desk.press(LI, find_button_data(asked, "Customer service"), GROUP)
    asked = await desk.say(LI, "Not ours", GROUP, reply_to_message=PROMPT)
    calls = await desk.press(LI, find_button_data(asked, "Confirm"), GROUP)
    there = [call for call in calls if call.chat_id == -1005]
    assert any(call.name.startswith("card:") and "Accept" in list_labels(call) for call in there)
    assert any("Not ours" in text for text in list_texts(there))
    here = [call for call in calls if call.chat_id == GROUP and call.name.startswith("card:")]
    assert [list_labels(call) for call in here] == [[]]


async def test_what_was_typed_too_late_counts_no_more(desk: Desk, card: list[OwedCall]) -> None:
    """Li writes a resolution while the head transfers the case: Confirm says that it has moved on, and nothing changes."""
    await desk.bind("service", -1005)
    accepted = await desk.press_and_confirm(LI, "Accept", card)
    asked = await desk.press_and_confirm(LI, "Resolve", accepted)
    for words in ("Cause", "Action"):
        asked = await desk.say(LI, words, GROUP, reply_to_message=PROMPT)
    asked = await desk.press(LI, find_button_data(asked, "Skip"), GROUP)
    asked = await desk.press(LI, find_button_data(asked, "At fault"), GROUP)
    moved = await desk.press_and_confirm(ZHAO, "Transfer", accepted)
    moved = await desk.press(ZHAO, find_button_data(moved, "Customer service"), GROUP)
    moved = await desk.say(ZHAO, "Not ours", GROUP, reply_to_message=PROMPT)
    await desk.press(ZHAO, find_button_data(moved, "Confirm"), GROUP)
    calls = await desk.press(LI, find_button_data(asked, "Confirm"), GROUP)
    assert any(call.method == "answerCallbackQuery" for call in calls)
    (row,) = await desk.rows(select(cases.c.state, cases.c.department))
    assert (row.state, row.department) == ("assigned", "service")


async def test_history_and_full_text(desk: Desk, card: list[OwedCall]) -> None:
    """Who did what, the customer without a name; everything that was written, escaped."""
    await desk.say(WANG, "It was <wet> " + "x" * 5000)
    accepted = await desk.press_and_confirm(LI, "Accept", card)
    (history,) = [text for text in list_texts(await desk.press_and_confirm(LI, "History", accepted)) if "filed" in text]
    assert "Li" in history
    assert "Wang" not in history
    full = list_texts(await desk.press_and_confirm(LI, "Full text", accepted), GROUP)
    assert sum(text.count("x") for text in full) >= 4000
    assert any("&lt;wet&gt;" in text for text in full)


async def test_the_departments_open_cases(desk: Desk, card: list[OwedCall]) -> None:
    """In the group those of the department, at home those of one's departments; strangers are told that it is for staff."""
    del card
    for who, chat in ((ZHAO, GROUP), (ZHAO, None)):
        assert "C-261123-0001" in list_texts(await desk.say(who, "/cases", chat))[0]
    assert list_texts(await desk.say(STRANGER, "/cases")) == [desk.text("not-staff")]
    await desk.grant(BOSS, Role.MANAGER)
    assert "C-261123-0001" in list_texts(await desk.say(BOSS, "/cases"))[0]
    await desk.grant(CHEN, Role.STAFF, "service")
    assert list_texts(await desk.say(CHEN, "/cases")) == [desk.text("cases-none")]


def test_nothing_is_left_out() -> None:
    """Every act that a card can offer has a way here: it looks, tells, writes, or is an event of the table."""
    from domain.cases.case import CaseEvent

    others = {"history", "full_text", "note", "report", "reveal"}
    assert set(CASE_ACTIONS.values()) - others <= {event.value for event in CaseEvent}
