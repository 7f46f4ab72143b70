"""A running playground, a bare bot that speaks to it, and two independent readers of everything it says."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from pydantic import BaseModel, TypeAdapter
from telegram import TelegramObject
from telegram import Update as PtbUpdate

from playground.people.barebot import BareBot
from playground.people.client import TelegramClient
from playground.people.connection import Participant
from playground.people.seat import Seat
from playground.server import Server, serve
from playground.world.world import World


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with serve() as running:
        yield running
    read_by_others(running.world)


@pytest.fixture
async def world(server: Server) -> World:
    return server.world


@pytest.fixture
async def telegram(server: Server) -> AsyncIterator[TelegramClient]:
    async with TelegramClient(server.url) as client:
        yield client


@pytest.fixture
async def bot(server: Server) -> AsyncIterator[BareBot]:
    async with aiohttp.ClientSession() as http:
        yield BareBot(server.url, server.world.token, http)


@pytest.fixture
async def wang(telegram: TelegramClient) -> Participant:
    return await telegram.user("Wang", language="zh", phone="+8613800138000")


@pytest.fixture
async def seat(telegram: TelegramClient, wang: Participant, bot: BareBot) -> Seat:
    """Wang's private chat, started and read."""
    seat = telegram.private(wang)
    await seat.start()
    await bot.updates()
    return seat


@pytest.fixture
async def group(telegram: TelegramClient, wang: Participant, bot: BareBot) -> int:
    """A supergroup with Wang and the bot."""
    chat = await telegram.group("Transport", [wang])
    await bot.updates()
    return chat


def read_by_others(world: World) -> None:
    """Aiogram's models and python-telegram-bot's parser read every update sent and every result given."""
    import aiogram.methods  # takes seconds: not while tests are collected, in every worker
    from aiogram.types import Update as AiogramUpdate

    for entry in world.updates._history.values():
        if entry.body.get("injected"):
            continue
        update = AiogramUpdate.model_validate(entry.body)
        assert not unknown_fields(update), (unknown_fields(update), entry.body)
        parsed = PtbUpdate.de_json(entry.body, None)
        assert parsed is not None
        assert not any(unread(getattr(parsed, kind, None)) for kind in entry.body)
    for call in world.calls.since(0):
        method = getattr(aiogram.methods, call["method"][0].upper() + call["method"][1:], None)
        if call["ok"] and method is not None:
            result = TypeAdapter(method.__returning__).validate_python(call["result"])
            for item in result if isinstance(result, list) else [result]:
                assert not isinstance(item, BaseModel) or not unknown_fields(item), (unknown_fields(item), call)


def unknown_fields(model: BaseModel) -> list[str]:
    """Fields of the JSON that aiogram's model does not know, at any depth."""
    unknown = list(model.model_extra or {})
    for name in type(model).model_fields:
        value = getattr(model, name)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, BaseModel):
                unknown += [f"{name}.{field}" for field in unknown_fields(item)]
    return unknown


def unread(part: object) -> list[str]:
    """Fields that python-telegram-bot put aside as unknown."""
    return list(part.api_kwargs) if isinstance(part, TelegramObject) else []
