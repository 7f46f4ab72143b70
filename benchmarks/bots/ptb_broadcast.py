"""Contender python-telegram-bot in the broadcast: AIORateLimiter with its documented limits, the survey, and complaints.

It is set up as the documentation of `telegram.ext.AIORateLimiter` says: given to the builder, which is told nothing else. `max_retries` is
raised from 0, with which a refused message is lost. Everything to be sent is handed over at once: pacing is the limiter's.
"""

import argparse
import asyncio
import json
import time
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from ptb_bot import COMMENT, RATING, SECRET, comment, press, start
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import TelegramError
from telegram.ext import (
    AIORateLimiter,
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)

CATEGORY, DESCRIPTION, SURE = range(10, 13)
CATEGORIES = ("Delivery", "Goods", "Attitude", "After-sales")
RETRIES = 5


def _rows(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=f"c:{n}:{label}")] for n, label in enumerate(labels)]
    )


async def complain(update: Update, _: ContextTypes.DEFAULT_TYPE) -> int:
    if update.message is not None:
        await update.message.reply_text("What is it about?", reply_markup=_rows(*CATEGORIES))
    return CATEGORY


async def choose(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    if update.callback_query is not None and context.user_data is not None:
        context.user_data["group"] = int(str(update.callback_query.data).split(":")[1])
        await update.callback_query.edit_message_text("What happened? Please describe it.")
        await update.callback_query.answer()
    return DESCRIPTION


async def describe(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    if update.message is not None and context.user_data is not None:
        context.user_data["said"] = update.message.text
        await update.message.reply_text("Please check your complaint", reply_markup=_rows("Confirm"))
    return SURE


async def file(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    if update.callback_query is not None and context.user_data is not None:
        data = context.bot_data
        data["filed"] += 1
        number = f"C-261130-{data['filed']:04d}"
        await update.callback_query.edit_message_text(f"Your case is {number}")
        await update.callback_query.answer()
        group = data["groups"][context.user_data["group"]]
        card = f"{number}\n{context.user_data['said']}"
        context.application.create_task(context.bot.send_message(group, card, reply_markup=_rows("Accept", "Transfer")))
    return ConversationHandler.END


async def send(application: Application, chat: int, text: str, labels: tuple[str, ...] = ()) -> None:  # type: ignore[type-arg]
    try:
        await application.bot.send_message(chat, text, reply_markup=_rows(*labels) if labels else None)
    except TelegramError as error:
        print(f"lost: {chat}: {error}", flush=True)


async def broadcast(application: Application, load: dict[str, int]) -> None:  # type: ignore[type-arg]
    await asyncio.sleep(load["at"] - time.time())
    groups = application.bot_data["groups"]
    for n in range(load["notices"]):
        application.create_task(send(application, groups[n % len(groups)], f"Notice {n}"))
    for n in range(load["invitations"]):
        asked = tuple(f"★ {score}" for score in range(1, 6))
        application.create_task(send(application, load["first"] + n, "How was the delivery overall?", asked))


async def serve(api: str, url: str, load: dict[str, int]) -> None:
    application = (
        Application.builder()
        .token("4242:benchmark")
        .base_url(f"{api}/bot")
        .updater(None)
        .rate_limiter(AIORateLimiter(max_retries=RETRIES))
        .build()
    )
    application.bot_data.update(groups=load["groups"], filed=0)
    said = filters.TEXT & ~filters.COMMAND
    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("start", start), CommandHandler("complain", complain)],
            states={
                RATING: [CallbackQueryHandler(press)],
                COMMENT: [CallbackQueryHandler(press), MessageHandler(said, comment)],
                CATEGORY: [CallbackQueryHandler(choose)],
                DESCRIPTION: [MessageHandler(said, describe)],
                SURE: [CallbackQueryHandler(file)],
            },
            fallbacks=[CommandHandler("start", start)],
        )
    )

    async def telegram(request: web.Request) -> web.Response:
        if request.headers.get("X-Telegram-Bot-Api-Secret-Token") != SECRET:
            return web.Response(status=403)
        await application.update_queue.put(Update.de_json(await request.json(), application.bot))
        return web.Response()

    site = web.Application()
    site.router.add_post("/telegram", telegram)
    runner = web.AppRunner(site, access_log=None)
    async with application:
        await application.start()
        await runner.setup()
        where = urlsplit(url)
        await web.TCPSite(runner, where.hostname, where.port).start()
        await application.bot.set_webhook(f"{url}/telegram", secret_token=SECRET)
        print("ready", flush=True)
        await broadcast(application, load)
        await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("api")
    parser.add_argument("url")
    parser.add_argument("load", type=Path)
    given = parser.parse_args()
    asyncio.run(serve(given.api, given.url, json.loads(given.load.read_text())))


if __name__ == "__main__":
    main()
