"""What staff write: shown back, sent by those who may, kept as a note, reported; nothing else ever leaves the group."""

import json

import msgspec
import pytest
from sqlalchemy import select

from domain.people import Role
from handlers.cases.messages import letters
from handlers.route import MembershipAnswer
from handlers.turns.batch import Batch
from handlers.turns.turn import Turn
from storage.cases import cases as case_rows
from storage.models import audit, cases, outbox, sessions
from storage.queue.inbox import RawEvent
from tests.harness.case_messages import (
    CARD,
    CHEN,
    QUALITY,
    SERVICE,
    edit_message,
    list_calls_to,
    list_contributions,
    make_picture,
    make_reply,
    place_message,
    set_up_owned_case,
)
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

DAY = 1


async def test_a_reply_to_the_card_is_shown_back_and_sent_when_confirmed(desk: Desk) -> None:
    """Nothing to the customer at first; then the words, by the case's number, under a name that a reply can find."""
    await set_up_owned_case(desk)
    shown = await desk.say(LI, "We found <it>.", GROUP, message_id=900, **make_reply(CARD))
    (preview,) = shown
    assert preview.chat_id == GROUP
    assert list_labels(preview) == ["Send", "Note", "Cancel"]
    assert "We found &lt;it&gt;." in read_body(preview)["text"]
    assert preview.reply_to.startswith("from:")
    sent = await desk.press(LI, find_button_data(shown, "Send"), GROUP)
    (letter,) = list_calls_to(sent, WANG.id)
    assert (
        read_body(letter)["text"] == desk.text("said-staff", number="C-261123-0001", who="") + "\nWe found &lt;it&gt;."
    )
    assert letter.name.startswith("said:")
    assert (await list_contributions(desk, "staff")) == [("staff", "We found <it>.", "[]")]
    assert list_calls_to(sent, GROUP)[0].name == preview.name
    assert list_labels(list_calls_to(sent, GROUP)[0]) == []


async def test_a_plain_group_message_is_nothing(desk: Desk) -> None:
    """Neither words nor a photo, nor an answer to a colleague, even with the number in it."""
    await set_up_owned_case(desk)
    for more in ({"text": "C-261123-0001 is done"}, make_picture("p1")):
        assert await desk.say(LI, chat=GROUP, **more) == []
    reply = {
        "reply_to_message": {"message_id": CARD - 1, "date": 1, "chat": {}, "from": CHEN.user, "text": "C-261123-0001"}
    }
    assert await desk.say(LI, "Thanks", GROUP, **reply) == []
    assert await list_contributions(desk, "staff", "note") == []


async def test_an_album_is_previewed_once_and_sent_as_one(desk: Desk) -> None:
    """Three parts out of order, the words on the second to arrive: one message that counts them, one contribution."""
    await set_up_owned_case(desk)
    names = set()
    for n, caption in ((3, ""), (1, "Look"), (2, "")):
        more = {"caption": caption} if caption else {}
        shown = await desk.say(
            LI, chat=GROUP, message_id=900 + n, media_group_id="a", **make_picture(f"p{n}"), **more, **make_reply(CARD)
        )
        names |= {one.name for one in shown}
    assert len(names) == 1
    assert desk.text("letter-files", count=3) in read_body(shown[-1])["text"]
    sent = list_calls_to(await desk.press(LI, find_button_data(shown, "Send"), GROUP), WANG.id)
    assert [one.method for one in sent] == ["show", "sendMediaGroup"]
    assert [item["media"] for item in read_body(sent[1])["media"]] == ["p1", "p2", "p3"]
    assert sent[1].reply_to == sent[0].name
    ((_, words, files),) = await list_contributions(desk, "staff")
    assert (words, [file[1] for file in json.loads(files)]) == ("Look", ["p1", "p2", "p3"])


@pytest.mark.parametrize(("who", "may"), [(ZHAO, True), (CHEN, False)])
async def test_who_may_send(desk: Desk, who: TelegramUser, may: bool) -> None:  # noqa: FBT001 -- a parameter
    """The head may; a colleague hears who the owner is and can keep a note, also with a forged Send."""
    await set_up_owned_case(desk)
    shown = await desk.say(who, "Hello", GROUP, **make_reply(CARD))
    assert ("Send" in list_labels(shown[0])) is may
    if not may:
        assert desk.text("letter-only-owner", owner="Li") in read_body(shown[0])["text"]
        forged = find_button_data(shown, "Note").replace('"n"', '"y"')
        assert list_calls_to(await desk.press(who, forged, GROUP), WANG.id) == []
    noted = await desk.press(who, find_button_data(shown, "Note"), GROUP)
    assert list_calls_to(noted, WANG.id) == []
    assert await list_contributions(desk, "staff", "note") == [("note", "Hello", "[]")]


