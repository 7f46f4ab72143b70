"""The signed link on a delivery slip: ours or nobody's."""

import base64
import re
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.access import links
from storage.engine.crypto import Keyring

KEYS, OTHER = Keyring(["one"]), Keyring(["two"])
MOMENT = datetime(2026, 11, 23, tzinfo=UTC)
IDS = st.integers(0, 2**63 - 1)
MOMENTS = st.integers(0, 7_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@given(IDS, MOMENTS)
def test_what_was_signed_is_read(delivery: int, moment: datetime) -> None:
    """Delivery and expiry (to the hour) come back, in characters and a length that Telegram takes."""
    text = links.make_payload(KEYS, delivery, moment)
    read = links.parse_payload(KEYS, text)
    assert read is not None
    assert read.delivery == delivery
    assert timedelta() <= moment - read.expires_at < timedelta(hours=1)
    assert len(text) == links.PAYLOAD_CHARACTERS <= 64
    assert re.fullmatch(r"[A-Za-z0-9_-]+", text)
    assert links.peek_delivery(text) == delivery


@given(IDS, st.integers(0, links.PAYLOAD_CHARACTERS - 1), st.sampled_from("ABCabc019_-d=!é"))
def test_one_changed_character_makes_it_nobodys(delivery: int, place: int, character: str) -> None:
    """Wherever a character is replaced by another, the link is not ours any more."""
    text = links.make_payload(KEYS, delivery, MOMENT)
    forged = text[:place] + character + text[place + 1 :]
    assert (links.parse_payload(KEYS, forged) is None) is (forged != text)


@given(st.one_of(st.text(max_size=70), st.text(min_size=32, max_size=32).map(lambda text: "d" + text)))
def test_anything_at_all_can_be_asked(text: str) -> None:
    """Nonsense of any length, also of a link's own, is refused without raising: reading ahead must not poison a batch."""
    assert links.parse_payload(KEYS, text) is None
    links.peek_delivery(text)


def test_a_number_no_database_holds_is_not_read_ahead() -> None:
    """An id above 63 bits names no delivery."""
    assert links.peek_delivery("d" + base64.urlsafe_b64encode(b"\xff" * 24).decode()) is None
    assert links.peek_delivery("d" + "!" * 32) is None


def test_another_secret_signs_other_links() -> None:
    """A link of another company is not ours; while secrets rotate, both are."""
    text = links.make_payload(OTHER, 7, MOMENT)
    assert links.parse_payload(KEYS, text) is None
    assert (
        links.parse_payload(Keyring(["one", "two"]), text) == links.parse_payload(OTHER, text) == links.Link(7, MOMENT)
    )


def test_the_url_opens_the_bot() -> None:
    """It is what stands behind the QR code."""
    assert links.make_url(KEYS, "huifang_bot", 7, MOMENT).startswith("https://t.me/huifang_bot?start=d")
