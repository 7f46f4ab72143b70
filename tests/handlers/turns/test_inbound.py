"""Updates in our own words; python-telegram-bot's own parser is the oracle."""

from typing import Any

import msgspec
import pytest
import telegram
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from conversations.buttons import RateButton, pack
from conversations.protocol import Attached, File, Pressed, Said, Shared
from handlers.turns import inbound
from handlers.turns.inbound import (
    Arrival,
    Commanded,
    Edited,
    MemberJoined,
    MemberLeft,
    MembershipChanged,
    Migrated,
    UnknownPress,
    UnusableMessage,
)

Json = dict[str, Any]

WANG: Json = {"id": 11, "is_bot": False, "first_name": "Wang", "last_name": "Wu", "language_code": "zh-hans"}
LI: Json = {"id": 12, "is_bot": False, "first_name": "Li", "username": "li"}
BOT: Json = {"id": 99, "is_bot": True, "first_name": "Huifang", "username": "huifang_bot"}
PRIVATE: Json = {"id": 11, "type": "private", "first_name": "Wang"}
GROUP: Json = {"id": -1001, "type": "supergroup", "title": "Transport"}


def update(kind: str, body: Json) -> bytes:
    return msgspec.json.encode({"update_id": 1, kind: body})


def message(chat: Json = PRIVATE, sender: Json = WANG, **more: Any) -> Json:  # noqa: ANN401 -- JSON
    return {"message_id": 5, "date": 1, "chat": chat, "from": sender, **more}


def read(**more: Any) -> Arrival | None:  # noqa: ANN401 -- JSON
    return inbound.parse_update(update("message", message(**more)))


def what(**more: Any) -> object:  # noqa: ANN401 -- JSON
    arrival = read(**more)
    return arrival.what if arrival is not None else None


# --- generated updates -----------------------------------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
USERS = st.fixed_dictionaries(
    {"id": st.integers(1, 2**52), "is_bot": st.just(False), "first_name": TEXT},
    optional={"last_name": TEXT, "username": st.from_regex(r"[a-z]\w{4,9}", fullmatch=True), "language_code": TEXT},
)
CHATS = st.one_of(
    st.builds(lambda id_: {"id": id_, "type": "private"}, st.integers(1, 2**52)),
    st.builds(
        lambda id_, kind: {"id": id_, "type": kind, "title": "x"},
        st.integers(-(2**52), -1),
        st.sampled_from(["group", "supergroup"]),
    ),
)
FILE = {"file_id": "f", "file_unique_id": "u"}
PHOTOS = st.lists(TEXT.map(lambda id_: {**FILE, "file_id": id_, "width": 1, "height": 1}), min_size=1, max_size=4)


def media(kind: str, **more: int) -> st.SearchStrategy[Json]:
    return TEXT.map(lambda id_: {kind: {**FILE, "file_id": id_, **more}})


ATTACHED = st.one_of(
    PHOTOS.map(lambda sizes: {"photo": sizes}),
    media("document"),
    media("video", width=1, height=1, duration=1),
    media("voice", duration=1),
    media("audio", duration=1),
    media("video_note", length=1, duration=1),
)
REPLIES = st.builds(
    lambda author: {"reply_to_message": {"message_id": 4, "date": 1, "chat": GROUP, "from": author}},
    st.one_of(USERS, st.just(BOT)),
)
NOT_A_COMMAND = TEXT.filter(lambda text: not text.startswith("/"))


@st.composite
def messages(draw: st.DrawFn) -> Json:
    """A message that people can send: words, or something attached, perhaps as a reply, perhaps of an album."""
    made: Json = message(draw(CHATS), draw(USERS))
    if draw(st.booleans()):
        made |= {"text": draw(NOT_A_COMMAND)}
    else:
        made |= draw(ATTACHED)
        if draw(st.booleans()):
            made |= {"caption": draw(TEXT)}
        if draw(st.booleans()):
            made |= {"media_group_id": draw(TEXT)}
    return made | (draw(REPLIES) if draw(st.booleans()) else {})


