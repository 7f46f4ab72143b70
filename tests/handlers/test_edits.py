"""An edit changes what was said, where it was said; what it was before is kept; everything is done once."""

import json
from typing import Any

import msgspec
from sqlalchemy import select

from domain.people import Role
from handlers.surveys import ratings
from handlers.turns.batch import Batch
from handlers.turns.turn import open_turn
from storage.models import answers, audit, cases, contributions
from storage.queue.inbox import RawEvent
from tests.harness.case_messages import (
    CARD,
    SHOWN,
    edit_message,
    list_calls_to,
    list_contributions,
    make_picture,
    make_reply,
    place_message,
    set_up_owned_case,
)
from tests.harness.in_process import BOSS, COMPANY, GROUP, LI, WANG, Desk, find_button_data, list_texts, read_body


async def versions(desk: Desk) -> list[list[str]]:
    """The earlier words of each contribution."""
    rows = await desk.rows(select(contributions.c.edits).order_by(contributions.c.id))
    return [[one["words"] for one in json.loads(row.edits or "[]")] for row in rows]


async def answered(desk: Desk, **content: Any) -> int:  # noqa: ANN401 -- JSON
    """Wang has answered a message about the case with message 950; the case."""
    case = await set_up_owned_case(desk)
    await place_message(desk, WANG.id, f"c:{case}:77", SHOWN)
    await desk.say(WANG, message_id=950, **content, **make_reply(SHOWN))
    return case


async def test_a_customers_edit_changes_the_copy_in_place(desk: Desk) -> None:
    """The same message of ours says the new words, marked; the old ones are kept; the audit knows both."""
    await answered(desk, text="It is dry")
    calls = await edit_message(desk, WANG, 950, text="It is wet")
    (copy,) = [one for one in list_calls_to(calls, GROUP) if one.name.startswith("said:")]
    assert not copy.fresh
    text = read_body(copy)["text"]
    assert "It is wet" in text
    assert "It is dry" not in text
    assert desk.text("said-edited") in text
    assert (await list_contributions(desk, "customer"))[-1][1] == "It is wet"
    assert (await versions(desk))[-1] == ["It is dry"]
    (row,) = await desk.rows(select(audit.c.before, audit.c.after).where(audit.c.what == "case.edit"))
    assert tuple(row) == ("It is dry", "It is wet")


async def test_the_card_shows_the_new_words(desk: Desk) -> None:
    """Also for words that have no copy of their own but stand on the card."""
    case = await answered(desk, text="It is dry")
    calls = await edit_message(desk, WANG, 950, text="It is wet")
    card = [one for one in list_calls_to(calls, GROUP) if one.name == f"card:{case}"][-1]
    assert "It is wet" in read_body(card)["text"]
    assert desk.text("said-edited") in read_body(card)["text"]


async def test_the_same_edit_again_changes_nothing(desk: Desk) -> None:
    """Delivered twice, or an edit that changes no word (a reaction, a preview): one earlier version."""
    await answered(desk, text="one")
    await edit_message(desk, WANG, 950, text="two")
    assert await edit_message(desk, WANG, 950, text="two") == []
    chat = {"id": WANG.id, "type": "private"}
    change = {"message_id": 950, "date": 1, "chat": chat, "from": WANG.user, "text": "three"}
    raw = msgspec.json.encode({"update_id": 5000, "edited_message": change})
    for _ in range(2):
        await desk.worker.submit(RawEvent("telegram", "5000", raw))
    assert (await versions(desk))[-1] == ["one", "two"]


async def test_an_unknown_message(desk: Desk) -> None:
    """Nothing changes, nobody hears of it."""
    await set_up_owned_case(desk)
    assert await edit_message(desk, WANG, 4711, text="who knows") == []
    assert await edit_message(desk, LI, 4711, GROUP, text="who knows") == []


async def test_other_media_are_shown_marked(desk: Desk) -> None:
    """Only the photo changed: the new one under the card, marked; the words stay where they are; the old file is kept."""
    await answered(desk, caption="See", **make_picture("p1"))
    calls = await edit_message(desk, WANG, 950, caption="See", **make_picture("p2"))
    assert not [one for one in calls if one.name.startswith("said:")]
    assert desk.text("said-edited-file", number="C-261123-0001") in list_texts(calls, GROUP)
    (photo,) = [one for one in list_calls_to(calls, GROUP) if one.method == "sendPhoto"]
    assert read_body(photo)["photo"] == "p2"
    assert json.loads((await list_contributions(desk, "customer"))[-1][2]) == [["photo", "p2", ""]]
    rows = await desk.rows(select(contributions.c.edits).order_by(contributions.c.id.desc()))
    assert json.loads(rows[0].edits)[0]["files"] == [["photo", "p1", ""]]


