"""A customer's own cases: the list, the timeline, withdrawing, taking up again."""

import pytest
from sqlalchemy import select

from conversations.buttons import MyCaseButton
from storage.models import audit, cases, sessions
from tests.harness.case_messages import make_reply, place_message, set_up_owned_case
from tests.harness.customer_case import NUMBER, fetch_case_id, fetch_case_state, set_up_closed_case
from tests.harness.in_process import GROUP, LI, WANG, Desk, find_button_data, list_labels, list_texts, read_body


async def test_from_the_list_to_the_timeline_and_back(desk: Desk) -> None:
    """One message: number, kind and state; what happened and what comes next; back again."""
    await desk.bind("transport")
    await desk.file_complaint()
    (shown,) = await desk.say(WANG, "/mycases")
    assert list_labels(shown) == [f"{NUMBER} · Complaint · assigned"]
    (timeline,) = [
        c for c in await desk.press(WANG, find_button_data([shown], list_labels(shown)[0]), at=700) if c.name
    ]
    assert timeline.message_id == 700
    assert "filed and passed on" in list_texts([timeline])[0]
    assert "Next: the department takes it on. You will have an answer by 2026-11-30" in list_texts([timeline])[0]
    assert list_labels(timeline) == ["Add to it", "Withdraw", "Back to the list"]
    (back,) = [c for c in await desk.press(WANG, find_button_data([timeline], "Back to the list"), at=700) if c.name]
    assert (back.message_id, list_labels(back)) == (700, list_labels(shown))


async def test_ten_a_page_open_ones_first(desk: Desk) -> None:
    """Older and Newer turn the page in place; what is over comes last."""
    for n in range(12):
        await desk.file_complaint(waybill=f"SF{n}")
    ids = [row.id for row in await desk.rows(select(cases.c.id).order_by(cases.c.id))]
    await desk.press(WANG, MyCaseButton(ids[11], "W"))
    (first,) = await desk.say(WANG, "/mycases")
    assert len(list_labels(first)) == 11
    assert list_labels(first)[0].startswith("C-261123-0011")
    (second,) = [c for c in await desk.press(WANG, find_button_data([first], "Older ▸"), at=700) if c.name]
    assert list_labels(second) == [
        f"{NUMBER} · Complaint · assigned",
        "C-261123-0012 · Complaint · withdrawn",
        "◂ Newer",
    ]
    (newer,) = [c for c in await desk.press(WANG, find_button_data([second], "◂ Newer"), at=700) if c.name]
    assert list_labels(newer) == list_labels(first)
    (nothing,) = await desk.press(WANG, MyCaseButton(0, "l", 9))
    assert read_body(nothing)["text"] == desk.plain("mycases-none")


async def test_nobody_elses(desk: Desk) -> None:
    """Whatever is pressed, another's case does nothing but answer."""
    await desk.file_complaint()
    for what in "tawWneqf":
        (answer,) = await desk.press(LI, MyCaseButton(await fetch_case_id(desk), what))
        assert read_body(answer)["text"] == desk.plain("not-yours")
    assert await fetch_case_state(desk) == "assigned"


async def test_withdrawing_asks_first(desk: Desk) -> None:
    """No keeps it; yes tells the department under the card, and ends whatever is being asked about it."""
    await desk.bind("transport")
    filed = await desk.file_complaint()
    await desk.press_and_confirm(LI, "Accept", filed)
    case = await fetch_case_id(desk)
    asked = await desk.press(WANG, MyCaseButton(case, "w"))
    assert desk.text("withdraw-really", number=NUMBER) in list_texts(asked)
    kept = await desk.press(WANG, find_button_data(asked, "No, keep it"))
    assert "Withdraw" in list_labels(kept[0])
    gone = await desk.press(WANG, find_button_data(asked, "Yes, withdraw it"))
    assert await fetch_case_state(desk) == "withdrawn"
    assert any(text.startswith(desk.text("withdrawn-here", number=NUMBER)) for text in list_texts(gone, GROUP))
    assert desk.text("withdrawn", number=NUMBER) in list_texts(gone, WANG.id)
    assert not await desk.rows(select(sessions.c.topic).where(sessions.c.topic == f"add:{case}"))
    (late,) = await desk.press(WANG, find_button_data(asked, "Yes, withdraw it"))
    assert read_body(late)["text"] == desk.plain("verdict-late", number=NUMBER)