async def test_quality_may_send_from_its_own_group(desk: Desk) -> None:
    """Where the card is in the quality group."""
    case = await set_up_owned_case(desk)
    await desk.bind("quality", QUALITY)
    await desk.grant(BOSS, Role.QUALITY, "quality")
    async with desk.database.begin() as tx:
        await case_rows.add_card(tx, case, QUALITY)
    await place_message(desk, QUALITY, f"card:{case}", 40)
    shown = await desk.say(BOSS, "We look into it.", QUALITY, **make_reply(40))
    sent = await desk.press(BOSS, find_button_data(shown, "Send"), QUALITY)
    assert len(list_calls_to(sent, WANG.id)) == 1


async def test_somebody_elses_preview(desk: Desk) -> None:
    """The owner cannot send what a colleague drafted; the press is answered."""
    await set_up_owned_case(desk)
    shown = await desk.say(ZHAO, "Hello", GROUP, **make_reply(CARD))
    pressed = await desk.press(LI, find_button_data(shown, "Send"), GROUP)
    assert [one.method for one in pressed] == ["answerCallbackQuery"]
    assert await list_contributions(desk, "staff") == []


async def test_no_longer_the_owner_when_it_counts(desk: Desk) -> None:
    """Shown as the owner, transferred meanwhile: Send sends nothing and says why."""
    case = await set_up_owned_case(desk)
    shown = await desk.say(LI, "Hello", GROUP, **make_reply(CARD))
    async with desk.database.begin() as tx:
        await tx.execute(cases.update().where(cases.c.id == case).values(owner=None))
    sent = await desk.press(LI, find_button_data(shown, "Send"), GROUP)
    assert list_calls_to(sent, WANG.id) == []
    assert list_texts(sent, GROUP)[-1] == desk.text("case-not-yours", number="C-261123-0001", owner="—")
    assert await list_contributions(desk, "staff") == []


async def test_a_customer_who_cannot_be_reached(desk: Desk) -> None:
    """The preview says so beforehand; what is sent waits for the customer to come back."""
    await set_up_owned_case(desk)
    await desk.member(WANG, "kicked", WANG.id)
    shown = await desk.say(LI, "Hello", GROUP, **make_reply(CARD))
    assert desk.text("letter-waits") in read_body(shown[0])["text"]
    await desk.press(LI, find_button_data(shown, "Send"), GROUP)
    (waiting,) = await desk.rows(select(outbox.c.state).where(outbox.c.name.like("said:%")))
    assert waiting.state == "held"


async def test_a_case_that_is_over(desk: Desk) -> None:
    """A kind refusal, under the reply; nothing is drafted."""
    case = await set_up_owned_case(desk)
    async with desk.database.begin() as tx:
        await tx.execute(cases.update().where(cases.c.id == case).values(state="closed"))
    refused = await desk.say(LI, "Hello", GROUP, **make_reply(CARD))
    assert list_texts(refused) == [desk.text("letter-over", number="C-261123-0001")]
    assert not await desk.rows(select(sessions.c.topic).where(sessions.c.dialogue == "letter"))


async def test_an_edit_before_send_is_followed(desk: Desk) -> None:
    """The preview changes where it stands, and what is sent is what it says."""
    await set_up_owned_case(desk)
    shown = await desk.say(LI, "Tomorow", GROUP, message_id=900, **make_reply(CARD))
    again = await edit_message(desk, LI, 900, GROUP, text="Tomorrow")
    assert [one.name for one in again] == [shown[0].name]
    sent = await desk.press(LI, find_button_data(again, "Send"), GROUP)
    assert "Tomorrow" in list_texts(sent, WANG.id)[0]
    assert await edit_message(desk, CHEN, 901, GROUP, text="unknown") == []


async def test_a_preview_that_nobody_confirms(desk: Desk) -> None:
    """A day later it is over and says so; its buttons do nothing."""
    await set_up_owned_case(desk)
    shown = await desk.say(LI, "Hello", GROUP, **make_reply(CARD))
    late = await desk.ring(days=DAY)
    assert desk.text("letter-forgotten", number="C-261123-0001") in list_texts(late, GROUP)
    assert list_calls_to(await desk.press(LI, find_button_data(shown, "Send"), GROUP), WANG.id) == []


