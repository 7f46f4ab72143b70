"""Contender python-telegram-bot: the survey with ConversationHandler in memory, webhook, the library's defaults.

The webhook follows its custom-webhook example (a separate web server feeding `update_queue`), here over aiohttp.
The visible edit goes out before `answerCallbackQuery`: the order that favours it.
"""

import argparse
import asyncio
from urllib.parse import urlsplit

from aiohttp import web
from survey import QUESTIONS, THANKS, read, screen
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)

RATING, COMMENT = range(2)
SECRET = "benchmark"  # noqa: S105 - of a server that lives for one round


def keyboard(question: int) -> tuple[str, InlineKeyboardMarkup]:
    text, rows = screen(question)
    return text, InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in rows]
    )


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    if update.message is None or context.user_data is None:
        return ConversationHandler.END
    context.user_data.clear()
    context.user_data["delivery"] = context.args
    text, markup = keyboard(0)
    await update.message.reply_text(text, reply_markup=markup)
    return RATING


async def press(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    query = update.callback_query
    if query is None or query.data is None or context.user_data is None:
        return ConversationHandler.END
    asked, score, following = read(query.data)
    if score is not None:
        context.user_data[asked] = score
    if following > len(QUESTIONS):
        await query.edit_message_text(THANKS)
        await query.answer()
        return ConversationHandler.END
    text, markup = keyboard(following)
    await query.edit_message_text(text, reply_markup=markup)
    await query.answer()
    return RATING if following < len(QUESTIONS) else COMMENT


async def comment(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    if update.message is not None and context.user_data is not None:
        context.user_data["comment"] = update.message.text
        await update.message.reply_text(THANKS)
    return ConversationHandler.END


async def serve(api: str, url: str) -> None:
    application = Application.builder().token("4242:benchmark").base_url(f"{api}/bot").updater(None).build()
    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("start", start)],
            states={
                RATING: [CallbackQueryHandler(press)],
                COMMENT: [CallbackQueryHandler(press), MessageHandler(filters.TEXT & ~filters.COMMAND, comment)],
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
