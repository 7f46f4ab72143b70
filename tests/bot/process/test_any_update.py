"""Any update whatever: real ones with parts changed, forged presses, commands with any words behind them, and broken bytes.

Each is answered, or refused as none; nothing fails in the worker and nothing is parked. `make test` tries the same examples every time,
`make prove` fresh ones, and many more.
"""

import asyncio
import copy
import json
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from conversations.protocol import Said
from domain.people import Role
from handlers.commands import COMMANDS
from handlers.turns import inbound
from storage.engine.database import Database
from storage.models import inbox
from storage.queue.inbox import RawEvent
from tests.conftest import PROVE
from tests.conversations.test_buttons import GOLDEN
from tests.harness.in_process import (
    BOSS,
    BOT_USER,
    GROUP,
    LI,
    WANG,
    ZHAO,
    Desk,
    TelegramUser,
    at_desk,
    make_chat,
)

Json = Any

PEOPLE = (WANG, LI, ZHAO, BOSS)
EVE = TelegramUser(34, "Eve", language="xx")
EVERYBODY = (*PEOPLE, EVE)
CHATS = (None, GROUP, -1009)
"""In private, in a department's group, in a group that nobody knows."""


def tries(few: int, many: int) -> settings:
    """At one desk, whose story goes on from example to example."""
    return settings(
        max_examples=many if PROVE else few,
        derandomize=not PROVE,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    )


# --- the desk --------------------------------------------------------------------------------------------------------


@pytest.fixture
async def busy(database: Database) -> AsyncIterator[Desk]:
    """A desk with groups, roles, and a case in work."""
    async with at_desk(database) as desk:
        await desk.bind("transport")
        for who, role, department in (
            (LI, Role.STAFF, "transport"),
            (ZHAO, Role.HEAD, "transport"),
            (BOSS, Role.MANAGER, None),
        ):
            await desk.grant(who, role, department)
        await desk.file_complaint(courier={"id": "k17"})
        yield desk


async def hand_in(desk: Desk, raw: bytes) -> None:
    """By the worker's door, a minute after whatever came before; it must be handled at its first try."""
    desk.clock.advance(minutes=1)
    key = str(inbound.parse_update_id(raw))
    await asyncio.wait_for(desk.worker.submit(RawEvent("telegram", key, raw)), 30)
    await desk.fetch_owed()
    counters = desk.worker.counters
    failed, counters.failed, counters.parked = counters.failed, 0, 0
    assert not failed, raw


async def assert_nothing_waits(desk: Desk) -> None:
    """Nothing was put aside."""
    rows = await desk.rows(select(inbox.c.state, func.count()).where(inbox.c.state != "done").group_by(inbox.c.state))
    assert rows == []


class Numbers:
    """Ids of updates that nobody has used."""

    def __init__(self) -> None:
        self._last = 1_000_000

    def next(self) -> int:
        self._last += 1
        return self._last


NUMBERS = Numbers()

# --- updates ---------------------------------------------------------------------------------------------------------

PHOTO = [{"file_id": "p1", "file_unique_id": "u1", "width": 9, "height": 9}]


def list_real_updates() -> list[Json]:
    """One of every kind that Telegram sends."""

    def message(who: TelegramUser = WANG, chat: int = WANG.id, **more: Json) -> Json:
        return {"message": {"message_id": 7, "date": 1, "chat": make_chat(chat), "from": who.user, **more}}

    def press(who: TelegramUser, data: str, chat: int) -> Json:
        shown = {"message_id": 500, "date": 1, "chat": make_chat(chat), "from": BOT_USER}
        return {"callback_query": {"id": "1", "from": who.user, "chat_instance": "1", "message": shown, "data": data}}

    def change(kind: str, who: TelegramUser, status: str, user: Json) -> Json:
        member = {"user": user, "status": status}
        body = {"chat": make_chat(GROUP), "from": who.user, "date": 1, "old_chat_member": member}
        return {kind: body | {"new_chat_member": member}}

    reply = {"message_id": 500, "date": 1, "chat": make_chat(GROUP), "from": BOT_USER, "text": "Case 1"}
    mention = {"type": "text_mention", "offset": 7, "length": 2, "user": LI.user}
    return [
        message(text="hello"),
        message(text="/start abc"),
        message(BOSS, GROUP, text="/grant head", entities=[mention]),
        message(LI, GROUP, text="On its way", reply_to_message=reply),
        message(LI, GROUP, text="x", reply_to_message=reply | {"forum_topic_created": {"name": "x"}}),
        message(photo=PHOTO, caption="look", media_group_id="9"),
        message(document={"file_id": "d1", "file_unique_id": "u2"}),
        message(voice={"file_id": "v1", "file_unique_id": "u3", "duration": 3}),
        message(contact={"phone_number": "+8613800138000", "user_id": WANG.id, "first_name": "Wang"}),
        message(contact={"phone_number": "110", "first_name": "x"}, forward_origin={"type": "user"}),
        message(LI, GROUP, left_chat_member=ZHAO.user),
        message(LI, GROUP, new_chat_members=[ZHAO.user]),
        message(LI, GROUP, migrate_to_chat_id=-1007),
        {"edited_message": message(text="hello!")["message"]},
        press(WANG, '["r",1,0,5]', WANG.id),
        press(LI, '["C",1,"ac",1]', GROUP),
        change("my_chat_member", BOSS, "member", BOT_USER),
        change("my_chat_member", BOSS, "kicked", BOT_USER),
        change("chat_member", BOSS, "left", LI.user),
        {"poll": {"id": "1"}},
    ]


