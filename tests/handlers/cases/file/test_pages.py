"""The message that shows a case: pages, buttons, acts where the card is not at hand, and a name of its own."""

from sqlalchemy import select

from conversations.buttons import CaseViewButton
from domain.people import Role
from storage.models import cases
from storage.queue import outbox
from storage.queue.outbox import OwedCall
from tests.harness.case_actions import NUMBER, QUALITY, find_first_case, set_up_accepted_case, set_up_answered_case
from tests.harness.in_process import (
    BOSS,
    GROUP,
    LI,
    WANG,
    ZHAO,
    Desk,
    TelegramUser,
    find_button_data,
    list_labels,
    list_texts,
    read_body,
)

MEI = TelegramUser(16, "Mei")
MANAGEMENT = -1010


def shown(calls: list[OwedCall]) -> OwedCall:
    (owed,) = [call for call in calls if call.method == outbox.SHOW]
    return owed


async def look(
    desk: Desk, who: TelegramUser, part: str, chat: int | None = None, page: int = 0, at: int = 500
) -> list[OwedCall]:
    return await desk.press(who, CaseViewButton(await find_first_case(desk), part, page), chat, at)


async def test_who_oversees_can_act_from_here(desk: Desk) -> None:
    """Quality and managers have the acts of the table in their groups; the department's group has them on its card already."""
    await set_up_answered_case(desk)
    await desk.bind("management", MANAGEMENT)
    await desk.grant(BOSS, Role.MANAGER)
    await desk.grant(BOSS, Role.STAFF, "management")
    calls = await desk.say(MEI, "/case 1", QUALITY)
    assert {"Merge", "Regulator", "Note"} <= set(list_labels(shown(calls)))
    asked = await desk.press(MEI, find_button_data(calls, "Regulator"), QUALITY)
    assert any("regulator" in text for text in list_texts(asked))
    noted = await desk.press(BOSS, find_button_data(await desk.say(BOSS, "/case 1", MANAGEMENT), "Note"), MANAGEMENT)
    assert any(text.endswith(desk.text("letter-ask-note", number=NUMBER)) for text in list_texts(noted))
    assert not {"Merge", "Note", "Regulator"} & set(list_labels(shown(await desk.say(LI, "/case 1", GROUP))))


async def test_the_owner_acts_in_private(desk: Desk) -> None:
    """What the owner may do now, and the customer's contact."""
    await set_up_accepted_case(desk)
    calls = await desk.say(LI, "/case 1")
    assert {"Plan", "Resolve", "Contact"} <= set(list_labels(shown(calls)))
    assert not {"Approve", "Accept", "Merge"} & set(list_labels(shown(calls)))


async def test_long_parts_are_turned_page_by_page(desk: Desk) -> None:
    """Nothing is cut: every page fits a message, together they hold every word; a page that is not there is the last."""
    await set_up_accepted_case(desk)
    words = [f"word{n:04d}" for n in range(420)]
    await desk.file_complaint(waybill="SF2")
    calls = await desk.say(WANG, " ".join(words))
    assert calls
    case = int((await desk.rows(select(cases.c.id).order_by(cases.c.id.desc()).limit(1)))[0].id)
    await desk.grant(BOSS, Role.MANAGER)
    seen = ""
    for page in range(3):
        calls = await desk.press(BOSS, CaseViewButton(case, "p", page))
        text = read_body(shown(calls))["text"]
        assert len(text) <= 4096
        seen += text
    assert all(word in seen for word in words)
    assert {"▸"} <= set(list_labels(shown(await desk.press(BOSS, CaseViewButton(case, "p")))))
    assert read_body(shown(await desk.press(BOSS, CaseViewButton(case, "p", 99))))["text"] == text


async def test_a_reply_to_it_is_about_the_case(desk: Desk) -> None:
    """Its message has a name that says which case, and keeps it through presses."""
    await set_up_accepted_case(desk)
    case = await find_first_case(desk)
    page = shown(await desk.say(LI, "/case 1", GROUP))
    assert page.name.startswith(f"c:{case}:")
    async with desk.database.begin() as tx:
        await outbox.name_message(tx, GROUP, page.name, 88)
    assert shown(await look(desk, LI, "p", GROUP, at=88)).name == page.name


async def test_an_act_redraws_it(desk: Desk) -> None:
    """The owner plans from /case in private: the message where it was pressed shows the case as it is then."""
    await set_up_accepted_case(desk)
    await desk.grant(ZHAO, Role.STAFF, "transport")
    case = await find_first_case(desk)
    page = shown(await desk.say(LI, "/case 1"))
    async with desk.database.begin() as tx:
        await outbox.name_message(tx, LI.id, page.name, 88)
    calls = await desk.press(LI, find_button_data([page], "Plan"), at=88)
    (again,) = [call for call in calls if call.message_id == 88]
    assert (again.name, again.name.startswith(f"c:{case}:")) == (page.name, True)
    assert list_labels(again) == list_labels(page)
    elsewhere = await desk.press(LI, find_button_data([page], "Plan"), at=89)
    assert not [call for call in elsewhere if call.message_id == 89 and call.name.startswith("c:")]
