"""Who answers what: every update that people can cause is handled at the first attempt, and every press is answered."""

from typing import Any, get_args

import msgspec
import pytest
from sqlalchemy import select

from conversations.buttons import Button, DraftMoveButton, LanguageButton, RateDeliveryButton, VerdictButton
from domain.people import Role
from handlers import route
from handlers.surveys import ratings
from handlers.turns import inbound
from handlers.turns.batch import Batch
from handlers.turns.turn import open_turn
from storage.models import answers, audit, cases, contributions, sessions
from tests.harness.in_process import (
    BOSS,
    BOT,
    COMPANY,
    GROUP,
    LI,
    WANG,
    Desk,
    find_button_data,
    list_texts,
    make_chat,
    read_body,
)


async def test_words_to_nobody(desk: Desk) -> None:
    """In private they are kept; in a group, silence; a strange contact in a group too."""
    assert desk.text("triage-kept", count=1) in list_texts(await desk.say(WANG, "Hello"))[0]
    assert await desk.say(LI, "Hello", GROUP) == []
    card = {"phone_number": "1", "first_name": "x"}
    assert await desk.say(LI, None, GROUP, contact=card) == []
    edit = {"message_id": 1, "date": 1, "chat": {"id": WANG.id, "type": "private"}, "from": WANG.user, "text": "x"}
    assert await desk.update("edited_message", edit) == []


async def test_words_go_to_the_dialogue_that_waits(desk: Desk) -> None:
    """A complaint that waits for its description gets it, though a survey was opened before; /cancel ends just that."""
    await desk.open_survey()
    shown = await desk.say(WANG, "/complain")
    shown = await desk.press(WANG, find_button_data(shown, "SF1"))
    await desk.press(WANG, find_button_data(shown, "Other"))
    await desk.say(WANG, "It was wet.")
    (row,) = await desk.rows(select(sessions.c.state).where(sessions.c.dialogue == "complaint"))
    assert "It was wet." in row.state
    assert list_texts(await desk.say(WANG, "/cancel")) == [desk.text("cancelled")]
    assert list_texts(await desk.say(WANG, "/cancel")) == [desk.text("nothing-to-cancel")]
    assert [row.dialogue for row in await desk.rows(select(sessions.c.dialogue))] == ["rating"]


async def test_a_number_shared_in_a_complaint_stays_there(desk: Desk) -> None:
    """As the contact of the complaint; elsewhere it links the deliveries."""
    shown = await desk.say(WANG, "/complain")
    await desk.press(WANG, find_button_data(shown, "Other"))
    contact = {"phone_number": "8613800138000", "first_name": "Wang", "user_id": WANG.id}
    await desk.say(WANG, contact=contact)
    assert "person.phone" not in {row.what for row in await desk.rows(select(audit.c.what))}
    await desk.say(WANG, "/cancel")
    await desk.say(WANG, contact=contact)
    assert "person.phone" in {row.what for row in await desk.rows(select(audit.c.what))}


async def test_a_number_shared_where_a_survey_asks_for_it_is_the_answer(desk: Desk) -> None:
    """The survey's contact question gets it, and nothing is linked; at any other question of a survey it links the deliveries."""
    await desk.say(WANG, "/start")
    about = COMPANY.surveys["relationship"]

    async def ask(batch: Batch) -> None:
        turn = await open_turn(batch, WANG.id)
        assert turn is not None
        ratings.invite(turn, None, "campaign", survey=about)

    await desk.batch(ask)
    shown = await desk.fetch_owed()
    for tapped in ("2", "Skip", "Skip", "Skip", "Skip", "6"):
        shown = await desk.press(WANG, find_button_data(shown, tapped))
    contact = {"phone_number": "8613800138000", "first_name": "Wang", "user_id": WANG.id}
    assert desk.text("phone-linked", count=0) in list_texts(await desk.say(WANG, contact=contact))
    shown = await desk.say(WANG, "Cheaper")
    shown = await desk.press(WANG, find_button_data(shown, "Yes"))
    assert desk.text("answer-contact") in list_texts(shown)[0]
    shown = await desk.say(WANG, contact=contact | {"phone_number": "8613900139000"})
    assert "Question 10 of 10" in list_texts(shown)[0]
    rows = await desk.rows(select(answers.c.words, answers.c.kind).where(answers.c.question == "contact"))
    assert [tuple(row) for row in rows] == [('"+8613900139000"', "contact")]
    linked = await desk.rows(select(audit.c.after).where(audit.c.what == "person.phone"))
    assert [row.after for row in linked] == ["+8613800138000"]


