"""A database that an earlier release left in the middle of everything goes on where it was. See tests/releases/README.md."""

import asyncio
import lzma
import re
import shutil
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any, get_args

import asyncpg
import msgspec
import pytest
from aiohttp import web
from sqlalchemy import select

from bot.drawing.export_source import ExportSource, MadeExport
from bot.drawing.helper_process import DrawingProcess, _draw_picture, _list_picture_functions, _write_export
from bot.process.telegram import BotApi
from bot.sending.api_calls import ApiCaller
from conversations.buttons import (
    Button,
    CaseViewButton,
    ForgetMeButton,
    HelpButton,
    PrivacyButton,
    SendAgainButton,
    unpack,
)
from conversations.cases import fields, forms, letter
from conversations.protocol import Conversation
from conversations.surveys import rating
from domain.cases.case import CaseKind, CaseState
from domain.figures.control import Trend
from domain.figures.export import ExportRequest
from domain.figures.summary import Summary
from handlers.campaigns import cards as campaign_cards
from handlers.cases.life import cards, pinned
from handlers.cases.messages import copies
from handlers.fairness import appeal_cards
from handlers.turns import engine
from handlers.turns.outbound import draw_keyboard, draw_screen
from reports import wire
from reports.paper.report import Report
from reports.pictures.certificate import Certificate
from reports.wording.case_file import CaseFile
from storage import models
from storage.engine import schema
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.queue import inbox, outbox
from storage.queue.inbox import RawEvent
from storage.queue.outbox import OwedCall, SentCall
from tests.harness import databases
from tests.harness.bot_process import SECRET, TOKEN
from tests.harness.databases import RELEASED_SECRET
from tests.harness.in_process import BOT_USER, TEXTS, Desk, FixedClock, TelegramUser, list_texts, make_chat, read_body
from tests.harness.quick_database import open_quickly
from tests.releases.continuing import FOLDER, Written, go_on
from tests.releases.story import MEI
from tests.releases.teller import Teller, company, datas, telling

SECRETS = (SECRET, RELEASED_SECRET)
RELEASES = sorted(path.name.removesuffix(".json.xz") for path in FOLDER.glob("*.json.xz"))

KINDS = {
    *("album", "callback", "callbacks", "campaign", "champion", "checks", "clock", "draft", "expire", "forget"),
    *("invite", "low", "morning", "progress", "push", "rearm", "remind", "said", "settle", "silent", "trend"),
    "waiting",
}
"""Every kind of timer that a database of the first release can hold: stored words, which nothing may rename."""

METHODS = {
    *("answerCallbackQuery", "ask", "document", "picture", "pin", "sendMediaGroup", "sendMessage", "sendPhoto"),
    *("setMyCommands", "show"),
}
"""Every kind of call, by the word in its row."""

TELEGRAMS = {
    *("answerCallbackQuery", "createForumTopic", "editMessageMedia", "editMessageText", "getChatMember"),
    *("pinChatMessage", "sendDocument", "sendMediaGroup", "sendMessage", "sendPhoto", "setMyCommands"),
}
"""The methods of the Bot API that become of them."""

FACTS: Mapping[str, Any] = {
    "summary": Summary,
    "units": Summary,
    "pareto": Summary,
    "heat": Summary,
    "trend": Trend,
    "certificate": Certificate,
    "case": CaseFile,
    "report": Report,
    "export": ExportRequest,
}
"""What is drawn from what, by the kind that is written in the row."""


def written(release: str) -> Written:
    return msgspec.json.decode(lzma.decompress((FOLDER / f"{release}.json.xz").read_bytes()), type=Written)


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory, postgres: str) -> "Migrated":
    return Migrated(tmp_path_factory.mktemp("releases"), postgres)


