"""A file that may not be sent: the line in its place says what it was, whose, of which case, and what to do; its button leads to it."""

import pytest

from conversations.buttons import CaseViewButton, MyCaseButton
from domain.people import Role
from handlers.people import forbidden_media
from handlers.turns import outbound
from handlers.turns.batch import Batch
from storage.queue.outbox import DOCUMENT, PICTURE, OwedCall
from tests.harness.case_messages import list_calls_to, make_picture
from tests.harness.customer_case import NUMBER, fetch_case_id
from tests.harness.in_process import BOSS, GROUP, LI, WANG, Desk, find_button, list_labels, list_texts


async def draw(desk: Desk, call: OwedCall) -> OwedCall:
    """The line, as the call that sends it."""
    drawn: list[str] = []

    async def work(batch: Batch) -> None:
        drawn.append(await forbidden_media.draw_line(batch, call))

    await desk.batch(work)
    return OwedCall(call.id, call.chat_id, "sendMessage", drawn[0])


async def send(desk: Desk, chat: int, method: str, body: str) -> OwedCall:
    """A file of the case, on its way to this chat."""
    return OwedCall(desk.services.next_id(), chat, method, body, f"c:{await fetch_case_id(desk)}:1")


@pytest.mark.parametrize("language", ["en", "zh", "zh-TW"])
async def test_a_photo_of_the_customer(desk: Desk, language: str) -> None:
    """What the department reads instead, in the group's language, and the button that brings the photo to the person who presses it."""
    await desk.bind("transport", language=language)
    await desk.file_complaint()
    calls = await desk.say(WANG, **make_picture("a"))
    (photo,) = [call for call in list_calls_to(calls, GROUP) if call.method == "sendPhoto"]
    line = await draw(desk, photo)
    said: dict[str, str | int] = {"number": NUMBER, "from": "customer", "kind": "photo", "count": 1}
    html = desk.services.texts.html
    why = html(language, "forbidden-here", {"kind": "photo", "place": "group"})
    assert list_texts([line]) == [f"{html(language, 'forbidden-file', said)}\n{why}"]
    label = desk.services.texts.plain(language, "forbidden-see", {})
    assert find_button([line], label) == CaseViewButton(await fetch_case_id(desk), "m")


@pytest.mark.parametrize("kind", ["photo", "video", "document", "voice", "audio", "video_note"])
async def test_every_kind_is_named(desk: Desk, kind: str) -> None:
    """And an album by how many files it has."""
    await desk.bind("transport")
    await desk.file_complaint()
    line = await draw(desk, await send(desk, GROUP, *outbound.make_media_call(kind, "a")))
    named = {"voice": "a voice message", "audio": "an audio file", "video_note": "a video message"}
    assert f"sent {named.get(kind, f'a {kind}')}." in list_texts([line])[0]
    ((method, body),) = outbound.make_media_calls([("photo", "a"), ("video", "b")])
    assert "sent 2 files." in list_texts([await draw(desk, await send(desk, GROUP, method, body))])[0]


async def test_a_voice_message_to_the_customer(desk: Desk) -> None:
    """The customer's privacy forbids it: the line says where to allow it, and the button sends it again; staff get theirs again, too."""
    await desk.file_complaint()
    voice = outbound.make_media_call("voice", "a")
    line = await draw(desk, await send(desk, WANG.id, *voice))
    assert "Privacy and Security" in list_texts([line])[0]
    case = await fetch_case_id(desk)
    assert find_button([line], "Send it again") == MyCaseButton(case, "f")
    await desk.grant(LI, Role.STAFF, "transport")
    assert find_button([await draw(desk, await send(desk, LI.id, *voice))], "Send it again") == CaseViewButton(
        case, "f"
    )


async def test_a_picture_of_figures_keeps_its_words_and_buttons(desk: Desk) -> None:
    """Only the picture is missing; a document keeps its caption."""
    await desk.bind("management")
    await desk.grant(BOSS, Role.MANAGER)
    (picture,) = [call for call in await desk.say(BOSS, "/summary", GROUP) if call.method == PICTURE]
    line = await draw(desk, picture)
    assert "This group does not allow photos" in list_texts([line])[0]
    assert "Satisfaction" in list_texts([line])[0]
    assert list_labels(line) == list_labels(picture) != []
    (report,) = [call for call in await desk.say(BOSS, "/report", GROUP) if call.method == DOCUMENT]
    assert "This group does not allow files" in list_texts([await draw(desk, report)])[0]