@pytest.mark.parametrize(
    "button",
    [RateDeliveryButton(1), VerdictButton(1, 1, solved=True), LanguageButton("en"), DraftMoveButton(1, 1, "x")],
)
async def test_private_buttons_do_nothing_in_groups(desk: Desk, button: Button) -> None:
    """Forged into a group: answered, and nothing else."""
    (answer,) = await desk.press(LI, button, GROUP)
    assert (answer.method, read_body(answer)["text"]) == ("answerCallbackQuery", desk.plain("not-now"))


async def test_forged_buttons_are_answered_once_and_change_nothing(desk: Desk) -> None:
    """Buttons of every kind with made-up numbers, in private and in a group, by a stranger."""
    await desk.bind("transport")
    await desk.file_complaint()
    before = await desk.rows(select(cases.c.version, cases.c.state))
    for kind in get_args(Button):
        for number in (0, 1, 2**31 - 1):
            made: dict[type, object] = {int: number, str: "ac", bool: True}
            values = {field.name: made[_plain(field.type)] for field in msgspec.structs.fields(kind)}
            for chat in (None, GROUP):
                calls = await desk.press(BOSS, kind(**values), chat)
                assert sum(call.method == "answerCallbackQuery" for call in calls) <= 1
    assert await desk.rows(select(cases.c.version, cases.c.state)) == before


def _plain(annotation: Any) -> type:  # noqa: ANN401 -- a type
    return getattr(annotation, "__origin__", annotation)  # type: ignore[no-any-return]  # an alias's own type


def test_deliveries_that_a_batch_reads_ahead() -> None:
    """Only links, no matter who made them up; nothing else names a delivery."""
    from datetime import UTC, datetime

    from handlers.access import links
    from storage.engine.crypto import Keyring

    def meant(text: str) -> int | None:
        message = {"message_id": 1, "chat": {"id": 11, "type": "private"}, "from": WANG.user, "text": text}
        arrival = inbound.parse_update(msgspec.json.encode({"update_id": 1, "message": message}))
        assert arrival is not None
        return route.find_linked_delivery(arrival)

    link = links.make_payload(Keyring(["anybody"]), 7, datetime(2026, 1, 1, tzinfo=UTC))
    assert meant(f"/start {link}") == 7
    assert [meant(text) for text in (f"/rate {link}", "/start", "/start d" + "!" * 32, link, "hi")] == [None] * 5


async def test_a_flood_is_answered_once(desk: Desk) -> None:
    """One screen, edited; one sentence that says what to do, told again after a minute's pause; every word is kept."""
    calls = [call for n in range(100) for call in await desk.say(WANG, f"Hello {n}")]
    too_fast = desk.text("too-fast", limit=30)
    assert list_texts(calls).count(too_fast) == 1
    assert [call.fresh for call in calls if call.method == "show"] == [True] + [False] * 29
    assert desk.text("triage-kept", count=1) in list_texts(await desk.say(BOSS, "Hello"))[0]
    desk.clock.advance(seconds=61)
    again = [call for n in range(40) for call in await desk.say(WANG, f"Again {n}")]
    assert list_texts(again).count(too_fast) == 1
    (kept,) = await desk.rows(select(sessions.c.state).where(sessions.c.lane == f"{WANG.id}:{WANG.id}"))
    assert all(f"Hello {n}" in kept.state for n in range(100))


async def test_a_flood_of_commands_stickers_and_numbers(desk: Desk) -> None:
    """Commands are answered after a flood of words, and not without end; what a strange contact is, nobody is told either."""
    for n in range(40):
        await desk.say(WANG, f"Hello {n}")
    listed = [text for _ in range(40) for text in list_texts(await desk.say(WANG, "/mycases"))]
    assert len(listed) == 30
    strange = {"phone_number": "1", "first_name": "x", "user_id": 5}
    assert desk.text("contact-not-yours") not in list_texts(await desk.say(WANG, None, contact=strange))
    assert list_texts(await desk.say(WANG, None, contact=strange | {"user_id": WANG.id})) == []


