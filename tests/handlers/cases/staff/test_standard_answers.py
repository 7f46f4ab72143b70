"""Standard answers, kept by staff in chat."""

from typing import Any

import pytest
from sqlalchemy import select

from conversations.buttons import StandardAnswerButton
from domain.people import Grant, Role
from storage.cases import standard_answers as kept
from storage.models import audit, cases
from storage.models import standard_answers as rows
from storage.people import people
from storage.queue import outbox
from storage.queue.outbox import OwedCall
from tests.handlers.cases.customers.test_inquiries import answered, asked
from tests.harness.customer_case import make_prompt
from tests.harness.in_process import (
    BOSS,
    GROUP,
    LI,
    WANG,
    ZHAO,
    Desk,
    find_button_data,
    list_labels,
    list_texts,
    read_body,
)


async def staffed(desk: Desk) -> None:
    await desk.bind("service")
    await desk.grant(LI, Role.STAFF, "service")


async def added(desk: Desk, question: str = "Where is it?", answer: str = "On its <way>.") -> list[OwedCall]:
    """Li adds one in the group."""
    await desk.say(LI, "/answers add", GROUP)
    await desk.say(LI, question, GROUP, reply_to_message=make_prompt())
    shown = await desk.say(LI, answer, GROUP, reply_to_message=make_prompt())
    return await desk.press(LI, find_button_data(shown, "Confirm"), GROUP)


async def stored(desk: Desk) -> list[tuple[Any, ...]]:
    entries = await desk.rows(select(rows.c.question, rows.c.answer, rows.c.department, rows.c.retired_at))
    return [tuple(row) for row in entries]


async def test_added_listed_and_read(desk: Desk) -> None:
    """Shown back before it counts; then in the department's list, and in the log."""
    await staffed(desk)
    calls = await added(desk)
    assert "On its &lt;way&gt;." in list_texts(calls)[0]
    assert await stored(desk) == [("Where is it?", "On its <way>.", "service", None)]
    (shown,) = await desk.say(LI, "/answers", GROUP)
    assert (list_texts([shown]), list_labels(shown)) == ([desk.text("standard-list", count=1)], ["Where is it?", "Add"])
    (opened,) = [c for c in await desk.press(LI, find_button_data([shown], "Where is it?"), GROUP, at=640) if c.name]
    assert opened.message_id == 640
    assert "On its &lt;way&gt;." in list_texts([opened])[0]
    assert list_labels(opened) == ["Edit", "Retire", "Back"]
    logged = await desk.rows(select(audit.c.what).where(audit.c.what.like("answers.%")))
    assert [row.what for row in logged] == ["answers.add"]


async def test_changed(desk: Desk) -> None:
    """What may stay is kept with a button; the log has both."""
    await staffed(desk)
    await added(desk)
    ((id_,),) = await desk.rows(select(rows.c.id))
    shown = await desk.press(LI, StandardAnswerButton(id_, "e"), GROUP)
    await desk.press(LI, find_button_data(shown, "Keep"), GROUP)
    shown = await desk.say(LI, "Scan the slip.", GROUP, reply_to_message=make_prompt())
    await desk.press(LI, find_button_data(shown, "Confirm"), GROUP)
    assert await stored(desk) == [("Where is it?", "Scan the slip.", "service", None)]
    (row,) = await desk.rows(select(audit.c.before, audit.c.after).where(audit.c.what == "answers.edit"))
    before, after = tuple(row)
    assert (before, after) == ("Where is it?\nOn its <way>.", "Where is it?\nScan the slip.")


async def test_retired(desk: Desk) -> None:
    """Asked first; then it is offered no more, and its old button says so."""
    await staffed(desk)
    await added(desk)
    ((id_,),) = await desk.rows(select(rows.c.id))
    really = await desk.press(LI, StandardAnswerButton(id_, "r"), GROUP)
    assert "Where is it?" in list_texts(really)[0]
    gone = await desk.press(LI, find_button_data(really, "Retire"), GROUP)
    assert desk.text("standard-list", count=0) in list_texts(gone)
    late = await desk.press(LI, StandardAnswerButton(id_, "s"), GROUP)
    assert desk.plain("standard-gone") in [read_body(call).get("text") for call in late]
    async with desk.database.read() as tx:
        assert await kept.search(tx, "Where is it?") == []


async def test_pages(desk: Desk) -> None:
    """Eight at a time, turned in place."""
    await staffed(desk)
    author = await desk.grant(LI, Role.STAFF, "service")
    async with desk.database.begin() as tx:
        for n in range(10):
            await kept.add(tx, n + 1, f"Question {n}?", "Answer.", "service", author, desk.clock.now())
    (first,) = await desk.say(LI, "/answers")
    assert list_labels(first) == [f"Question {n}?" for n in range(9, 1, -1)] + ["Older ▸", "Add"]
    (second,) = [c for c in await desk.press(LI, find_button_data([first], "Older ▸"), at=640) if c.name]
    assert list_labels(second) == ["Question 1?", "Question 0?", "◂ Newer", "Add"]


