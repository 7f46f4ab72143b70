"""One call and what Telegram's answer means."""

import asyncio

import msgspec
import pytest
from sqlalchemy import select

from bot.drawing.helper_process import DrawingProcess
from bot.process.telegram import Answer, BotApi
from bot.sending.api_calls import (
    KNOWN_PLACES,
    ApiCaller,
    _prepend_fields,
)
from bot.sending.blank_media import draw_blank
from bot.sending.outcomes import RetryLater
from bot.sending.sender import LOOK_SECONDS
from domain.people import Role
from handlers.turns.outbound import make_message
from storage.models import groups, messages
from storage.queue.outbox import DOCUMENT, ERASE, QUERY, SHOW, OwedCall, SentCall
from tests.harness.in_process import BOSS, LI, WANG, Desk, TelegramUser, find_button_data
from tests.harness.live_sender import LiveSender
from tests.reports.wording.test_case_file import FILE


@pytest.fixture
def outside(desk: Desk) -> ApiCaller:
    """Nobody is called in the tests of what answers mean."""
    return ApiCaller(BotApi("http://127.0.0.1:1", "1:a"), desk.database, desk.worker, DrawingProcess())


TO_WANG = OwedCall(1, 11, "sendMessage", "{}")


def test_where_a_named_message_is(outside: ApiCaller) -> None:
    """Remembered when it is new or elsewhere; nothing to write down where it stands as before; an odd answer does no harm."""
    call = OwedCall(1, 11, SHOW, "{}", "card")
    assert outside.makes_new(call)
    sent = Answer(ok=True, result=msgspec.Raw(b'{"message_id":7,"chat":{}}'))
    assert outside._interpret(call, sent, None) == SentCall(1, 11, "card", 7)
    assert not outside.makes_new(call)
    assert outside.makes_new(OwedCall(2, 11, SHOW, "{}", "card", fresh=True))
    assert outside._interpret(call, sent, 7) == SentCall(1)
    assert outside._interpret(call, sent, 8) == SentCall(1, 11, "card", 8)
    assert outside._interpret(call, Answer(ok=True, result=msgspec.Raw(b"true")), None) == SentCall(1)
    assert outside._interpret(TO_WANG, sent, None) == SentCall(1)


async def test_every_part_of_an_album_is_found(desk: Desk, outside: ApiCaller) -> None:
    """The first has the name, the others the name with a number: a reply to any of them is known, for good."""
    call = OwedCall(1, 11, "sendMediaGroup", "{}", "c:7:1")
    sent = Answer(ok=True, result=msgspec.Raw(b'[{"message_id":7},{"message_id":8},{"message_id":9}]'))
    desk.worker.mark(outside._interpret(call, sent, None))  # type: ignore[arg-type]  # it is a Sent
    await desk.say(WANG, "hello")
    rows = await desk.rows(select(messages.c.name, messages.c.message_id).where(messages.c.name.like("c:7%")))
    assert sorted(tuple(row) for row in rows) == [("c:7:1", 7), ("c:7:1.1", 8), ("c:7:1.2", 9)]


def test_places_in_memory_are_bounded(outside: ApiCaller) -> None:
    """The one used longest ago goes; the table has it still."""
    for number in range(KNOWN_PLACES):
        outside._remember(11, str(number), number)
    outside._remember(11, "0", 0)
    outside._remember(11, "new", 1)
    assert len(outside._places) == KNOWN_PLACES
    assert {(11, "0"), (11, "new")} <= set(outside._places)
    assert (11, "1") not in outside._places


def test_finished_json_gets_its_head() -> None:
    """The chat stands in front of what was written in the transaction."""
    joined = _prepend_fields('"chat_id":5', '{"text":"x"}')
    assert msgspec.json.decode(joined) == {"chat_id": 5, "text": "x"}
    assert _prepend_fields("", '{"text":"x"}') == '{"text":"x"}'


