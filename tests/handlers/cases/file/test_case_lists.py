"""Lists of cases: the department's, one's own, everybody's by department, what is late, what was searched for; ten a page."""

import pytest
from sqlalchemy import select, update

from conversations.buttons import CaseListButton, unpack
from domain.people import Role
from storage.models import audit, cases
from storage.queue import outbox
from storage.queue.outbox import OwedCall
from tests.harness.case_actions import NUMBER, change_case, list_alerts, set_up_accepted_case
from tests.harness.in_process import (
    BOSS,
    GROUP,
    LI,
    NOON,
    WANG,
    ZHAO,
    Desk,
    TelegramUser,
    find_button_data,
    list_labels,
    list_texts,
    read_body,
)

CHEN, STRANGER = TelegramUser(25, "Chen"), TelegramUser(26, "Sun")
SERVICE = -1011


def shown(calls: list[OwedCall]) -> OwedCall:
    (owed,) = [call for call in calls if call.method == outbox.SHOW]
    return owed


def words(calls: list[OwedCall]) -> str:
    return str(read_body(shown(calls))["text"])


async def many(desk: Desk, count: int) -> None:
    """So many cases of Wang's in transport; the first is Li's."""
    await set_up_accepted_case(desk)
    for n in range(2, count + 1):
        await desk.file_complaint(waybill=f"WAY{n:04d}")
    await desk.fetch_owed()


async def test_the_departments_cases(desk: Desk) -> None:
    """In its group and at home: number, state, owner, due, the earliest first; a button opens the case."""
    await many(desk, 2)
    for who, chat in ((LI, GROUP), (ZHAO, None)):
        calls = await desk.say(who, "/cases", chat)
        assert words(calls).splitlines() == [
            "<b>Open cases</b>: 2",
            "<b>C-261123-0001</b> · in progress · Li · 2026-11-30 12:00",
            "<b>C-261123-0002</b> · assigned · — · 2026-11-30 12:00",
        ]
        assert list_labels(shown(calls)) == [NUMBER, "C-261123-0002"]
        assert NUMBER in words(await desk.press(who, find_button_data(calls, NUMBER), chat))


async def test_nobody_elses(desk: Desk) -> None:
    """Another department has none, in its group too; strangers are told that it is for staff; old buttons open nothing."""
    await many(desk, 1)
    await desk.bind("service", SERVICE)
    await desk.grant(CHEN, Role.STAFF, "service")
    for chat in (None, SERVICE):
        assert words(await desk.say(CHEN, "/cases", chat)) == desk.text("cases-none")
        assert words(await desk.say(CHEN, f"/search {NUMBER}", chat)) == desk.text("search-none", words=NUMBER)
    for text in ("/cases", "/search x"):
        assert list_texts(await desk.say(STRANGER, text)) == [desk.text("not-staff")]
    for what, key in (("c", "not-staff"), ("o", "only-managers"), ("d", "only-managers"), ("x", "not-now")):
        assert list_alerts(await desk.press(STRANGER, CaseListButton(what))) == [desk.plain(key)]
    assert list_alerts(await desk.press(LI, CaseListButton("m"), GROUP)) == [desk.plain("not-now")]


async def test_ten_a_page(desk: Desk) -> None:
    """Turned in place, forth and back; a page that is gone shows the last there is."""
    await many(desk, 12)
    first = await desk.say(LI, "/cases")
    assert len(list_labels(shown(first))) == 11
    second = await desk.press(LI, find_button_data(first, "More ▸"), at=90)
    assert shown(second).message_id == 90
    assert list_labels(shown(second)) == ["C-261123-0011", "C-261123-0012", "◂ Previous"]
    back = await desk.press(LI, find_button_data(second, "◂ Previous"))
    assert words(back) == words(first)
    assert words(await desk.press(LI, CaseListButton("c", 2**31 - 1))) == words(second)


async def test_what_somebody_owns(desk: Desk) -> None:
    """After the customer's list of /mycases; who owns nothing reads nothing of it."""
    await many(desk, 2)
    calls = await desk.say(LI, "/mycases")
    (mine,) = [text for text in list_texts(calls) if "Cases you own" in text]
    assert NUMBER in mine
    assert "0002" not in mine
    assert not [text for text in list_texts(await desk.say(ZHAO, "/mycases")) if "Cases you own" in text]