async def test_a_flood_in_a_dialogue_is_kept(desk: Desk) -> None:
    """The description of a complaint in sixty messages: told once, every word on file, and the dialogue goes on."""
    await desk.bind("transport")
    shown = await desk.say(WANG, "/complain")
    await desk.press(WANG, find_button_data(shown, "Delivery and logistics"))
    replies = []
    for n in range(60):
        shown = await desk.say(WANG, f"Word {n}.")
        replies += list_texts(shown)
    assert replies.count(desk.text("too-fast", limit=30)) == 1
    for label in ("Done", "Skip", "Skip", "Confirm"):
        shown = await desk.press(WANG, find_button_data(shown, label))
    (case,) = await desk.rows(select(cases.c.description))
    assert all(f"Word {n}." in case.description for n in range(60))


async def test_the_words_of_a_rating_are_kept_in_a_flood(desk: Desk) -> None:
    """After fifty idle messages a survey's question for words is answered as ever."""
    await desk.bind("transport")
    shown = await desk.open_survey(department="transport")
    for score in ("2", "5", "5", "5"):
        shown = await desk.press(WANG, find_button_data(shown, score))
    for n in range(50):
        await desk.say(BOSS, f"Hello {n}")
        await desk.say(WANG, f"/nothing{n}")
    shown = await desk.say(WANG, "Thrown over the fence")
    filed = await desk.press(WANG, find_button_data(shown, "File a complaint"))
    assert "Thrown over the fence" in list_texts(filed, GROUP)[0]


async def test_an_album_is_one_message(desk: Desk) -> None:
    """Thirty albums of three are no flood, forty are; not a photo of theirs is missing."""
    await desk.file_complaint()
    (case,) = await desk.rows(select(cases.c.id))
    await desk.press(WANG, f'["m",{case.id},"a"]')
    replies = []
    for n in range(120):
        photo = [{"file_id": f"p{n}", "file_unique_id": f"u{n}", "width": 1, "height": 1}]
        texts = list_texts(await desk.say(WANG, photo=photo, media_group_id=f"album {n // 3}"))
        replies += [n for text in texts if text == desk.text("too-fast", limit=30)]
    assert replies == [90]
    kept = await desk.rows(select(contributions.c.files))
    assert sum(row.files.count('"photo"') for row in kept) == 120


async def test_what_is_asked_in_a_topic_is_answered_there(desk: Desk) -> None:
    """A command, and a press; what goes elsewhere, and a card, do not."""
    await desk.bind("transport")
    await desk.grant(LI, Role.STAFF, "transport")
    topic = {"message_thread_id": 7, "is_topic_message": True}
    answered = await desk.answer_questions(await desk.say(LI, "/cases", GROUP, **topic), "member")
    assert [call.topic for call in answered] == [-7]
    assert [call.topic for call in await desk.say(LI, "/help", GROUP)] == [None]
    assert [call.topic for call in await desk.say(LI, "/help", **topic)] == [None]
    await desk.grant(BOSS, Role.MANAGER)
    await desk.file_complaint()
    calls = await desk.say(BOSS, "/bind service", GROUP, **topic)
    assert {call.topic for call in calls if call.name.startswith("card:")} <= {None}
    assert -7 in {call.topic for call in calls}


async def test_nobody_is_too_fast_in_a_group(desk: Desk) -> None:
    """Staff are not counted there: what they write in their group is theirs."""
    await desk.bind("transport")
    assert [await desk.say(LI, f"Hello {n}", GROUP) for n in range(60)] == [[]] * 60


async def test_an_anonymous_administrator_is_told_to_write_as_themselves(desk: Desk) -> None:
    """In the group's name nobody can tell who it is; another bot's command and mere words are none of our business."""
    await desk.bind("transport")
    group = make_chat(GROUP)
    nobody = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}

    async def say(text: str, **more: object) -> list[str]:
        body = {"message_id": 1, "date": 1, "chat": group, "from": nobody, "sender_chat": group, "text": text} | more
        return list_texts(await desk.update("message", body))

    told = [desk.text("write-as-yourself")]
    assert await say("/bind service") == told
    assert await say(f"/weather@{BOT}") == told
    assert await say("/weather") == []
    assert await say("/bind@other_bot service") == []
    assert await say("Good morning") == []
    assert await say("/bind service", sender_chat=make_chat(-1007)) == []  # what a linked channel posts
