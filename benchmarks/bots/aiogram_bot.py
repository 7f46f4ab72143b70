"""Contender aiogram: the survey with FSM in MemoryStorage, its own aiohttp webhook, the library's defaults.

The visible edit goes out before `answerCallbackQuery`, as in the other contender; the state is set before the reply, as in the
library's examples.
"""

import argparse
import asyncio
from urllib.parse import urlsplit

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from survey import QUESTIONS, THANKS, read, screen

SECRET = "benchmark"  # noqa: S105 - of a server that lives for one round
router = Router()


class Survey(StatesGroup):
    rating = State()
    comment = State()


def keyboard(question: int) -> tuple[str, InlineKeyboardMarkup]:
    text, rows = screen(question)
    return text, InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=label, callback_data=data) for label, data in row] for row in rows]
    )


@router.message(CommandStart())
async def start(message: Message, command: CommandObject, state: FSMContext) -> None:
    await state.set_state(Survey.rating)
    await state.set_data({"delivery": command.args})
    text, markup = keyboard(0)
    await message.answer(text, reply_markup=markup)


@router.callback_query(Survey.rating)
@router.callback_query(Survey.comment)
async def press(query: CallbackQuery, state: FSMContext) -> None:
    if query.data is None or not isinstance(query.message, Message):
        return
    asked, score, following = read(query.data)
    if score is not None:
        await state.update_data({str(asked): score})
    if following > len(QUESTIONS):
        await state.clear()
        await query.message.edit_text(THANKS)
    else:
        await state.set_state(Survey.rating if following < len(QUESTIONS) else Survey.comment)
        text, markup = keyboard(following)
        await query.message.edit_text(text, reply_markup=markup)
    await query.answer()


@router.message(Survey.comment, F.text)
async def comment(message: Message, state: FSMContext) -> None:
    await state.update_data(comment=message.text)
    await state.clear()
    await message.answer(THANKS)


async def serve(api: str, url: str) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(api))
    bot = Bot("4242:benchmark", session=session)
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_router(router)
    site = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=SECRET).register(site, path="/telegram")
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    where = urlsplit(url)
    await web.TCPSite(runner, where.hostname, where.port).start()
    await bot.set_webhook(f"{url}/telegram", secret_token=SECRET)
    await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("api")
    parser.add_argument("url")
    parser.add_argument("--uvloop", action="store_true")
    given = parser.parse_args()
    if given.uvloop:
        import uvloop

        uvloop.run(serve(given.api, given.url))
    else:
        asyncio.run(serve(given.api, given.url))


if __name__ == "__main__":
    main()