def by_the_library(read: telegram.Message) -> tuple[object, ...]:
    """The same facts, as python-telegram-bot reads them."""
    sender, reply = read.from_user, read.reply_to_message
    assert sender is not None
    author = reply.from_user if reply else None
    attached = read.effective_attachment
    happened: object
    if attached is None:
        happened = Said(read.text or "")
    else:
        kind = next(k for k in ("photo", "video", "document", "voice", "audio", "video_note") if getattr(read, k))
        file = attached[-1] if isinstance(attached, tuple) else attached
        file_id: str = file.file_id  # type: ignore[union-attr]  # only files are generated
        unique: str = file.file_unique_id  # type: ignore[union-attr]  # the same
        happened = Attached(File(kind, file_id, read.media_group_id or "", unique), read.caption or "")
    return (
        read.chat.id,
        read.chat.type == "private",
        sender.id,
        sender.full_name.strip(),
        sender.username or "",
        sender.language_code or "",
        happened,
        read.message_id,
        reply.message_id if reply else None,
        bool(author and author.is_bot),
        author.id if author and not author.is_bot else None,
    )


def by_us(read: Arrival) -> tuple[object, ...]:
    who = read.sender
    return (
        read.chat_id,
        read.private,
        who.telegram_id,
        who.name,
        who.username,
        who.language_code,
        read.what,
        read.message_id,
        read.replies_to,
        read.replies_to_bot,
        read.replied_person.telegram_id if read.replied_person else None,
    )


@given(messages())
def test_a_message_is_read_as_the_library_reads_it(made: Json) -> None:
    """Chat, sender, words, file (the largest size of a photo), album, caption and reply are the same in both."""
    raw = update("message", made)
    ours, theirs = inbound.parse_update(raw), Update.de_json(msgspec.json.decode(raw), None)
    assert ours is not None
    assert theirs.message is not None
    assert by_us(ours) == by_the_library(theirs.message)
    assert inbound.parse_update_id(raw) == theirs.update_id


@given(CHATS, USERS, st.integers(0, 5), st.booleans())
def test_a_press_is_read_as_the_library_reads_it(chat: Json, sender: Json, score: int, old: bool) -> None:  # noqa: FBT001
    """Also on a message too old to be shown to the bot."""
    shown = {"chat": chat, "message_id": 7, "date": 0 if old else 1} | ({} if old else {"from": BOT})
    body = {"id": "q", "from": sender, "chat_instance": "c", "message": shown, "data": pack(RateButton(9, 0, score))}
    raw = update("callback_query", body)
    ours, theirs = inbound.parse_update(raw), Update.de_json(msgspec.json.decode(raw), None).callback_query
    assert ours is not None
    assert theirs is not None
    assert theirs.message is not None
    assert ours.what == Pressed(RateButton(9, 0, score))
    assert ours.button == RateButton(9, 0, score)
    assert (ours.callback, ours.chat_id, ours.message_id) == (theirs.id, theirs.message.chat.id, 7)
    assert ours.sender.telegram_id == theirs.from_user.id
    assert ours.lane == f"{chat['id']}:{sender['id']}"


# --- words and commands ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("/start", Commanded("start", "")),
        ("/start abc", Commanded("start", "abc")),
        ("/START  abc  ", Commanded("start", "abc")),
        ("/grant head\ntransport", Commanded("grant", "head\ntransport")),
        ("/grant\nhead transport", Commanded("grant", "head transport")),
        ("/help@Huifang_Bot", Commanded("help", "", "huifang_bot")),
        ("/help@another_bot now", Commanded("help", "now", "another_bot")),
        ("/", Said("/")),
        ("/ rate", Said("/ rate")),
        ("//", Said("//")),
        ("/etc/file", Said("/etc/file")),
        ("/评价", Said("/评价")),
        ("see /rate", Said("see /rate")),
    ],
)
def test_commands(text: str, meant: Commanded | Said) -> None:
    """A command has a name of letters, digits and _, perhaps a bot that is meant, and whatever follows."""
    assert what(text=text) == meant