async def test_the_same_photo_under_another_id(desk: Desk) -> None:
    """Telegram's ids change, the file does not: a new caption is an edit of the words alone."""
    await answered(desk, caption="See", **make_picture("p1"))
    same: dict[str, Any] = {"photo": [{"file_id": "other", "file_unique_id": "u-p1", "width": 1, "height": 1}]}
    calls = await edit_message(desk, WANG, 950, caption="Look", **same)
    assert not [one for one in calls if one.method == "sendPhoto"]
    assert (await list_contributions(desk, "customer"))[-1][1] == "Look"


async def test_one_caption_of_an_album(desk: Desk) -> None:
    """Only that part of the words changes."""
    case = await set_up_owned_case(desk)
    await place_message(desk, WANG.id, f"c:{case}:77", SHOWN)
    for n, caption in ((950, "front"), (951, "back")):
        more: dict[str, Any] = {"caption": caption, "media_group_id": "a"}
        await desk.say(WANG, message_id=n, **make_picture(f"p{n}"), **more, **make_reply(SHOWN))
    await desk.ring(seconds=1.5)
    await edit_message(desk, WANG, 950, caption="the front side", media_group_id="a", **make_picture("p950"))
    assert (await list_contributions(desk, "customer"))[-1][1] == "the front side\nback"
    await edit_message(desk, WANG, 951, caption="", media_group_id="a", **make_picture("p951"))
    assert (await list_contributions(desk, "customer"))[-1][1] == "the front side"


async def test_a_sent_letter_is_edited_at_the_customers(desk: Desk) -> None:
    """Staff edit their own message: the customer's copy changes in place, marked; a new file follows it."""
    await set_up_owned_case(desk)
    shown = await desk.say(LI, "We come tomorow", GROUP, message_id=900, **make_reply(CARD))
    sent = list_calls_to(await desk.press(LI, find_button_data(shown, "Send"), GROUP), WANG.id)
    calls = await edit_message(desk, LI, 900, GROUP, text="We come tomorrow")
    (copy,) = list_calls_to(calls, WANG.id)
    assert copy.name == sent[0].name
    assert not copy.fresh
    assert "We come tomorrow" in read_body(copy)["text"]
    assert desk.text("said-edited") in read_body(copy)["text"]
    assert (await list_contributions(desk, "staff"))[0][1] == "We come tomorrow"


async def test_who_is_staff_no_longer_edits_no_letter(desk: Desk) -> None:
    """Li was dismissed: the letter, the note and the customer's copy say what they said; Li hears that the edit is not kept."""
    await set_up_owned_case(desk)
    await desk.grant(BOSS, Role.MANAGER)
    shown = await desk.say(LI, "We come tomorow", GROUP, message_id=900, **make_reply(CARD))
    await desk.press(LI, find_button_data(shown, "Send"), GROUP)
    await desk.say(LI, "/note C-261123-0001 Be kind", GROUP, message_id=901)
    await desk.answer_questions(await desk.say(BOSS, f"/revoke staff transport {LI.id}"), "member")
    for message, words in ((900, "You will get nothing"), (901, "/note C-261123-0001 Be rude")):
        calls = await desk.answer_questions(await edit_message(desk, LI, message, GROUP, text=words), "member")
        assert list_calls_to(calls, WANG.id) == []
        assert list_texts(calls, GROUP) == [desk.text("edit-not-kept", number="C-261123-0001")]
    assert {words for _, words, _ in await list_contributions(desk, "staff", "note")} == {"We come tomorow", "Be kind"}


async def test_another_photo_in_a_sent_letter(desk: Desk) -> None:
    """The customer gets the new photo, marked, under the letter; the words stay as they are."""
    await set_up_owned_case(desk)
    shown = await desk.say(
        LI, chat=GROUP, message_id=900, caption="This one?", **make_picture("p1"), **make_reply(CARD)
    )
    sent = list_calls_to(await desk.press(LI, find_button_data(shown, "Send"), GROUP), WANG.id)
    mark, photo = list_calls_to(
        await edit_message(desk, LI, 900, GROUP, caption="This one?", **make_picture("p2")), WANG.id
    )
    assert mark.reply_to == sent[0].name
    assert read_body(mark)["text"] == desk.text("said-edited-file", number="C-261123-0001")
    assert read_body(photo)["photo"] == "p2"