async def test_open_and_overdue(desk: Desk) -> None:
    """Managers see them by department, the earliest first, what is late marked; one department where it is named."""
    await many(desk, 2)
    await desk.file_complaint(waybill="SF7", department="service")
    await desk.grant(BOSS, Role.MANAGER)
    assert list_texts(await desk.say(LI, "/open")) == [desk.text("only-managers")]
    assert words(await desk.say(BOSS, "/overdue")) == desk.text("list-nothing-overdue")
    async with desk.database.begin() as tx:
        await tx.execute(update(cases).where(cases.c.number == "C-261123-0002").values(due_at=NOON))
    assert words(await desk.say(BOSS, "/open")).splitlines() == [
        "<b>Open cases by department</b>: 3",
        "",
        "<b>Transport</b>: 2",
        "⚠️ <b>C-261123-0002</b> · assigned · — · 2026-11-23 12:00",
        "<b>C-261123-0001</b> · in progress · Li · 2026-11-30 12:00",
        "",
        "<b>Customer service</b>: 1",
        "<b>C-261123-0003</b> · assigned · — · 2026-11-30 12:00",
    ]
    late = words(await desk.say(BOSS, "/overdue"))
    assert "0002" in late
    assert "0001" not in late
    assert "0001" not in words(await desk.say(BOSS, "/open Service"))
    departments = desk.list_departments()
    assert list_texts(await desk.say(BOSS, "/open moon")) == [
        desk.text("list-no-department", department="moon", departments=departments)
    ]
    await desk.bind("service", -1002)
    for chat, command in (
        (-1003, "/open"),
        (-1002, "/open transport"),
    ):  # others read along: nothing is shown, nothing denied
        answered = await desk.answer_questions(await desk.say(BOSS, command, chat), "member")
        assert list_texts(answered) == [desk.text("list-not-here")]


@pytest.mark.parametrize(
    "asked", ["c-261123-0001", "1", "way0", "WAY00017", "13800138000", "+86 138 0013 8000", "delivery overall"]
)
async def test_found_by_what_is_known(desk: Desk, asked: str) -> None:
    """A number, its end, a waybill's beginning, the customer's phone as people write it, a word."""
    await set_up_accepted_case(desk)
    await change_case(desk, waybill="WAY00017")
    await desk.index_words()
    calls = await desk.say(LI, f"/search {asked}")
    assert list_labels(shown(calls)) == [NUMBER]
    assert "Wang" not in words(calls)


async def test_a_later_word_finds_it(desk: Desk) -> None:
    """What the customer adds, and what an edit puts there."""
    await set_up_accepted_case(desk)
    assert words(await desk.say(LI, "/search umbrella")) == desk.text("search-none", words="umbrella")
    added = {"message_id": 4000, "date": 1, "chat": {"id": WANG.id, "type": "private"}, "from": WANG.user}
    await desk.update("message", added | {"text": "My umbrella was in it"})
    await desk.index_words()
    assert list_labels(shown(await desk.say(LI, "/search umbrella"))) == [NUMBER]
    await desk.update("edited_message", added | {"text": "My parasol was in it", "edit_date": 2})
    await desk.index_words()
    assert list_labels(shown(await desk.say(LI, "/search parasol"))) == [NUMBER]


async def test_a_search_is_logged_and_turned(desk: Desk) -> None:
    """The words stand in the log, not in the button; another page finds them there, in the same chat only."""
    await many(desk, 11)
    await desk.index_words()
    first = await desk.say(LI, "/search delivery   overall")
    assert [label for label in list_labels(shown(first)) if label.startswith("Older")] == ["Older ▸"]
    button = unpack(find_button_data(first, "Older ▸"))
    assert isinstance(button, CaseListButton)
    assert button.argument.isdecimal()
    (logged,) = await desk.rows(select(audit.c.actor, audit.c.after).where(audit.c.what == "search"))
    assert logged.actor is not None
    assert logged.after == "delivery overall"
    second = await desk.press(LI, button, at=90)
    assert (shown(second).message_id, list_labels(shown(second))) == (90, [NUMBER, "◂ Newer"])
    assert list_alerts(await desk.press(LI, button, GROUP)) == [desk.plain("not-now")]
    assert list_alerts(await desk.press(LI, CaseListButton("s", 0, "x"))) == [desk.plain("not-now")]


async def test_nothing_to_search_for(desk: Desk) -> None:
    """It says how; very long words are cut, and it shows what was looked for."""
    await set_up_accepted_case(desk)
    assert list_texts(await desk.say(LI, "/search")) == [desk.text("search-how")]
    calls = await desk.say(LI, "/search " + "x" * 500)
    assert words(calls) == desk.text("search-none", words="x" * 199 + "…")