class Migrated:
    """What the releases left behind, brought to the newest revision as a start does: once for each engine, then copied."""

    def __init__(self, folder: Path, postgres: str) -> None:
        self._folder, self._postgres = folder, postgres
        self._names: dict[str, str] = {}

    @asynccontextmanager
    async def copy(self, release: str, engine: str, folder: Path) -> AsyncIterator[str]:
        """The SQLAlchemy URL of a copy of one's own."""
        if engine == "sqlite":
            path = self._folder / f"{release}.db"
            if not path.exists():
                packed = (FOLDER / f"{release}.sqlite.xz").read_bytes()
                await asyncio.to_thread(path.write_bytes, lzma.decompress(packed))
                await _migrate(f"sqlite+aiosqlite:///{path}")
            yield f"sqlite+aiosqlite:///{shutil.copyfile(path, folder / 'huifang.db')}"
            return
        if release not in self._names:
            name = await databases.create(self._postgres, "template1")
            url = databases.make_url(self._postgres, name)
            connection = await asyncpg.connect(url.replace("postgresql+asyncpg://", "postgresql://"))
            await connection.execute(lzma.decompress((FOLDER / f"{release}.sql.xz").read_bytes()).decode())
            await connection.close()
            await _migrate(url)
            self._names[release] = name
        async with databases.create_database(self._postgres, self._names[release]) as url:
            yield url


async def _migrate(url: str) -> None:
    database = Database(url, Keyring(SECRETS))
    await schema.migrate(database)
    await database.close()