async def test_more_said_to_a_case(desk: Desk) -> None:
    """What is added by the dialogue is followed too: its copy changes in place, and says so on the card."""
    case = await set_up_owned_case(desk)
    await desk.press(WANG, f'["m",{case},"a"]')
    shown = await desk.say(WANG, "Also late", message_id=960)
    (copy,) = [one.name for one in list_calls_to(shown, GROUP) if one.name.startswith("said:")]
    calls = await edit_message(desk, WANG, 960, text="Also too late")
    assert "Also too late" in list_texts([one for one in calls if one.name == copy])[0]


async def test_what_was_filed(desk: Desk) -> None:
    """The description stands on the card: the card changes, and no copy is sent anew."""
    await desk.bind("transport")
    shown = await desk.say(WANG, "/complain")
    await desk.press(WANG, find_button_data(shown, "Delivery and logistics"))
    described = await describe(desk)
    filed = await desk.press(WANG, find_button_data(described, "Confirm"))
    calls = await edit_message(desk, WANG, 940, text="The box is torn")
    assert [one.name for one in list_calls_to(calls, GROUP)] == [list_calls_to(filed, GROUP)[0].name]
    assert "The box is torn" in list_texts(calls, GROUP)[0]
    assert await versions(desk) == [["The box is crushed"]]


async def test_what_is_being_described(desk: Desk) -> None:
    """Before it is confirmed the draft follows the edit."""
    await desk.bind("transport")
    shown = await desk.say(WANG, "/complain")
    await desk.press(WANG, find_button_data(shown, "Delivery and logistics"))
    await describe(desk)
    again = await edit_message(desk, WANG, 940, text="The box is torn")
    assert "The box is torn" in list_texts(again, WANG.id)[0]
    filed = await desk.press(WANG, find_button_data(again, "Confirm"))
    assert "The box is torn" in list_texts(filed, GROUP)[0]


async def describe(desk: Desk) -> Any:  # noqa: ANN401 -- calls
    """Message 940 is the description; the summary."""
    shown = await desk.say(WANG, "The box is crushed", message_id=940)
    for label in ("Done", "Skip", "Skip"):
        shown = await desk.press(WANG, find_button_data(shown, label))
    return shown


async def test_the_words_of_a_low_rating(desk: Desk) -> None:
    """The answer changes, and the case that the rating became; before it is filed, what will be filed."""
    await desk.bind("transport")
    shown = await desk.open_survey(department="transport")
    shown = await desk.press(WANG, find_button_data(shown, "2"))
    for score in ("5", "5", "5"):
        shown = await desk.press(WANG, find_button_data(shown, score))
    await desk.say(WANG, "Thrown over the fense", message_id=930)
    shown = await edit_message(desk, WANG, 930, text="Thrown over the fence")
    filed = await desk.press(WANG, find_button_data(shown, "File a complaint"))
    assert "Thrown over the fence" in list_texts(filed, GROUP)[0]
    calls = await edit_message(desk, WANG, 930, text="Thrown over the wall")
    assert "Thrown over the wall" in list_texts(calls, GROUP)[0]
    assert "fence" not in list_texts(calls, GROUP)[0]
    (row,) = await desk.rows(select(answers.c.words).where(answers.c.question == "comment"))
    assert json.loads(row.words) == "Thrown over the wall"


async def test_a_contact_is_never_told_in_a_group(desk: Desk) -> None:
    """It goes to the case, masked on the card; corrected by an edit, the answer is corrected, and the group hears nothing of it."""
    await desk.bind("service")

    async def ask(batch: Batch) -> None:
        turn = await open_turn(batch, WANG.id)
        assert turn is not None
        ratings.invite(turn, None, "campaign", survey=COMPANY.surveys["relationship"])

    await desk.say(WANG, "/start")
    await desk.batch(ask)
    shown = await desk.fetch_owed()
    for tapped in ("1", "Skip", "Skip", "Skip", "Skip", "7", "Yes"):
        shown = await desk.press(WANG, find_button_data(shown, tapped))
    shown = await desk.say(WANG, "139 0013 9000", message_id=940)
    filed = await desk.press(WANG, find_button_data(shown, "File a complaint"))
    (case,) = await desk.rows(select(cases.c.contact, cases.c.description))
    assert case.contact == "139 0013 9000"
    assert "***9000" in case.description
    calls = await edit_message(desk, WANG, 940, text="138 0013 8000")
    assert all("0013" not in text for text in list_texts(filed + calls, GROUP))
    (row,) = await desk.rows(select(answers.c.words, answers.c.kind).where(answers.c.question == "contact"))
    assert tuple(row) == ('"138 0013 8000"', "contact")
