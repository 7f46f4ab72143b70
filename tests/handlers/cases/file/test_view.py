"""`/case`: three parts on one message, the log, the media, the file; nobody sees what is not theirs to see."""

from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from conversations.buttons import CaseViewButton
from domain.people import Reach, Role
from reports.wording.case_file import CaseFile
from storage.models import audit
from storage.people import people
from storage.queue import outbox
from storage.queue.outbox import OwedCall
from tests.harness.case_actions import (
    NUMBER,
    QUALITY,
    change_case,
    fetch_case_row,
    find_first_case,
    list_alerts,
    press,
    set_up_accepted_case,
    set_up_answered_case,
)
from tests.harness.in_process import (
    BOSS,
    BOT_USER,
    GROUP,
    LI,
    WANG,
    ZHAO,
    Desk,
    TelegramUser,
    find_button,
    find_button_data,
    list_labels,
    list_texts,
    make_chat,
    read_body,
)

MEI, CHEN, STRANGER = TelegramUser(16, "Mei"), TelegramUser(25, "Chen"), TelegramUser(26, "Sun")
MANAGEMENT, SERVICE = -1010, -1011


def shown(calls: list[OwedCall]) -> OwedCall:
    (owed,) = [call for call in calls if call.method == outbox.SHOW]
    return owed


async def look(
    desk: Desk, who: TelegramUser, part: str, chat: int | None = None, page: int = 0, at: int = 500
) -> list[OwedCall]:
    return await desk.press(who, CaseViewButton(await find_first_case(desk), part, page), chat, at)


async def test_three_parts_on_one_message(desk: Desk) -> None:
    """The complaint with the customer masked; the process with who, when and deadlines; the result with its form; edited in place."""
    await set_up_answered_case(desk)
    first = await desk.say(LI, f"/case {NUMBER}", GROUP)
    html = read_body(shown(first))["text"]
    assert all(words in html for words in (NUMBER, "answered", "Customer: W***", "Phone: ***8000", "Waybill: SF1"))
    assert "Wang" not in html
    assert "13800138000" not in html
    assert list_labels(shown(first)) == ["• Complaint", "Process", "Result", "PDF"]
    process = await desk.press(LI, find_button_data(first, "Process"), GROUP, at=77)
    assert (shown(process).message_id, shown(process).fresh) == (77, False)
    html = read_body(shown(process))["text"]
    assert all(words in html for words in ("Li · accepted", "Root cause: Cause", "Zhao · approved"))
    assert "Acceptance: due 2026-11-23 15:00, done 2026-11-23 12:00 (on time)" in html
    result = read_body(shown(await desk.press(LI, find_button_data(process, "Result"), GROUP)))["text"]
    assert all(words in result for words in ("Rectification form", "At fault", "Approved: 2026-11-23 12:00 · Zhao"))


@pytest.mark.parametrize("number", ["c-261123-0001", "0001", "1"])
async def test_by_the_number_or_its_end(desk: Desk, number: str) -> None:
    """The whole number, or its end where that is one case of this year's."""
    await set_up_accepted_case(desk)
    assert NUMBER in read_body(shown(await desk.say(LI, f"/case {number}")))["text"]


async def test_several_that_end_so_are_listed(desk: Desk) -> None:
    """0001 of yesterday and of today: a list to choose from, which opens the one that is meant."""
    await set_up_accepted_case(desk)
    desk.clock.advance(days=1)
    await desk.file_complaint(waybill="SF2")
    calls = await desk.say(LI, "/case 1")
    assert sorted(list_labels(shown(calls))) == [NUMBER, "C-261124-0001"]
    opened = await desk.press(LI, find_button_data(calls, "C-261124-0001"))
    assert shown(opened).fresh
    assert "C-261124-0001" in read_body(shown(opened))["text"]


async def test_in_reply_to_a_card(desk: Desk) -> None:
    """`/case` alone needs a message about a case."""
    await set_up_accepted_case(desk)
    async with desk.database.begin() as tx:
        await outbox.name_message(tx, GROUP, f"card:{await find_first_case(desk)}", 700)
    replied = {"message_id": 700, "date": 1, "chat": make_chat(GROUP), "from": BOT_USER}
    assert NUMBER in read_body(shown(await desk.say(LI, "/case", GROUP, reply_to_message=replied)))["text"]
    assert list_texts(await desk.say(LI, "/case", GROUP)) == [desk.text("look-how")]
    assert list_texts(await desk.say(LI, "/case x" + "y" * 300)) == [
        desk.text("look-unknown", number="X" + "Y" * 62 + "…")
    ]


async def test_what_may_not_be_seen_is_not_there(desk: Desk) -> None:
    """A stranger, the customer, staff of another department, a foreign group: the answer of a number that does not exist; no button helps."""
    await set_up_accepted_case(desk)
    await desk.bind("service", SERVICE)
    await desk.grant(CHEN, Role.STAFF, "service")
    await desk.grant(BOSS, Role.MANAGER)
    await desk.grant(BOSS, Role.STAFF, "service")
    case = await find_first_case(desk)
    for who, chat in ((STRANGER, None), (WANG, None), (CHEN, None), (CHEN, SERVICE), (BOSS, SERVICE), (STRANGER, -5)):
        for number in (NUMBER, "1", "C-261123-0099"):
            shown_ = list_texts(await desk.say(who, f"/case {number}", chat))
            assert shown_ == [desk.text("look-unknown", number=number)], (who, chat)
        for part in "cprafdo":
            calls = await desk.press(who, CaseViewButton(case, part), chat)
            assert list_alerts(calls) == [desk.plain("not-yours")]
            assert len(calls) == 1
    missing = await desk.press(LI, CaseViewButton(case + 10**6, "c"))
    assert list_alerts(missing) == [desk.plain("not-yours")]