REAL = list_real_updates()
HOSTILE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.sampled_from([2**63, -(2**63) - 1, 2**64, 10**30, 0, -1, 1.5, 1e308]),
    st.text(max_size=40),
    st.sampled_from(["", "\0", "a\0b", "\ufffe", "\u202e" * 9, "🙂" * 2100, "x" * 5000, "/" * 99, "/case 1", "<b>&"]),
    st.sampled_from([[], {}, [[]], [None], {"id": None}, [{}], {"id": 2**62, "type": "private"}, {"id": "1"}]),
)


def list_places(part: Json, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value inside."""
    inside = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    return [place for key, value in inside for place in [(*path, key), *list_places(value, (*path, key))]]


@st.composite
def changed_updates(draw: st.DrawFn) -> Json:
    """A real update with one to four of its values lost, replaced, or put in another's place."""
    update = copy.deepcopy(draw(st.sampled_from(REAL)))
    for _ in range(draw(st.integers(1, 4))):
        places = list_places(update)
        if not places:
            break
        *way, last = draw(st.sampled_from(places))
        holder = update
        for key in way:
            holder = holder[key]
        match draw(st.sampled_from(["lose", "replace", "replace", "swap", "add"])):
            case "lose":
                del holder[last]
            case "swap":
                other = copy.deepcopy(draw(st.sampled_from(REAL)))
                *far, end = draw(st.sampled_from(list_places(other)))
                for key in far:
                    other = other[key]
                holder[last] = other[end]
            case "add" if isinstance(holder, dict):
                holder[draw(st.sampled_from(FIELDS))] = copy.deepcopy(draw(HOSTILE))
            case _:
                holder[last] = copy.deepcopy(draw(HOSTILE))
    return update


FIELDS = sorted({key for update in REAL for place in list_places(update) for key in place if isinstance(key, str)})


@tries(60, 10_000)
@given(changed_updates())
async def test_any_changed_update(busy: Desk, update: Json) -> None:
    """It is either what the Bot API promises, and then it is handled at its first try; or it is refused before anything is read."""
    raw = json.dumps({**update, "update_id": NUMBERS.next()}).encode("utf-8", "surrogatepass")
    try:
        inbound.parse_update(raw)
    except msgspec.MsgspecError:
        assert inbound.find_update_id(raw) is not None
        return
    await hand_in(busy, raw)
    await assert_nothing_waits(busy)


@tries(100, 20_000)
@given(st.sampled_from(REAL), st.lists(st.tuples(st.integers(0, 2000), st.binary(max_size=4)), min_size=1, max_size=6))
@example({}, [(0, b"[" * 4)])
def test_any_broken_bytes(update: Json, cuts: list[tuple[int, bytes]]) -> None:
    """Bytes lost and put in anywhere: read, or refused with the one exception that everybody expects."""
    raw = bytearray(msgspec.json.encode({"update_id": 1, **update}))
    for at, put in cuts:
        raw[at % len(raw) : at % len(raw) + 1] = put
        raw = raw or bytearray(b"0")
    try:
        inbound.parse_update_id(bytes(raw))
        inbound.parse_update(bytes(raw))
    except (msgspec.MsgspecError, UnicodeError):
        inbound.find_update_id(bytes(raw))


# --- presses ---------------------------------------------------------------------------------------------------------


@st.composite
def forged_data(draw: st.DrawFn) -> str:
    """A button that was once real, with any of its values changed to another that fits."""
    values = json.loads(draw(st.sampled_from(GOLDEN)))
    for at in range(1, len(values)):
        if draw(st.booleans()):
            values[at] = draw(
                st.sampled_from([0, 1, 2, 9, 2**31 - 1, 2**63 - 1])
                if isinstance(values[at], int) and not isinstance(values[at], bool)
                else st.booleans()
                if isinstance(values[at], bool)
                else st.sampled_from(
                    ["", "a", "k", "x" * 20, "month", "2026-10", "9999-12", "Asia/Shanghai", "é", "\0"]
                )
                | st.text(max_size=12)
            )
    return json.dumps(values, separators=(",", ":"), ensure_ascii=False)


@tries(60, 10_000)
@given(st.one_of(forged_data(), st.text(max_size=64)), st.sampled_from(EVERYBODY), st.sampled_from(CHATS))
async def test_any_press(busy: Desk, data: str, who: TelegramUser, chat: int | None) -> None:
    """Whatever a button says, no matter who presses it, wherever."""
    shown = {"message_id": 500, "date": 1, "chat": make_chat(chat or who.id), "from": BOT_USER}
    body = {"id": "1", "from": who.user, "chat_instance": "1", "message": shown, "data": data}
    try:
        raw = msgspec.json.encode({"update_id": NUMBERS.next(), "callback_query": body})
    except UnicodeEncodeError:
        return
    await hand_in(busy, raw)
    await assert_nothing_waits(busy)


# --- commands --------------------------------------------------------------------------------------------------------

WORDS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            *("1", "0", "-1", "T-261123-1", str(2**63), str(10**40), "²", "٣", "٢٠٢٦-١٠", "1" * 500),
            *(
                "week",
                "month",
                "2026-10",
                "0000-00",
                "9999-12",
                "2026-02-30",
                "0001-01-01..9999-12-31",
                "w99",
                "..",
                "q",
            ),
            *(
                "by",
                "courier",
                "by courier",
                "按快递员",
                "transport",
                "sales",
                "head",
                "courier k17",
                "@li_he",
                "@",
                "all",
            ),
            *(
                "+8613800138000",
                "110",
                "csv",
                "xlsx",
                "SF1",
                "\0",
                "a\nb",
                "🙂" * 500,
                "=1+1",
                "%",
                "_",
                "'",
                "zh",
                "xx",
            ),
            *("every month", "on", "off", "none", "quality", "manager", "staff"),
        ]
    ),
)