async def test_kept_from_an_answered_inquiry(desk: Desk) -> None:
    """Question and answer are filled in; it counts when it is confirmed."""
    calls = [call for call in await answered(desk) if call.chat_id == GROUP]
    shown = await desk.press(LI, find_button_data(calls, "Keep as a standard answer"), GROUP)
    assert "Do you deliver to &lt;Mars&gt;?" in list_texts(shown)[0]
    await desk.press(LI, find_button_data(shown, "Confirm"), GROUP)
    assert await stored(desk) == [("Do you deliver to <Mars>?", "Not <yet>", "service", None)]


@pytest.mark.parametrize("chat", [None, GROUP])
async def test_not_for_strangers(desk: Desk, chat: int | None) -> None:
    """Neither the list nor a button; a customer in private, somebody in a group that Telegram does not know there."""
    await staffed(desk)
    await added(desk)
    ((id_,),) = await desk.rows(select(rows.c.id))
    shown = await desk.say(WANG, "/answers", chat)
    if chat is None:
        assert list_texts(shown) == [desk.text("not-staff")]
    else:
        assert [call.method for call in shown] == [outbox.QUERY]
    calls = await desk.press(WANG, StandardAnswerButton(id_, "R"), chat)
    assert [row[3] for row in await stored(desk)] == [None]
    if chat is None:
        assert desk.plain("not-yours") in [read_body(call).get("text") for call in calls]


async def test_whose_list_it_is(desk: Desk) -> None:
    """In private everybody sees the own departments', a manager all of them."""
    await staffed(desk)
    await added(desk)
    await desk.grant(ZHAO, Role.HEAD, "sales")
    await desk.grant(BOSS, Role.MANAGER)
    assert list_texts(await desk.say(LI, "/answers")) == [desk.text("standard-list", count=1)]
    assert list_texts(await desk.say(ZHAO, "/answers")) == [desk.text("standard-list", count=0)]
    assert list_texts(await desk.say(BOSS, "/answers")) == [desk.text("standard-list", count=1)]


async def test_who_keeps_a_managers_answer(desk: Desk) -> None:
    """Somebody of no single department adds one: it is kept by the person who answers what nobody sorted."""
    await desk.grant(BOSS, Role.MANAGER)
    await desk.say(BOSS, "/answers add")
    await desk.say(BOSS, "Where is it?")
    shown = await desk.say(BOSS, "On its way.")
    await desk.press(BOSS, find_button_data(shown, "Confirm"))
    assert await stored(desk) == [("Where is it?", "On its way.", "service", None)]


@pytest.mark.parametrize("what", ["k", "s", "e", "r", "R"])
@pytest.mark.parametrize("chat", [None, -1002])
async def test_a_forged_button_reads_and_changes_nothing_of_another_department(
    desk: Desk, what: str, chat: int | None
) -> None:
    """Neither an inquiry, with whatever its customer wrote, nor a standard answer; in private and in one's own group."""
    await staffed(desk)
    await asked(desk, "Call me back on +86 138 0013 8000, please")
    await added(desk, answer="For us only.")
    await desk.bind("transport", -1002)
    await desk.grant(ZHAO, Role.STAFF, "transport")
    ((answer,),) = await desk.rows(select(rows.c.id))
    ((case,),) = await desk.rows(select(cases.c.id))
    calls = await desk.press(ZHAO, StandardAnswerButton(case if what == "k" else answer, what), chat)
    said = " ".join(list_texts(calls))
    assert [call.method for call in calls] == ["answerCallbackQuery"]
    assert desk.plain("not-yours") in said
    assert not [words for words in ("0013", "For us only", "Where is it") if words in said]
    assert [row[3] for row in await stored(desk)] == [None]


async def test_anyone_who_left_the_department_meanwhile_changes_nothing(desk: Desk) -> None:
    """An edit that was begun by staff of one department and confirmed by somebody who is staff of another only."""
    await staffed(desk)
    await added(desk)
    ((id_,),) = await desk.rows(select(rows.c.id))
    kept_words = find_button_data(await desk.press(LI, StandardAnswerButton(id_, "e")), "Keep")
    await desk.press(LI, kept_words)
    shown = await desk.say(LI, "Forged.")
    li = await desk.grant(LI, Role.STAFF, "transport")
    async with desk.database.begin() as tx:
        await people.revoke(tx, li, Grant(Role.STAFF, "service"))
    calls = await desk.press(LI, find_button_data(shown, "Confirm"))
    assert desk.text("not-staff") in list_texts(calls)
    assert [row[1] for row in await stored(desk)] == ["On its <way>."]


async def test_what_somebody_of_two_departments_adds_is_kept_by_one_of_them(desk: Desk) -> None:
    """Never by a department that they are not in."""
    await desk.grant(ZHAO, Role.HEAD, "sales")
    await desk.grant(ZHAO, Role.HEAD, "transport")
    await desk.say(ZHAO, "/answers add")
    await desk.say(ZHAO, "Where is it?")
    shown = await desk.say(ZHAO, "On its way.")
    await desk.press(ZHAO, find_button_data(shown, "Confirm"))
    assert [row[2] for row in await stored(desk)] == ["sales"]