async def test_somebody_new_in_the_group_is_asked_about_first(desk: Desk) -> None:
    """Telegram is asked for the membership; then the reply is taken up again."""
    await set_up_owned_case(desk)
    new = TelegramUser(16, "Sun")
    asked = await desk.say(new, "Hello", GROUP, **make_reply(CARD))
    assert [one.method for one in asked] == ["ask"]
    answer = msgspec.json.encode(MembershipAnswer(read_body(asked[0])["update"], "member"))
    await desk.worker.submit(RawEvent("answer", "1", answer))
    (preview,) = await desk.fetch_owed()
    assert list_labels(preview) == ["Note", "Cancel"]


# --- notes -----------------------------------------------------------------------------------------------------------


async def test_a_note_by_command_in_reply_to_the_card(desk: Desk) -> None:
    """Counts at once, stands on the card as the last note, is told to nobody outside."""
    case = await set_up_owned_case(desk)
    calls = await desk.say(LI, "/note Customer is <angry>", GROUP, **make_reply(CARD))
    assert list_calls_to(calls, WANG.id) == []
    card = next(one for one in calls if one.name == f"card:{case}")
    assert desk.text("card-note", text="Customer is <angry>") in read_body(card)["text"]
    assert desk.text("letter-done-note", number="C-261123-0001") in list_texts(calls, GROUP)
    assert await list_contributions(desk, "note") == [("note", "Customer is <angry>", "[]")]
    assert [row.what for row in await desk.rows(select(audit.c.what).where(audit.c.what == "case.note"))]


async def test_a_note_by_number(desk: Desk) -> None:
    """In the group, or by quality in private; a stranger hears the same of every number."""
    await set_up_owned_case(desk)
    await desk.say(LI, "/note c-261123-0001 one", GROUP)
    await desk.grant(BOSS, Role.QUALITY)
    await desk.say(BOSS, "/note C-261123-0001 two")
    assert [words for _, words, _ in await list_contributions(desk, "note")] == ["one", "two"]
    for who in (WANG, TelegramUser(77, "Mallory")):
        for number in ("C-261123-0001", "C-261123-0009"):
            for chat in (None, -1099):
                said = list_texts(await desk.say(who, f"/note {number} three", chat))
                assert said == [desk.text("note-unknown", number=number)]
    assert list_texts(await desk.say(LI, "/note C-261123-0009 x", GROUP)) == [
        desk.text("note-unknown", number="C-261123-0009")
    ]
    assert list_texts(await desk.say(LI, "/note", GROUP)) == [desk.text("note-how")]
    assert len(await list_contributions(desk, "note")) == 2


async def test_a_note_by_its_button(desk: Desk) -> None:
    """Asked by name, answered by a reply with a photo, shown back, confirmed; the photo stays inside."""
    case = await set_up_owned_case(desk)

    async def ask(batch: Batch) -> None:
        stored = await case_rows.get(batch.tx, case)
        assert stored is not None
        await batch.prepare([f"{GROUP}:{LI.id}"], [LI.id])
        letters.begin_note(Turn(batch, batch.people[LI.id], GROUP, f"{GROUP}:{LI.id}", "en", private=False), stored)

    await desk.batch(ask)
    (prompt,) = await desk.fetch_owed()
    await place_message(desk, GROUP, prompt.name, 800)
    shown = await desk.say(LI, chat=GROUP, caption="The label", **make_picture("p1"), **make_reply(800))
    assert list_labels(shown[0]) == ["Confirm", "Cancel"]
    done = await desk.press(LI, find_button_data(shown, "Confirm"), GROUP)
    assert list_calls_to(done, WANG.id) == []
    ((side, words, files),) = await list_contributions(desk, "note")
    assert (side, words, json.loads(files)) == ("note", "The label", [["photo", "p1", ""]])


async def test_an_edited_note(desk: Desk) -> None:
    """The last note on the card changes with it."""
    await set_up_owned_case(desk)
    await desk.say(LI, "/note C-261123-0001 one", GROUP, message_id=900)
    changed = await edit_message(desk, LI, 900, GROUP, text="/note C-261123-0001 two")
    assert desk.text("card-note", text="two") in list_texts(changed, GROUP)[-1]
    assert await list_contributions(desk, "note") == [("note", "two", "[]")]
    assert list_calls_to(changed, WANG.id) == []