async def test_a_place_is_found_in_the_table(post: LiveSender) -> None:
    """A message of an earlier process is edited, not sent anew."""
    wang = await post.person()
    await post.owe(post.show(wang.id, "card", "1"))
    await post.wait_until_quiet()
    later = ApiCaller(post.outside._api, post.desk.database, post.desk.worker, DrawingProcess())
    assert isinstance(await later.make_call(post.show(wang.id, "card", "2")), SentCall)
    assert await post.texts(wang.id) == ["2"]


async def test_an_unreached_server_is_waited_for(outside: ApiCaller) -> None:
    """No answer: once more, a little later, nobody else waits."""
    async with outside._api:
        assert await outside.make_call(TO_WANG) == RetryLater(unreached=True)


async def test_a_question_comes_back_by_the_inbox(post: LiveSender, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who presses for the first time is asked about; Telegram's word brings the press back, and then it counts."""
    li = await post.telegram.user("Li", user_id=LI.id)
    boss = await post.telegram.user("Boss", user_id=BOSS.id)
    group = await post.telegram.group("Transport", [boss, li])
    await post.telegram.user("Wang", user_id=WANG.id)
    await post.desk.bind("transport", group)
    await _leave_rows(post, monkeypatch)
    filed = await post.desk.file_complaint()
    asked = await _ask(post, LI, find_button_data(filed, "Accept"), group)
    assert await post.outside.make_call(asked) == SentCall(asked.id)
    from storage.models import cases, grants

    assert [row.role for row in await post.desk.rows(select(grants.c.role))] == ["staff"]
    assert [row.state for row in await post.desk.rows(select(cases.c.state))] == ["in_work"]


async def _ask(post: LiveSender, who: TelegramUser, button: str, group: int) -> OwedCall:
    """The question to Telegram that this press leads to: the newest, whatever else is still owed."""
    return [call for call in await post.desk.press(who, button, group) if call.method == QUERY][-1]


async def test_a_question_about_a_stranger(post: LiveSender, monkeypatch: pytest.MonkeyPatch) -> None:
    """Telegram says "left", or refuses to say: the press comes back and is refused."""
    boss = await post.telegram.user("Boss", user_id=BOSS.id)
    await post.telegram.user("Li", user_id=LI.id)
    group = await post.telegram.group("Transport", [boss])
    await post.telegram.user("Wang", user_id=WANG.id)
    await post.desk.bind("transport", group)
    await _leave_rows(post, monkeypatch)
    accept = find_button_data(await post.desk.file_complaint(), "Accept")
    for forged in (LI, WANG):
        asked = await _ask(post, forged, accept, group)
        assert await post.outside.make_call(asked) == SentCall(asked.id)
    await post.telegram.fault("500", method="getChatMember")
    asked = await _ask(post, LI, accept, group)
    assert await post.outside.make_call(asked) == RetryLater(unreached=True)
    from storage.models import grants

    assert await post.desk.rows(select(grants.c.role)) == []


async def test_a_summary_is_a_picture_changed_in_place(post: LiveSender) -> None:
    """Sent once with its words, then changed where it stands; where it is gone, sent anew."""
    boss = await post.telegram.user("Boss", user_id=BOSS.id)
    await post.telegram.private(boss).start()
    await post.desk.grant(BOSS, Role.MANAGER)
    post.desk.reads = False
    await post.desk.say(BOSS, "/summary today")
    await post.wait_until_quiet(within=30)
    await post.desk.press(BOSS, '["S","year"]', at=await _place(post))
    await post.wait_until_quiet(within=30)
    (shown,) = [m for m in await post.telegram.messages(boss.id) if m["sent_by_bot"]]
    assert shown["photo"]
    assert (await post.telegram.file(shown["photo"][-1]["file_id"])).startswith(b"\x89PNG")
    assert [call["method"] for call in await post.calls("sendPhoto", "editMessageMedia")] == [
        "sendPhoto",
        "editMessageMedia",
    ]
    await post.telegram.fault("400", method="editMessageMedia", description="Bad Request: message to edit not found")
    await post.desk.press(BOSS, '["S","week"]', at=shown["message_id"])
    await post.wait_until_quiet(within=30)
    assert len([m for m in await post.telegram.messages(boss.id) if m["sent_by_bot"]]) == 2


async def _place(post: LiveSender) -> int:
    ((number,),) = await post.desk.rows(select(messages.c.message_id))
    return int(number)


async def test_a_file_is_a_document_under_its_card(post: LiveSender) -> None:
    """Drawn when its turn comes, sent with its name, in answer to the message it belongs to; then it can be found by its own name."""
    wang = await post.person()
    body = {"caption": "<b>C-1</b> answered", "parse_mode": "HTML", "filename": "C-1.pdf", "dossier": FILE}
    payload = msgspec.json.encode(body).decode()
    card = post.show(wang.id, "card:1", "the card")
    await post.owe(card)
    await post.wait_until_quiet()
    await post.owe(post.call(wang.id, method=DOCUMENT, payload=payload, name="c:1:2", fresh=True, reply_to="card:1"))
    await post.wait_until_quiet(within=30)
    (sent,) = [m for m in await post.telegram.messages(wang.id) if m["sent_by_bot"] and "document" in m]
    assert (sent["document"]["file_name"], sent["caption"]) == ("C-1.pdf", "C-1 answered")
    assert sent["reply_to_message"]["text"] == "the card"
    assert (await post.telegram.file(sent["document"]["file_id"])).startswith(b"%PDF-")
    places = await post.desk.rows(select(messages.c.message_id).where(messages.c.name == "c:1:2"))
    assert [row.message_id for row in places] == [sent["message_id"]]


def test_a_document_is_a_new_message(outside: ApiCaller) -> None:
    """So it counts for the limits of a group."""
    assert outside.makes_new(OwedCall(1, -5, DOCUMENT, "{}"))


ERASED = make_message("<i>erased</i>")


async def test_what_is_erased_is_deleted(post: LiveSender) -> None:
    """By its name, or by its number; what is not there any more, or never was, is nobody's trouble."""
    wang = await post.person()
    await post.owe(post.show(wang.id, "c:1:2", "his words"), post.show(wang.id, "c:1:3", "more of them"))
    await post.wait_until_quiet()
    (row,) = await post.desk.rows(select(messages.c.message_id).where(messages.c.name == "c:1:3"))
    for more in ({"name": "c:1:2"}, {"message_id": row.message_id}, {"name": "c:1:2"}, {"name": "never"}):
        await post.owe(post.call(wang.id, method=ERASE, payload=ERASED, **more))
    await post.wait_until_quiet()
    assert await post.texts(wang.id) == []
    assert await post.count_left() == {}


async def test_what_is_too_old_to_be_deleted_says_nothing_any_more(
    post: LiveSender, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram deletes what is younger than two days: an older message is edited, a picture is replaced, and the line stands there."""
    monkeypatch.setattr("playground.botapi.methods.editing.DELETABLE_SECONDS", -1)
    wang = await post.person()
    sent = await post.outside._api.upload("sendPhoto", {"chat_id": str(wang.id)}, {"photo": draw_blank()})
    picture = msgspec.json.decode(sent.result)["message_id"]
    await post.owe(post.show(wang.id, "c:1:2", "his words"))
    await post.wait_until_quiet()
    for more in ({"name": "c:1:2"}, {"message_id": picture}):
        await post.owe(post.call(wang.id, method=ERASE, payload=ERASED, **more))
    await post.wait_until_quiet()
    said = [m for m in await post.telegram.messages(wang.id) if m["sent_by_bot"]]
    assert [m.get("text") or m.get("caption") for m in said] == ["erased", "erased"]


async def _leave_rows(post: LiveSender, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is owed from now on is left to the test."""
    monkeypatch.setattr("bot.sending.sender.LOOK_SECONDS", 3600)
    await asyncio.sleep(2 * LOOK_SECONDS)
    post.sender.holder = None


@pytest.mark.parametrize(
    ("method", "kind", "why"),
    [
        ("sendPhoto", "400", "Bad Request: not enough rights to send photos to the chat"),
        ("sendPhoto", "400", "Bad Request: CHAT_SEND_PHOTOS_FORBIDDEN"),
        ("sendVideo", "403", "Forbidden: CHAT_SEND_MEDIA_FORBIDDEN"),
        ("sendDocument", "400", "Bad Request: need administrator rights in the channel chat"),
        ("sendVoice", "400", "Bad Request: VOICE_MESSAGES_FORBIDDEN"),
        ("sendVoice", "400", "Bad Request: user restricted receiving of voice messages"),
        ("sendMediaGroup", "400", "Bad Request: not enough rights to send photos to the chat"),
    ],
)
async def test_a_medium_that_may_not_be_sent_becomes_a_line(post: LiveSender, method: str, kind: str, why: str) -> None:
    """Under its name, in its place; the group is not lost, and what follows is sent."""
    group = await post.telegram.group("Transport", [await post.person()])
    await post.desk.bind("transport", group)
    await post.telegram.fault(kind, method=method, description=why)
    body = {"sendMediaGroup": '{"media":[{"type":"photo","media":"a"},{"type":"photo","media":"b"}]}'}
    media = post.call(group, method=method, payload=body.get(method, '{"photo":"a"}'), name="c:7:1")
    await post.owe(media, post.call(group, "next"))
    await post.wait_until_quiet()
    line, following = await post.texts(group)
    assert "This group does not allow" in line
    assert following == "next"
    assert await post.list_reasons() == []
    assert [row.state for row in await post.desk.rows(select(groups.c.state))] == ["here"]
    (placed,) = await post.desk.rows(select(messages.c.message_id).where(messages.c.name == "c:7:1"))
    (shown,) = [m for m in await post.telegram.messages(group) if m.get("text") == line]
    assert placed.message_id == shown["message_id"]


async def test_a_group_that_refuses_the_line_as_well_is_lost(post: LiveSender) -> None:
    """Nothing may be sent there: what is owed is held."""
    group = await post.telegram.group("Transport", [await post.person()])
    await post.desk.bind("transport", group)
    await post.telegram.permit(group, can_send_messages=False)
    await post.telegram.fault("400", method="sendPhoto", description="Bad Request: CHAT_WRITE_FORBIDDEN")
    await post.owe(post.call(group, method="sendPhoto", payload='{"photo":"a"}', name="c:7:1"))
    await post.wait_until_quiet()
    assert [state for state, _ in await post.list_reasons()] == ["held"]
    assert [row.state for row in await post.desk.rows(select(groups.c.state))] == ["lost"]


async def test_a_picture_that_may_not_be_sent_is_one_line_that_changes(post: LiveSender) -> None:
    """The words and the buttons stand without the picture; a press changes them in place, and a picture comes when it may."""
    boss = await post.telegram.user("Boss", user_id=BOSS.id)
    group = await post.telegram.group("Management", [boss])
    await post.desk.bind("management", group)
    await post.desk.grant(BOSS, Role.MANAGER)
    await post.telegram.permit(group, can_send_photos=False)
    post.desk.reads = False
    await post.desk.say(BOSS, "/summary today", group)
    await post.wait_until_quiet(within=30)
    (line,) = await post.texts(group)
    assert "This group does not allow photos" in line
    await post.desk.press(BOSS, '["S","year"]', group, at=await _place(post))
    await post.wait_until_quiet(within=30)
    (changed,) = await post.texts(group)
    assert changed != line
    await post.telegram.permit(group, can_send_photos=True)
    await post.desk.press(BOSS, '["S","week"]', group, at=await _place(post))
    await post.wait_until_quiet(within=30)
    (shown,) = [m for m in await post.telegram.messages(group) if m["sent_by_bot"]]
    assert shown["photo"]
    assert "does not allow" not in shown["caption"]