@tries(60, 10_000)
@given(
    name=st.sampled_from(sorted(COMMANDS)),
    words=st.lists(WORDS, max_size=4).map(" ".join),
    who=st.sampled_from(EVERYBODY),
    chat=st.sampled_from(CHATS),
    reply=st.booleans(),
)
async def test_any_command(
    busy: Desk, *, name: str, words: str, who: TelegramUser, chat: int | None, reply: bool
) -> None:
    """Whatever stands behind a command, no matter who sends it, wherever, in reply to somebody or not."""
    body: Json = {"message_id": 7, "date": 1, "chat": make_chat(chat or who.id), "from": who.user}
    body["text"] = f"/{name} {words}"
    if reply:
        body["reply_to_message"] = {"message_id": 5, "date": 1, "chat": body["chat"], "from": ZHAO.user, "text": "x"}
    await hand_in(busy, msgspec.json.encode({"update_id": NUMBERS.next(), "message": body}))
    await assert_nothing_waits(busy)


@pytest.mark.parametrize("field", ["message_id", "chat", "from"])
def test_a_number_that_no_column_holds(field: str) -> None:
    """It is refused where updates are read: at the database it would fail five times before it is parked."""
    body: Json = copy.deepcopy(REAL[0]["message"])
    body[field] = 2**63 if field == "message_id" else body[field] | {"id": 2**63}
    with pytest.raises(msgspec.ValidationError):
        inbound.parse_update(msgspec.json.encode({"update_id": 1, "message": body}))


@pytest.mark.both_engines
@pytest.mark.parametrize("text", ["/why \0", "/search a\0b", "/bind \0", "\0", "no \\u0000 at all"])
async def test_a_nul_in_an_update(busy: Desk, text: str) -> None:
    """No column of PostgreSQL holds one: it is read as an unreadable character, in names as in words."""
    body: Json = {"message_id": 7, "date": 1, "chat": make_chat(BOSS.id), "from": BOSS.user | {"last_name": "a\0b"}}
    await hand_in(busy, msgspec.json.encode({"update_id": NUMBERS.next(), "message": body | {"text": text}}))
    await assert_nothing_waits(busy)


def test_only_a_nul_is_replaced() -> None:
    """Words that look like its escape stay as they are."""
    for text, read in (("a\0b", "a\ufffdb"), ("a\\u0000b", "a\\u0000b"), ("a\\\0b", "a\\\ufffdb")):
        arrival = inbound.parse_update(
            msgspec.json.encode({"update_id": 1, "message": REAL[0]["message"] | {"text": text}})
        )
        assert arrival is not None
        assert arrival.what == Said(read)