async def test_the_history_tells_who_said_what(desk: Desk) -> None:
    """Letters, notes and the customer's words stand between the events, in order; edited ones are marked."""
    await set_up_owned_case(desk)
    desk.clock.advance(minutes=1)
    await desk.say(LI, "/note C-261123-0001 call <back>", GROUP, message_id=900)
    desk.clock.advance(minutes=1)
    shown = await desk.say(LI, chat=GROUP, caption="See", **make_picture("p1"), **make_reply(CARD))
    await desk.press(LI, find_button_data(shown, "Send"), GROUP)
    await edit_message(desk, LI, 900, GROUP, text="/note C-261123-0001 call <again>")
    (calls,) = list_texts(await desk.press(LI, f'["a",{await only(desk)},"hi"]', GROUP), GROUP)
    lines = calls.splitlines()
    accepted, noted, wrote = (
        next(n for n, line in enumerate(lines) if what in line)
        for what in (desk.plain("event-accept"), "added an internal note", "Li · wrote to the customer")
    )
    assert accepted < noted < wrote
    assert lines[noted + 1] == "“call &lt;again&gt;”"
    assert "call &lt;back&gt;" in lines[noted + 2]
    assert lines[wrote + 1 : wrote + 3] == ["“See”", "— Files: 1"]


async def only(desk: Desk) -> int:
    (row,) = await desk.rows(select(cases.c.id))
    return int(row.id)


# --- cooperating departments -----------------------------------------------------------------------------------------


async def cooperating(desk: Desk) -> int:
    """A case that customer service supports; its card stands in that group, where Boss works."""
    case = await set_up_owned_case(desk)
    await desk.bind("service", SERVICE)
    await desk.grant(BOSS, Role.STAFF, "service")
    async with desk.database.begin() as tx:
        await tx.execute(cases.update().where(cases.c.id == case).values(cooperating="service"))
    await desk.say(LI, "/note C-261123-0001 look", GROUP)  # draws the cards anew
    await place_message(desk, SERVICE, f"card:{case}", 40)
    return case


async def test_a_cooperating_department_reports(desk: Desk) -> None:
    """A reply to its card becomes a report: under the lead's card by department, the owner named; not to the customer."""
    await cooperating(desk)
    shown = await desk.say(BOSS, chat=SERVICE, caption="We called twice", **make_picture("p1"), **make_reply(40))
    assert list_labels(shown[0]) == ["Report", "Note", "Cancel"]
    told = await desk.press(BOSS, find_button_data(shown, "Report"), SERVICE)
    assert list_calls_to(told, WANG.id) == []
    under, photo = [one for one in list_calls_to(told, GROUP) if not one.name.startswith("card:")]
    text = read_body(under)["text"]
    assert text.startswith(desk.text("said-report", number="C-261123-0001", who="Customer service / Boss"))
    assert "We called twice" in text
    assert f"tg://user?id={LI.id}" in text
    assert photo.method == "sendPhoto"
    assert await list_contributions(desk, "report") == [("report", "We called twice", '[["photo", "p1", ""]]')]


async def test_what_a_cooperating_department_is_told(desk: Desk) -> None:
    """Its card says what is expected, has Report and Note, and none of the table's buttons; in the end it shows the end."""
    case = await cooperating(desk)
    calls = await desk.say(LI, "/note C-261123-0001 again", GROUP)
    (card,) = list_calls_to(calls, SERVICE)
    assert desk.text("card-cooperating") in read_body(card)["text"]
    assert {"Report", "Note"} <= set(list_labels(card))
    assert not {"Accept", "Resolve", "Transfer"} & set(list_labels(card))
    async with desk.database.begin() as tx:
        await tx.execute(cases.update().where(cases.c.id == case).values(state="closed"))
    (card,) = list_calls_to(await desk.say(LI, "/note C-261123-0001 end", GROUP), SERVICE)
    assert "closed" in read_body(card)["text"]
    assert "Report" not in list_labels(card)


async def test_the_lead_does_not_report_and_a_stranger_nothing(desk: Desk) -> None:
    """A forged report from the lead's own group is not understood."""
    await set_up_owned_case(desk)
    shown = await desk.say(LI, "Hello", GROUP, **make_reply(CARD))
    forged = find_button_data(shown, "Note").replace('"n"', '"r"')
    pressed = await desk.press(LI, forged, GROUP)
    assert [one.method for one in pressed] == ["answerCallbackQuery"]
    assert await list_contributions(desk, "report", "note") == []


def test_a_number_in_front_of_a_note() -> None:
    """A case's number is one only where it stands first and alone."""
    assert letters.split_note(" c-261123-0001  call back ") == ("C-261123-0001", "call back")
    assert letters.split_note("call C-261123-0001") == ("", "call C-261123-0001")
    assert letters.split_note("C-261123-0001") == ("C-261123-0001", "")
    assert letters.split_note("") == ("", "")