def test_accounts_without_a_name_are_mentioned_in_the_entities() -> None:
    """A text mention says whose account it is; the other entities are nobody's."""
    mention = {"type": "text_mention", "offset": 12, "length": 2, "user": LI}
    command = what(
        chat=GROUP, text="/grant head Li", entities=[{"type": "bot_command", "offset": 0, "length": 6}, mention]
    )
    assert isinstance(command, Commanded)
    assert [one.telegram_id for one in command.mentioned] == [12]


@pytest.mark.parametrize(
    ("contact", "meant"),
    [
        ({"user_id": 11}, Shared("+8613800138000")),
        ({"user_id": 12}, UnusableMessage("contact-not-yours", "Wang, +8613800138000")),
        ({}, UnusableMessage("contact-not-yours", "Wang, +8613800138000")),
    ],
)
def test_only_the_own_contact_counts(contact: Json, meant: object) -> None:
    """Somebody else's number, and one without an account, prove nothing; they are words like others."""
    assert what(contact={"phone_number": "+8613800138000", "first_name": "Wang", **contact}) == meant


def test_a_forwarded_contact_is_nobodys_own() -> None:
    """Anyone who has somebody in the address book decides which number stands on the card that comes back forwarded."""
    card = {"phone_number": "+8613900139000", "first_name": "Wang", "user_id": 11}
    for origin in (
        {"type": "user", "sender_user": LI, "date": 1},
        {"type": "hidden_user", "sender_user_name": "x", "date": 1},
    ):
        strange = UnusableMessage("contact-not-yours", "Wang, +8613900139000")
        assert what(contact=card, forward_origin=origin) == strange


def test_a_place_is_a_line_of_words() -> None:
    """Where it is, what it is called, and a map of it; somebody who shares where they go is not followed."""
    spot = {"latitude": 31.2304161, "longitude": 121.473701}
    link = "https://www.openstreetmap.org/?mlat=31.230416&mlon=121.473701"
    assert what(location=spot) == Said(f"📍 31.230416, 121.473701 · {link}")
    venue = {"location": spot, "title": "People's Square", "address": "Huangpu"}
    assert what(location=spot, venue=venue) == Said(f"📍 People's Square · Huangpu · 31.230416, 121.473701 · {link}")
    moved = {
        "message_id": 1,
        "chat": {"id": 11, "type": "private"},
        "from": WANG,
        "location": spot | {"live_period": 900},
        "date": 1,
    }
    assert (
        inbound.parse_update(msgspec.json.encode({"update_id": 1, "edited_message": moved | {"edit_date": 2}})) is None
    )


@pytest.mark.parametrize("kind", ["sticker", "poll", "dice", "game", "story"])
def test_what_nobody_can_be_told(kind: str) -> None:
    """It is an event all the same: its sender is answered."""
    assert what(**{kind: {"id": "1"}}) == UnusableMessage("unusable")


# --- what a group lives through --------------------------------------------------------------------------------------


def test_a_group_moves() -> None:
    """The old group says where to; the new group's own notice means nothing more."""
    assert what(chat=GROUP, migrate_to_chat_id=-1002) == Migrated(-1002)
    assert read(chat=GROUP, migrate_from_chat_id=-5) is None
    unsent = {"message_id": 5, "date": 1, "chat": GROUP, "migrate_to_chat_id": -1002}
    assert inbound.parse_update(update("message", unsent)) is not None


def test_members_come_and_go() -> None:
    """Who leaves is named; a bot that leaves is nobody, and who joins has done nothing yet."""
    assert what(chat=GROUP, left_chat_member=LI) == MemberLeft(12)
    assert read(chat=GROUP, left_chat_member=BOT) is None
    assert read(chat=GROUP, new_chat_members=[LI]) is None


