"""Screens and sentences as the finished JSON of calls."""

from collections import Counter
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from conversations.buttons import CALLBACK_DATA_BYTES, NoThanksButton, RateButton
from conversations.protocol import Key, Screen, Text, Words
from handlers.turns import outbound
from texts import Texts
from texts.length import TOAST, units, visible

TEXTS = Texts()
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
KINDS = ("photo", "video", "document", "voice", "audio", "video_note")
FILES = st.lists(st.tuples(st.sampled_from(KINDS), st.uuids().map(str)), max_size=45)


def read(text: str) -> Any:  # noqa: ANN401 -- JSON
    return msgspec.json.decode(text)


@given(FILES)
def test_every_file_is_shown_once_in_albums_telegram_takes(files: list[tuple[str, str]]) -> None:
    """Albums have 2 to 10 items of kinds that go together; nothing is lost, doubled or left for an album of one."""
    shown: list[tuple[str, str]] = []
    sizes = []
    for method, text in outbound.make_media_calls(files):
        body = read(text)
        if method != "sendMediaGroup":
            ((kind, file),) = body.items()
            assert method.lower() == f"send{kind}".replace("_", "")
            shown.append((kind, file))
            continue
        kinds = {item["type"] for item in body["media"]}
        assert 2 <= len(body["media"]) <= 10
        assert kinds <= {"photo", "video"} or len(kinds) == 1
        assert not kinds & {"voice", "video_note"}
        sizes.append(len(body["media"]))
        shown += [(item["type"], item["media"]) for item in body["media"]]
    assert Counter(shown) == Counter(files)
    assert len([size for size in sizes if size < 10]) <= 3


def test_the_order_within_an_album_is_the_customers() -> None:
    """Photos and videos stay in the order in which they were sent."""
    files = [("photo", "1"), ("video", "2"), ("document", "3"), ("photo", "4")]
    (first, media), (second, document) = outbound.make_media_calls(files)
    assert (first, second) == ("sendMediaGroup", "sendDocument")
    assert [item["media"] for item in read(media)["media"]] == ["1", "2", "4"]
    assert read(document) == {"document": "3"}


@given(ANY_TEXT, ANY_TEXT, st.booleans())
def test_a_toast_fits(callback: str, text: str, alert: bool) -> None:  # noqa: FBT001 -- hypothesis
    """Whatever is said, the answer to a press has at most 200 units and is valid JSON."""
    body = read(outbound.make_toast(callback, text, alert=alert))
    assert body["callback_query_id"] == callback
    assert units(body.get("text", "")) <= TOAST
    assert body.get("show_alert", False) is alert
    assert ("text" in body) is bool(text)


@given(ANY_TEXT)
def test_bodies_are_json_whatever_people_write(text: str) -> None:
    """Quotes, line ends, controls and emoji come back as they went in."""
    assert read(outbound.make_message(text))["text"] == text
    assert read(outbound.make_keyboard_removal(text))["reply_markup"] == {"remove_keyboard": True}
    contact = read(outbound.make_contact_request(text, text))
    assert contact["reply_markup"]["keyboard"] == [[{"text": text, "request_contact": True}]]


def test_a_message_has_buttons_or_opens_the_reply_box() -> None:
    """Inline buttons win, since Telegram takes one markup; the placeholder is cut to 64."""
    buttons = [[{"text": "1", "callback_data": "x"}]]
    assert read(outbound.make_message("t", buttons, force_reply="x"))["reply_markup"] == {"inline_keyboard": buttons}
    forced = read(outbound.make_message("t", force_reply="x" * 100))["reply_markup"]
    assert forced["force_reply"] is forced["selective"] is True
    assert len(forced["input_field_placeholder"]) == 64
    assert "reply_markup" not in read(outbound.make_message("t"))


def test_labels_and_data_of_a_keyboard() -> None:
    """Our texts are rendered, other words are taken as they are, and the data is the packed button."""
    rows = ((Key(Words("<5>"), RateButton(1, 0, 5)), Key(Text("rating-no-thanks"), NoThanksButton(2**63 - 1))),)
    ((five, thanks),) = outbound.draw_keyboard(TEXTS, "en", rows)
    assert five == {"text": "<5>", "callback_data": '["r",1,0,5]'}
    assert thanks["text"] == "No, thanks"
    assert len(thanks["callback_data"]) <= CALLBACK_DATA_BYTES


@given(ANY_TEXT)
def test_what_people_wrote_is_escaped_once(text: str) -> None:
    """A screen of words shows exactly the words."""
    from html import unescape

    shown = outbound.draw_screen(TEXTS, "en", Screen((Words(text), Words("<b>"))))
    assert unescape(shown) == f"{text}\n\n<b>"
    assert "<" not in shown.replace("&lt;", "")
    assert visible(shown) <= units(text) + 5