@pytest.fixture(params=RELEASES)
def release(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def stored(release: str, engine_name: str, migrated: Migrated, tmp_path: Path) -> AsyncIterator[Database]:
    """A copy of what a release left behind, after the migration."""
    async with migrated.copy(release, engine_name, tmp_path) as url:
        database = open_quickly(url, SECRETS)
        yield database
        await database.close()


@pytest.fixture
def left(release: str) -> Written:
    """What was written down beside it."""
    return written(release)


@pytest.fixture
async def teller(stored: Database, left: Written) -> AsyncIterator[Teller]:
    """This release at work on it, at the moment at which the other one ended."""
    async with telling(stored, later=True, clock=FixedClock(left.now)) as made:
        async with stored.begin() as tx:  # everybody is where they were, Telegram has said
            await tx.execute(models.grants.update().values(confirmed_at=left.now))
        yield made


async def take(teller: Teller) -> list[OwedCall]:
    """Everything that is owed and was not looked at yet."""
    async with teller.database.begin() as tx:
        return await outbox.take(tx, 1)


def keeps(before: Any, after: Any) -> bool:  # noqa: ANN401 -- decoded JSON
    """Whether everything that was written is read; what is new may be beside it."""
    if isinstance(before, dict):
        return isinstance(after, dict) and all(key in after and keeps(before[key], after[key]) for key in before)
    if isinstance(before, list):
        return (
            isinstance(after, list)
            and len(before) == len(after)
            and all(keeps(*pair) for pair in zip(before, after, strict=True))
        )
    return bool(before == after)


def forget_numbers(said: Any) -> Any:  # noqa: ANN401 -- decoded JSON
    """The same, but for numbers that were given while the story went on: they say only how many were given before."""
    text = re.sub(rb"5[0-9]{17}", b"500000000000000000", msgspec.json.encode(said))
    plain = msgspec.json.decode(text)
    return plain if isinstance(plain, dict) else [tuple(pair) for pair in plain]


async def names(teller: Teller) -> set[tuple[int, str]]:
    """The named messages, by chat."""
    return {(row.chat_id, row.name) for row in await teller.rows(select(models.messages))}


LATER_DIALOGUES = {"triage"}
"""Dialogues that came after every release that is kept here."""

LATER_BUTTONS = {ForgetMeButton, HelpButton, PrivacyButton, SendAgainButton}
"""The same of buttons."""


@pytest.mark.both_engines
async def test_every_dialogue_stands_where_it_was(teller: Teller) -> None:
    """Each is known by its name and loses nothing when it is read; each of its states is there; each is shown in each language."""
    texts, languages = teller.services.texts, teller.services.company.identity.languages
    seen: dict[str, set[type]] = {}
    for row in await teller.rows(select(models.sessions)):
        conversation: Conversation[Any] = teller.services.dialogues[row.dialogue]
        state = msgspec.json.decode(row.state, type=conversation.states)
        assert keeps(msgspec.json.decode(row.state), msgspec.json.decode(msgspec.json.encode(state))), row.state
        seen.setdefault(row.dialogue, set()).add(type(state))
        for language in languages:
            screen = conversation.screen(state, language)
            assert draw_screen(texts, language, screen)
            draw_keyboard(texts, language, screen.rows)
            assert screen.asks == row.awaits
    known = {name: one for name, one in teller.services.dialogues.items() if name not in LATER_DIALOGUES}
    every = {name: set(get_args(dialogue.states)) or {dialogue.states} for name, dialogue in known.items()}
    assert seen == every


async def test_every_field_of_every_form_is_being_asked(teller: Teller) -> None:
    """The story leaves out no question that staff answer."""
    asked: dict[str, set[int]] = {}
    confirmed = set()
    for row in await teller.rows(select(models.sessions).where(models.sessions.c.dialogue == forms.NAME)):
        state = msgspec.json.decode(row.state, type=fields.AskingField | fields.ConfirmingForm)
        if isinstance(state, fields.AskingField):
            asked.setdefault(state.form, set()).add(state.field)
        else:
            confirmed.add(state.form)
    assert asked == {name: set(range(len(form.fields))) for name, form in fields.FORMS.items()}
    assert confirmed == {name for name, form in fields.FORMS.items() if form.confirmed}


@pytest.mark.both_engines
async def test_messages_are_found_by_their_names(teller: Teller) -> None:
    """Whatever is edited later: the screens of dialogues, cards, overviews, campaigns, appeals, answers, letters."""
    placed = await names(teller)
    called = {name for _, name in placed}
    for row in await teller.rows(select(models.sessions.c.lane, models.sessions.c.topic)):
        assert (int(row.lane.partition(":")[0]), engine.screen_name(row.lane, row.topic)) in placed
    for row in await teller.rows(select(models.cards)):
        assert (row.chat_id, cards.card_name(row.case)) in placed
    for campaign in await teller.rows(select(models.campaigns.c.id)):
        assert campaign_cards.card_name(campaign.id) in called
    for appeal in await teller.rows(select(models.appeals.c.id)):
        assert appeal_cards.card_name(appeal.id) in called
    contributions = await teller.rows(select(models.contributions.c.id))
    assert called & {copies.copy_name(contribution.id) for contribution in contributions}
    assert pinned.NAME in called


@pytest.mark.both_engines
async def test_everybody_goes_on(teller: Teller, left: Written) -> None:
    """What people say and press next leads where it would have led, in every dialogue and for every button, and changes the same messages."""
    updates = [update for follows in left.follows for update in follows.after]
    now = await go_on(teller, updates)
    for before, after in zip(left.follows, now, strict=True):
        assert keeps(forget_numbers(before.moved), forget_numbers(after.moved)), before.what
        assert set(forget_numbers(before.changed)) <= set(forget_numbers(after.changed)), before.what
    presses = [update.body["data"] for update in updates if update.kind == "callback_query"]
    pressed = {type(unpack(data)) for data in presses}
    assert pressed == set(get_args(Button)) - LATER_BUTTONS


@pytest.mark.both_engines
async def test_what_could_not_be_handled_is_handled(teller: Teller) -> None:
    """What waits is tried again, and what was parked when somebody replays it."""
    async with teller.database.begin() as tx:
        assert (await inbox.count(tx, "waiting"), await inbox.count(tx, "parked")) == (3, 1)
        await inbox.replay(tx)
        waiting = await inbox.list_waiting(tx)
    await take(teller)
    for event in waiting:
        await teller.worker.submit(event, again=True)
        assert list_texts(await take(teller))
    async with teller.database.read() as tx:
        assert (await inbox.count(tx, "waiting"), await inbox.count(tx, "parked")) == (0, 0)
    assert not teller.worker.counters.failed


async def test_every_timer_does_its_work(teller: Teller) -> None:
    """Each kind is there and known; by and by all are due, and what they were set for has happened."""
    assert {row.kind for row in await teller.rows(select(models.timers.c.kind))} == KINDS
    await take(teller)
    offered = await _offered(teller)
    assert offered
    ((running,),) = await teller.rows(select(models.campaigns.c.id).where(models.campaigns.c.state == "sending"))
    ((to_come,),) = await teller.rows(select(models.campaigns.c.id).where(models.campaigns.c.state == "approved"))
    sent: list[OwedCall] = []
    due = {tuple(row) for row in await teller.rows(select(models.timers))}
    for later in (3_600, 1, 1, 1, 3 * 86_400, 12 * 86_400, 60 * 86_400):
        sent += await Desk.ring(teller, seconds=later)
    assert not due & {tuple(row) for row in await teller.rows(select(models.timers))}
    assert not offered & await _offered(teller)
    cases = {(row.kind, row.state) for row in await teller.rows(select(models.cases.c.kind, models.cases.c.state))}
    assert not {state for _, state in cases} & {CaseState.ANSWERED, CaseState.WAITING}
    assert (await _campaign(teller, running), await _campaign(teller, to_come)) == ("done", "sending")
    assert not [row for row in await teller.rows(select(models.sessions)) if row.dialogue == letter.NAME]
    assert "waiting" not in {row.fate for row in await teller.rows(select(models.deliveries.c.fate))}
    assert "taken" not in {row.state for row in await teller.rows(select(models.callbacks.c.state))}
    assert [call for call in sent if call.method == "sendMediaGroup"]
    assert [call for call in sent if call.method == outbox.PICTURE]


async def _campaign(teller: Teller, id_: int) -> str:
    ((state,),) = await teller.rows(select(models.campaigns.c.state).where(models.campaigns.c.id == id_))
    return str(state)


async def _offered(teller: Teller) -> set[tuple[str, str]]:
    """Dialogues in which a complaint about a low rating is offered."""
    rows = await teller.rows(select(models.sessions).where(models.sessions.c.dialogue == rating.NAME))
    return {(row.lane, row.topic) for row in rows if msgspec.json.decode(row.state)["offer"] == "open"}


async def test_every_case_can_be_looked_at(teller: Teller) -> None:
    """By its number; and of each kind and state one in all its parts."""
    await take(teller)
    rows = await teller.rows(select(models.cases).order_by(models.cases.c.id))
    kinds = {(row.kind, row.state): row.id for row in rows}
    assert {kind for kind, _ in kinds} == set(CaseKind)
    assert {state for _, state in kinds} == set(CaseState)
    asked = [("message", said_by(MEI, f"/case {row.number}")) for row in rows]
    shown = await at_once(teller, asked)
    texts = "\n".join(list_texts(shown))
    assert not [row.number for row in rows if row.number not in texts]
    looks = {
        button: data for call in shown for data in datas(call) if isinstance(button := unpack(data), CaseViewButton)
    }
    parts = {look: data for look, data in looks.items() if look.case in kinds.values()}
    assert len(parts) >= len(kinds)
    opened = await at_once(teller, [("callback_query", pressed_by(MEI, data)) for data in parts.values()])
    assert len(opened) >= len(parts)


def said_by(who: TelegramUser, words: str) -> dict[str, Any]:
    return {"message_id": 1, "date": 1, "chat": make_chat(who.id), "from": who.user, "text": words}


def pressed_by(who: TelegramUser, data: str) -> dict[str, Any]:
    message = {"message_id": 2, "date": 1, "chat": make_chat(who.id), "from": BOT_USER}
    return {"id": "1", "from": who.user, "chat_instance": "1", "message": message, "data": data}


async def at_once(teller: Teller, updates: Sequence[tuple[str, dict[str, Any]]]) -> list[OwedCall]:
    """All these arrive in the same moment; what is owed then."""
    numbers = range(len(updates))
    first = 1_000 * (1 + teller.worker.counters.handled) + 950_000_000
    raw = [msgspec.json.encode({"update_id": first + n, updates[n][0]: updates[n][1]}) for n in numbers]
    await asyncio.gather(*(teller.worker.enter(RawEvent("telegram", str(first + n), raw[n])) for n in numbers))
    assert not teller.worker.counters.failed
    return await take(teller)


@cache
def _drawn(work: Callable[..., bytes], *facts: object) -> bytes:
    """The same facts look the same on both engines; and the texts are read once only."""
    if work is _draw_picture:
        kind, packed, language = facts
        return _list_picture_functions()[str(kind)](
            packed, lambda key, /, **values: TEXTS.plain(str(language), key, values), language
        )
    return work(*facts)


class Here(DrawingProcess):
    """Draws in this process."""

    async def _run(self, work: Callable[..., bytes], *facts: object) -> bytes:
        return await asyncio.to_thread(_drawn, work, *facts)

    async def _export(self, facts: bytes, language: str) -> MadeExport:
        assert self._source is not None
        return await asyncio.to_thread(_write_export, self._source, facts, language)


Received = tuple[str, dict[str, Any]]


@asynccontextmanager
async def accepting() -> AsyncIterator[tuple[str, list[Received]]]:
    """A Telegram that accepts whatever comes: its address, and what it was asked for."""
    received: list[Received] = []

    async def accept(request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if request.content_type == "application/json":
            params: dict[str, Any] = await request.json()
        else:
            params = {}
            for name, value in (await request.post()).items():
                params[name] = value.file.read() if isinstance(value, web.FileField) else value
        if method not in TELEGRAMS:
            return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)
        received.append((method, params))
        message = {"message_id": len(received), "message_thread_id": 5, "status": "member"}
        return web.json_response({"ok": True, "result": [message] if method == "sendMediaGroup" else message})

    application = web.Application(client_max_size=1 << 26)
    application.router.add_post("/bot{token}/{method}", accept)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0]
    try:
        yield f"http://{host}:{port}", received
    finally:
        await runner.cleanup()