async def test_a_cooperating_department_sees_it(desk: Desk) -> None:
    """In its group and in private."""
    await set_up_accepted_case(desk)
    await desk.bind("service", SERVICE)
    await desk.grant(CHEN, Role.STAFF, "service")
    await change_case(desk, cooperating="aftersales,service")
    for chat in (None, SERVICE):
        assert NUMBER in read_body(shown(await desk.say(CHEN, "/case 1", chat)))["text"]


async def test_the_log_is_for_managers_and_quality(desk: Desk) -> None:
    """In words, with what it was before and after; staff are told that it is not theirs."""
    await set_up_answered_case(desk)
    await desk.grant(BOSS, Role.MANAGER)
    html = read_body(shown(await look(desk, BOSS, "a")))["text"]
    assert all(words in html for words in ("the customer · filed", "Li · accepted", "assigned → in progress"))
    assert list_alerts(await look(desk, LI, "a")) == [desk.plain("look-no-audit")]
    assert "Audit" in list_labels(shown(await look(desk, MEI, "c", QUALITY)))
    assert "Audit" not in list_labels(shown(await look(desk, LI, "c")))


async def test_files_come_again(desk: Desk) -> None:
    """Everything attached, in as few messages as Telegram allows; without files there is no button, and an old one says so."""
    await set_up_accepted_case(desk)
    assert list_alerts(await look(desk, LI, "f")) == [desk.plain("look-no-files", number=NUMBER)]
    await desk.file_complaint(waybill="SF2")
    for name in ("a", "b"):
        await desk.say(WANG, photo=[{"file_id": name, "file_unique_id": name, "width": 1, "height": 1}])
    calls = await desk.say(LI, "/case 2")
    again = await desk.press(LI, find_button(calls, "Files (2)"))
    assert [call.method for call in again if call.chat_id == LI.id] == ["sendMediaGroup"]
    assert list_alerts(again) == [desk.plain("look-files-coming", number="C-261123-0002", count=2)]


async def test_files_that_the_group_forbids_come_in_private(desk: Desk) -> None:
    """To the person who presses, if the bot can write to them; it is in the log. A stranger gets nothing."""
    await set_up_accepted_case(desk)
    await desk.say(WANG, photo=[{"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}])
    async with desk.database.begin() as tx:
        await people.set_reach(tx, LI.id, Reach.UNKNOWN)
    told = await look(desk, LI, "m", GROUP)
    assert list_alerts(told) == [desk.plain("look-open-chat", bot="huifang_bot")]
    assert [call for call in told if call.method == "sendPhoto"] == []
    await desk.say(LI, "/start")
    told = await look(desk, LI, "m", GROUP)
    assert [call.chat_id for call in told if call.method == "sendPhoto"] == [LI.id]
    assert list_alerts(told) == [desk.plain("look-files-in-private", number=NUMBER)]
    assert "case.files" in {row.what for row in await desk.rows(select(audit.c.what))}
    assert list_alerts(await look(desk, STRANGER, "m")) == [desk.plain("not-yours")]


def document(calls: list[OwedCall]) -> dict[str, Any]:
    (owed,) = [call for call in calls if call.method == outbox.DOCUMENT]
    return read_body(owed)


async def test_the_file_is_owed(desk: Desk) -> None:
    """What is to be drawn stands in the row; masked but for owner, quality and managers in private; it is logged."""
    await set_up_answered_case(desk)
    await desk.grant(BOSS, Role.MANAGER)
    for who, chat, is_masked in (
        (LI, GROUP, True),
        (ZHAO, None, True),
        (LI, None, False),
        (BOSS, None, False),
        (MEI, QUALITY, True),
    ):
        calls = await look(desk, who, "d", chat)
        owed = document(calls)
        facts = msgspec.convert(owed["facts"], CaseFile)
        assert owed["filename"] == f"{NUMBER}.pdf"
        assert NUMBER in owed["caption"]
        lines = {line.label: line.text for line in facts.complaint}
        assert (lines["Customer"], lines["Phone"]) == (("W***", "***8000") if is_masked else ("Wang", "+8613800138000"))
        assert ("masked" in facts.note) is is_masked
        assert list_alerts(calls) == [desk.plain("look-pdf-coming", number=NUMBER)]
    taken = await desk.rows(select(audit.c.after).where(audit.c.what == "case.document").order_by(audit.c.id))
    assert [one.after for one in taken] == ["masked", "masked", "unmasked", "unmasked", "masked"]


async def test_history_and_full_text(desk: Desk) -> None:
    """History says who did what, with reasons and dates in words; Full text has every word, each of the customer's as it was written."""
    await set_up_answered_case(desk)
    await desk.say(WANG, "It was <wet>")
    (history,) = list_texts(await press(desk, LI, "history"), GROUP)
    for line in (
        "Li · accepted",
        "Li · resolved",
        "— Root cause: Cause",
        "the customer · wrote",
        "“It was &lt;wet&gt;”",
    ):
        assert line in history
    assert "Wang" not in history
    full = list_texts(await press(desk, LI, "full_text"), GROUP)
    assert full[:3] == [
        desk.text("full-text-head", number=NUMBER),
        (await fetch_case_row(desk)).description,
        "It was &lt;wet&gt;",
    ]
    assert "— Root cause: Cause" in full[3]
    assert "It was" not in full[3]
