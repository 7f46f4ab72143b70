"""The Bot API over aiohttp: what was answered, and that nothing was; the token stays out of every message."""

import io

import pytest
from telegram import InputFile
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TimedOut

from bot.process.telegram import BotApi, TelegramUnreachedError
from playground.people.client import TelegramClient
from playground.server import Server
from tests.harness.bot_process import TOKEN


@pytest.fixture
async def wang(telegram: TelegramClient) -> int:
    person = await telegram.user("Wang")
    await telegram.private(person).start()
    return person.id


async def test_a_call_with_finished_json(api: BotApi, wang: int) -> None:
    """The result is left as it came."""
    answer = await api.call("sendMessage", f'{{"chat_id":{wang},"text":"hello"}}')
    assert answer.ok
    assert b'"text":"hello"' in bytes(answer.result)


async def test_a_refusal_has_its_words_and_parameters(api: BotApi, telegram: TelegramClient, wang: int) -> None:
    """Code, description, how long to wait, where the group went."""
    answer = await api.call("sendMessage", '{"chat_id":404,"text":"x"}')
    assert (answer.ok, answer.error_code, answer.description) == (False, 400, "Bad Request: chat not found")
    await telegram.fault("429", retry_after=7)
    answer = await api.call("sendMessage", f'{{"chat_id":{wang},"text":"x"}}')
    assert (answer.error_code, answer.parameters.retry_after) == (429, 7)
    group = await telegram.group("Transport", [wang], kind="group")
    new = await telegram.migrate(group)
    answer = await api.call("sendMessage", f'{{"chat_id":{group},"text":"x"}}')
    assert answer.parameters.migrate_to_chat_id == new


async def test_what_is_not_json_is_an_answer_too(api: BotApi, telegram: TelegramClient, wang: int) -> None:
    """A proxy's page: its status, and what it was."""
    await telegram.fault("502html")
    answer = await api.call("sendMessage", f'{{"chat_id":{wang},"text":"x"}}')
    assert (answer.ok, answer.error_code, answer.description) == (False, 502, "no JSON but text/html")


async def test_no_answer(api: BotApi, telegram: TelegramClient, wang: int) -> None:
    """Reset, silence, nobody there: one error, and the token is not in it."""
    await telegram.fault("reset")
    with pytest.raises(TelegramUnreachedError, match=r"^sendMessage: \w+$") as caught:
        await api.call("sendMessage", f'{{"chat_id":{wang},"text":"x"}}')
    assert caught.value.__suppress_context__
    await telegram.fault("silence")
    with pytest.raises(TelegramUnreachedError, match="TimeoutError"):
        await api.call("sendMessage", f'{{"chat_id":{wang},"text":"x"}}', timeout=0.2)
    async with BotApi("http://127.0.0.1:1", TOKEN) as nobody:
        with pytest.raises(TelegramUnreachedError) as caught:
            await nobody.call("getMe", "{}")
    assert TOKEN not in str(caught.value)


async def test_a_picture_is_uploaded(api: BotApi, telegram: TelegramClient, wang: int) -> None:
    """Fields and file arrive."""
    png = b"\x89PNG\r\n\x1a\n" + b"x" * 100
    answer = await api.upload("sendPhoto", {"chat_id": str(wang), "caption": "c"}, {"photo": png})
    assert answer.ok, answer
    (photo,) = [m for m in await telegram.messages(wang) if m.get("photo")]
    assert photo["caption"] == "c"


async def test_a_document_keeps_its_name(api: BotApi, telegram: TelegramClient, wang: int) -> None:
    """With blanks, in Chinese, and with what would end a header."""
    for name in ("report 2026-11-01_2026-11-23.pdf", "满意度报告 2026-11.pdf", 'a "b" c.txt'):
        answer = await api.upload("sendDocument", {"chat_id": str(wang)}, {"document": b"bytes"}, filename=name)
        assert answer.ok, answer
        assert (await telegram.messages(wang))[-1]["document"]["file_name"] == name


async def test_the_library_speaks_over_our_connection(api: BotApi, telegram: TelegramClient, wang: int) -> None:
    """Its typed methods, its files, and its own errors."""
    async with api.library() as bot:
        assert bot.username
        assert (await bot.send_message(wang, "hello")).text == "hello"
        sent = await bot.send_document(wang, InputFile(io.BytesIO(b"bytes"), filename="a.txt"))
        assert sent.document is not None
        with pytest.raises(BadRequest, match=r"Chat not found|chat not found"):
            await bot.send_message(404, "x")
        await telegram.private(wang).block()
        with pytest.raises(Forbidden):
            await bot.send_message(wang, "x")
        await telegram.fault("reset", method="getMe")
        with pytest.raises(NetworkError) as caught:
            await bot.get_me()
        assert TOKEN not in str(caught.value)
        await telegram.fault("silence", method="getMe")
        with pytest.raises(TimedOut):
            await bot.get_me(read_timeout=0.2)


async def test_a_token_nobody_knows(server: Server) -> None:
    """The library's own error, which the command line turns into a line."""
    async with BotApi(server.url, "1:wrong") as api:
        with pytest.raises(InvalidToken):
            await api.library().initialize()