async def test_what_staff_were_asked_is_over(desk: Desk) -> None:
    """A prompt about a withdrawn case says so, and its buttons are no longer works."""
    await desk.bind("transport")
    accepted = await desk.press_and_confirm(LI, "Accept", await desk.file_complaint())
    asked = await desk.press_and_confirm(LI, "Plan", accepted)
    prompt = asked[-1].name
    gone = await desk.press(WANG, MyCaseButton(await fetch_case_id(desk), "W"))
    (over,) = [call for call in gone if call.name == prompt]
    assert list_texts([over]) == [desk.text("dialogue-over", number=NUMBER)]


async def test_reopened_in_time(desk: Desk) -> None:
    """Closed and not solved after all: the reason is asked, and another round begins."""
    await set_up_closed_case(desk)
    (timeline,) = [c for c in await desk.press(WANG, MyCaseButton(await fetch_case_id(desk), "t")) if c.name]
    assert list_labels(timeline) == ["Not solved after all", "Back to the list"]
    await desk.ring(days=13)
    asked = await desk.press(WANG, find_button_data([timeline], "Not solved after all"))
    assert any(one.startswith(desk.text("reason-reopen", number=NUMBER)) for one in list_texts(asked))
    calls = await desk.say(WANG, "It broke again")
    assert any("It broke again" in text for text in list_texts(calls, GROUP))
    (row,) = await desk.rows(select(cases.c.state, cases.c.round, cases.c.number))
    assert tuple(row) == ("assigned", 2, NUMBER)


@pytest.mark.parametrize("again", [False, True])
async def test_too_late_is_a_new_linked_case(desk: Desk, again: bool) -> None:  # noqa: FBT001
    """After the grace a new case takes it up, with both numbers; a second time it joins that one."""
    await set_up_closed_case(desk)
    case = await fetch_case_id(desk)
    await desk.ring(days=15)
    await desk.press(WANG, MyCaseButton(case, "n"))
    calls = await desk.say(WANG, "It broke again")
    numbers = {row.number: row for row in await desk.rows(select(cases))}
    assert len(numbers) == 2
    new = next(row for number, row in numbers.items() if number != NUMBER)
    assert (new.linked, new.state, new.description, new.waybill) == (case, "assigned", "It broke again", "SF1")
    assert any(NUMBER in text and new.number in text for text in list_texts(calls, WANG.id))
    assert desk.text("linked-here", number=new.number, old=NUMBER) in [
        text.strip() for text in list_texts(calls, GROUP)
    ]
    if again:
        await desk.press(WANG, MyCaseButton(case, "n"))
        calls = await desk.say(WANG, "And again")
        assert len(await desk.rows(select(cases.c.id))) == 2
        assert desk.text("complaint-joined", number=new.number) in list_texts(calls, WANG.id)


async def test_an_old_timeline_is_late(desk: Desk) -> None:
    """What the state does not allow any more is answered and does nothing."""
    await desk.file_complaint()
    for what in "neq":
        (answer,) = await desk.press(WANG, MyCaseButton(await fetch_case_id(desk), what))
        assert read_body(answer)["text"] == desk.plain("verdict-late", number=NUMBER)
    assert await fetch_case_state(desk) == "assigned"


async def test_reopened_is_rated_anew(desk: Desk) -> None:
    """What was said about the first handling is in the log, and no longer on the card."""
    await desk.press(WANG, find_button_data([c for c in await set_up_closed_case(desk) if c.chat_id == WANG.id], "2"))
    await desk.press(WANG, MyCaseButton(await fetch_case_id(desk), "n"))
    calls = await desk.say(WANG, "It broke again")
    ((handling,),) = await desk.rows(select(cases.c.handling))
    assert handling is None
    card = [text for text in list_texts(calls, GROUP) if f"· <b>{NUMBER}</b> ·" in text.partition("\n")[0]][-1]
    assert "Handling rated" not in card
    changes = await desk.rows(select(audit.c.before, audit.c.after).where(audit.c.what == "case.handling"))
    assert [tuple(row) for row in changes] == [(None, "2"), ("2", None)]


async def test_files_of_the_department_come_again(desk: Desk) -> None:
    """The customer could not be sent a voice message, and asks for it again."""
    case = await set_up_owned_case(desk)
    assert await desk.press(WANG, MyCaseButton(case, "f")) == []
    await place_message(desk, GROUP, f"card:{case}", 600)
    drafted = await desk.say(
        LI, chat=GROUP, voice={"file_id": "v", "file_unique_id": "v", "duration": 1}, **make_reply(600)
    )
    await desk.press(LI, find_button_data(drafted, "Send"), GROUP)
    again = await desk.press(WANG, MyCaseButton(case, "f"))
    assert [(call.chat_id, read_body(call)) for call in again if call.method == "sendVoice"] == [
        (WANG.id, {"voice": "v"})
    ]