@pytest.mark.parametrize(
    ("member", "can_write"),
    [
        ({"status": "member"}, True),
        ({"status": "administrator"}, True),
        ({"status": "creator"}, True),
        ({"status": "restricted", "is_member": True, "can_send_messages": True}, True),
        ({"status": "restricted", "is_member": True, "can_send_messages": False}, False),
        ({"status": "restricted", "is_member": False, "can_send_messages": True}, False),
        ({"status": "left"}, False),
        ({"status": "kicked"}, False),
    ],
)
def test_the_bots_own_membership(member: Json, *, can_write: bool) -> None:
    """Whether the bot can write, by each of the statuses that there are. In a channel it says nothing."""
    change = {"chat": GROUP, "from": LI, "date": 1, "old_chat_member": {"status": "left"}}
    arrival = inbound.parse_update(update("my_chat_member", change | {"new_chat_member": {"user": BOT, **member}}))
    assert arrival is not None
    assert arrival.what == MembershipChanged(can_write, member["status"])
    assert (arrival.chat_id, arrival.sender.telegram_id) == (-1001, 12)
    channel = change | {"chat": {"id": -1007, "type": "channel"}, "new_chat_member": {"user": BOT, **member}}
    assert inbound.parse_update(update("my_chat_member", channel)) is None  # nobody works there, and anybody may read


@pytest.mark.parametrize(
    ("member", "what"),
    [
        ({"status": "left"}, MemberLeft(12)),
        ({"status": "kicked", "until_date": 0}, MemberLeft(12)),
        ({"status": "restricted", "is_member": False}, MemberLeft(12)),
        ({"status": "restricted", "is_member": True}, MemberJoined(12)),
        ({"status": "administrator"}, MemberJoined(12)),
    ],
)
def test_the_membership_of_others(member: Json, what: MemberLeft | MemberJoined) -> None:
    """No matter who did it; where a bot did it, the sender is the member. Bots are nobody's colleagues."""
    change = {"chat": GROUP, "date": 1, "old_chat_member": {"status": "left"}}
    for by, sender in ((WANG, WANG["id"]), (BOT, 12)):
        arrival = inbound.parse_update(
            update("chat_member", change | {"from": by, "new_chat_member": {"user": LI, **member}})
        )
        assert arrival is not None
        assert (arrival.what, arrival.chat_id, arrival.sender.telegram_id) == (what, -1001, sender)
    assert (
        inbound.parse_update(update("chat_member", change | {"from": LI, "new_chat_member": {"user": BOT, **member}}))
        is None
    )


def test_a_plain_message_in_a_topic_answers_nothing() -> None:
    """Telegram makes it a reply to the topic's first message, which is ours; only a reply that a person chose is one."""
    first: Json = {"message_id": 4, "date": 1, "chat": GROUP, "from": BOT}
    plain = read(chat=GROUP, text="x", reply_to_message=first | {"forum_topic_created": {"name": "C", "icon_color": 1}})
    chosen = read(chat=GROUP, text="x", reply_to_message=first | {"text": "C-261123-0042"})
    assert plain is not None
    assert chosen is not None
    assert (plain.replies_to, plain.replies_to_bot) == (None, False)
    assert (chosen.replies_to, chosen.replied_bot, chosen.replied_text) == (4, "huifang_bot", "C-261123-0042")


def test_an_edit_is_heard() -> None:
    """The new words, or the new caption; a channel's edit is nobody's."""
    for body, file in (
        ({"text": "new"}, None),
        ({"caption": "new", "photo": []}, None),
        ({"caption": "new", "document": FILE}, File("document", "f", "", "u")),
    ):
        arrival = inbound.parse_update(update("edited_message", message(**body)))
        assert arrival is not None
        assert arrival.what == Edited("new", file)
    assert (
        inbound.parse_update(update("edited_message", {"message_id": 1, "date": 1, "chat": GROUP, "text": "x"})) is None
    )


# --- what we have no use for, and what nobody may send ---------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        {"pinned_message": {"message_id": 1}},
        {"text": "a bot's own words", "from": BOT},
        {},
    ],
)
def test_what_means_nothing_to_us(body: Json) -> None:
    """It is confirmed, and nothing happens."""
    assert inbound.parse_update(update("message", message() | body)) is None