async def test_everything_owed_is_sent(teller: Teller) -> None:
    """Each kind of call is there, understood to the last field, drawn, and accepted; what is held goes out when the chat is open again."""
    states = {row.state for row in await teller.rows(select(models.outbox.c.state))}
    assert states == {"owed", "held", "failed"}
    async with teller.database.begin() as tx:
        for row in await tx.execute(select(models.outbox.c.chat_id).where(models.outbox.c.state == "held")):
            await outbox.release(tx, row.chat_id)
    owed = await take(teller)
    assert {call.method for call in owed} == METHODS
    kinds = {kind for call in owed if (kind := read_body(call).get("picture") or read_body(call).get("file"))}
    assert kinds == FACTS.keys()
    drawing = Here(ExportSource(teller.database.address, SECRETS, company()))
    async with accepting() as (url, received), BotApi(url, TOKEN) as api:
        telegram = ApiCaller(api, teller.database, teller.worker, drawing)
        for call in owed:
            says = read_body(call)
            for data in datas(call):
                assert unpack(data) is not None, data
            kind = says.get("picture") or says.get("file")
            if kind:
                packed = msgspec.json.encode(says["facts"])
                again = wire.pack(wire.unpack(packed, FACTS[kind]))
                assert keeps(says["facts"], msgspec.json.decode(again)), kind
            assert isinstance(await telegram.make_call(call), SentCall), call
            method, params = next(asked for asked in reversed(received) if asked[0] != "createForumTopic")
            _is_whole(call, method, params)
    assert not teller.worker.counters.failed


def _is_whole(call: OwedCall, method: str, params: Mapping[str, Any]) -> None:
    """Whether everything that the row says reaches Telegram."""
    says = read_body(call)
    if call.method == "picture":
        image = params.get("photo") or params["picture"]
        assert image.startswith(b"\x89PNG")
        if "reply_markup" in says:
            assert msgspec.json.decode(params["reply_markup"]) == says["reply_markup"]
    elif call.method == "document":
        assert params["document"].startswith((b"%PDF", b"PK"))
        assert params["caption"] == says["caption"]
    elif call.method == "ask":
        assert (method, params["user_id"]) == (says["method"], says["params"]["user_id"])
    else:
        assert keeps(says, params)
