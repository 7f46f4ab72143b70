"""A complaint from the customer's chat: drafted, filed, added to, looked at, judged."""

from typing import Any

from sqlalchemy import select

from conversations.buttons import OpenComplaintButton
from storage.models import audit, cases, contributions
from tests.harness.in_process import GROUP, WANG, Desk, find_button_data, list_texts, read_body

PHOTO: dict[str, Any] = {"file_unique_id": "u", "width": 1, "height": 1}


async def drafted(desk: Desk) -> str:
    """A complaint as far as its summary; the data of its Confirm."""
    shown = await desk.say(WANG, "/complain")
    if "Which delivery" in list_texts(shown)[0]:
        shown = await desk.press(WANG, find_button_data(shown, "SF1"))
    shown = await desk.press(WANG, find_button_data(shown, "Delivery and logistics"))
    await desk.say(WANG, "It came <late> & wet")
    for n in (1, 2):
        shown = await desk.say(WANG, photo=[PHOTO | {"file_id": f"p{n}"}], media_group_id="a")
    shown = await desk.press(WANG, find_button_data(shown, "Done"))
    shown = await desk.say(WANG, "My money back")
    shown = await desk.press(WANG, find_button_data(shown, "Skip"))
    return find_button_data(shown, "Confirm")


async def test_a_complaint_is_filed_with_everything(desk: Desk) -> None:
    """Number and date to the customer, the card and the photos to the lead department, all in the same transaction."""
    await desk.bind("transport")
    calls = await desk.press(WANG, await drafted(desk))
    (case,) = await desk.rows(select(cases.c.number, cases.c.category, cases.c.description, cases.c.wanted))
    assert tuple(case) == ("C-261123-0001", "delivery", "It came <late> & wet", "My money back")
    assert case.number in list_texts(calls, WANG.id)[-1]
    card, *others = [call for call in calls if call.chat_id == GROUP]
    assert "It came &lt;late&gt; &amp; wet" in list_texts([card])[0]
    assert [(call.method, call.reply_to) for call in others] == [("sendMediaGroup", card.name)]


async def test_a_draft_is_offered_again_where_it_stands(desk: Desk) -> None:
    """Left in the middle, /complain goes on; with another delivery's button it begins anew."""
    shown = await desk.say(WANG, "/complain")
    shown = await desk.press(WANG, find_button_data(shown, "Other"))
    assert list_texts(await desk.say(WANG, "/complain")) == list_texts(shown)
    assert list_texts(await desk.press(WANG, OpenComplaintButton(0))) == list_texts(shown)


async def test_a_second_complaint_joins_the_open_one(desk: Desk) -> None:
    """One case, two contributions; the department reads the new words (C4)."""
    await desk.bind("transport")
    await desk.file_complaint()
    calls = await desk.press(WANG, await drafted(desk))
    assert len(await desk.rows(select(cases.c.id))) == 1
    assert len(await desk.rows(select(contributions.c.id))) == 2
    assert any("My money back" in text for text in list_texts(calls, GROUP))
    assert list_texts(calls, WANG.id)[-1] == desk.text("complaint-joined", number="C-261123-0001")


async def test_an_album_is_one_contribution(desk: Desk) -> None:
    """Three photos of one album, added to a case: one row, shown together once they have settled."""
    await desk.bind("transport")
    await desk.file_complaint()
    for n in (2, 0, 1):
        calls = await desk.say(WANG, photo=[PHOTO | {"file_id": f"p{n}"}], media_group_id="a")
        assert list_texts(calls, GROUP) == []
    assert len(await desk.rows(select(contributions.c.id))) == 2
    shown = [call for call in await desk.ring(seconds=1.5) if call.chat_id == GROUP]
    (album,) = [call for call in shown if call.method == "sendMediaGroup"]
    assert [item["media"] for item in read_body(album)["media"]] == ["p2", "p0", "p1"]
    assert await desk.ring(minutes=1) == []


async def test_another_category_is_a_note_on_the_card(desk: Desk) -> None:
    """The open case keeps its own; what the customer now complains about stands on the card, and in the log."""
    await desk.bind("transport")
    await desk.file_complaint()
    shown = await desk.press(WANG, find_button_data(await desk.say(WANG, "/complain"), "SF1"))
    shown = await desk.press(WANG, find_button_data(shown, "Product quality"))
    shown = await desk.press(WANG, find_button_data(shown, "Damaged"))
    shown = await desk.press(WANG, find_button_data(await desk.say(WANG, "The vase is broken"), "Done"))
    shown = await desk.press(WANG, find_button_data(await desk.press(WANG, find_button_data(shown, "Skip")), "Skip"))
    calls = await desk.press(WANG, find_button_data(shown, "Confirm"))
    (row,) = await desk.rows(select(cases.c.category, cases.c.note))
    category, note = tuple(row)
    assert category == "delivery"
    assert note == desk.plain("joined-note", about="Product quality · Damaged")
    card = list_texts([call for call in calls if call.chat_id == GROUP and call.name.startswith("card:")])[-1]
    assert note in card
    assert "The vase is broken" in card
    assert await desk.rows(select(audit.c.id).where(audit.c.what == "case.joined"))


async def test_the_reason_decides_who_and_how_fast(desk: Desk) -> None:
    """A lost parcel is grave: its severity, its helpers, its promise; the card names the reason."""
    await desk.bind("transport")
    await desk.open_survey()
    shown = await desk.press(WANG, find_button_data(await desk.say(WANG, "/complain"), "SF1"))
    shown = await desk.press(WANG, find_button_data(shown, "Delivery and logistics"))
    await desk.press(WANG, find_button_data(shown, "Lost or short"))
    shown = await desk.press(WANG, find_button_data(await desk.say(WANG, "It is gone"), "Done"))
    shown = await desk.press(WANG, find_button_data(await desk.press(WANG, find_button_data(shown, "Skip")), "Skip"))
    assert "Reason: Lost or short" in list_texts(shown)[-1]
    calls = await desk.press(WANG, find_button_data(shown, "Confirm"))
    (row,) = await desk.rows(select(cases))
    assert (row.reason, row.severity, row.department, row.cooperating) == ("lost", "high", "transport", "aftersales")
    assert "Lost or short" in list_texts(calls, GROUP)[0]