def test_kinds_of_updates_we_did_not_ask_for() -> None:
    """A poll, a channel's post, an update without anything."""
    assert inbound.parse_update(b'{"update_id":1,"channel_post":{"message_id":1}}') is None
    assert inbound.parse_update(b'{"update_id":1}') is None


@pytest.mark.parametrize(
    "data", ["", "x", "[]", '["r"]', '["r",-1,0,0]', '["r",1,0,0' + " " * 64 + "]", '["?",1]', "null"]
)
def test_a_press_on_what_is_no_button_of_ours(data: str) -> None:
    """It is still a press, and gets its answer; so does one on a message that is out of reach."""
    body = {"id": "q", "from": WANG, "chat_instance": "c", "message": message(sender=BOT), "data": data}
    arrival = inbound.parse_update(update("callback_query", body))
    assert arrival is not None
    assert (arrival.what, arrival.callback, arrival.button) == (UnknownPress(), "q", None)
    inline = {
        "id": "q",
        "from": WANG,
        "chat_instance": "c",
        "inline_message_id": "i",
        "data": pack(RateButton(9, 0, 5)),
    }
    arrival = inbound.parse_update(update("callback_query", inline))
    assert arrival is not None
    assert (arrival.what, arrival.chat_id) == (UnknownPress(), 11)


WHOLE: dict[str, Json] = {
    "message": message(text="hello"),
    "edited_message": message(text="hello"),
    "callback_query": {"id": "q", "from": WANG, "message": message(), "data": "x"},
    "my_chat_member": {"chat": GROUP, "from": LI, "new_chat_member": {"status": "member", "user": BOT}},
    "chat_member": {"chat": GROUP, "from": LI, "new_chat_member": {"status": "member", "user": LI}},
}
REQUIRED = [
    ("message", "message_id"),
    ("message", "chat"),
    ("message", "chat.id"),
    ("message", "chat.type"),
    ("message", "from.id"),
    ("message", "from.first_name"),
    ("edited_message", "chat"),
    ("callback_query", "id"),
    ("callback_query", "from"),
    ("callback_query", "message.chat"),
    ("my_chat_member", "chat"),
    ("my_chat_member", "from"),
    ("my_chat_member", "new_chat_member"),
    ("my_chat_member", "new_chat_member.status"),
    ("chat_member", "chat"),
    ("chat_member", "new_chat_member.status"),
    ("chat_member", "new_chat_member.user.id"),
]


@pytest.mark.parametrize(("kind", "path"), REQUIRED)
@pytest.mark.parametrize("instead", [None, [], {"unlike": 1}, 2**63])
def test_a_broken_update_raises(kind: str, path: str, instead: object) -> None:
    """What the Bot API promises is missing, or is of another type: the update is refused, yet its number is known."""
    body: Json = msgspec.json.decode(msgspec.json.encode(WHOLE[kind]))
    assert inbound.parse_update(update(kind, body)) is not None
    *above, last = path.split(".")
    inner = body
    for key in above:
        inner = inner[key]
    if instead is None:
        del inner[last]
    else:
        inner[last] = instead
    raw = update(kind, body)
    with pytest.raises(msgspec.MsgspecError):
        inbound.parse_update(raw)
    assert inbound.parse_update_id(raw) == 1


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"null", b"{}", b'{"update_id":"1"}', b'{"update_id":1.5}'])
def test_what_is_no_update_at_all(raw: bytes) -> None:
    """Not even its number can be read."""
    with pytest.raises(msgspec.MsgspecError):
        inbound.parse_update_id(raw)
    with pytest.raises(msgspec.MsgspecError):
        inbound.parse_update(raw)


def test_a_nul_is_replaced_wherever_it_stands() -> None:
    """In a text, in a list, in what is inside of one; what is no text stays as it is."""
    raw = b'{"a": "x\\u0000y", "b": ["\\u0000", {"c": "\\u0000"}, 1, null, true], "d": {"e": 1.5}}'
    cleaned = msgspec.json.decode(inbound._replace_nul(raw))
    assert cleaned == {"a": "x\ufffdy", "b": ["\ufffd", {"c": "\ufffd"}, 1, None, True], "d": {"e": 1.5}}
