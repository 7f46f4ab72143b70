"""Bot API method that answers callback queries."""

from __future__ import annotations

from playground.botapi.methods.call import BotCall, Method
from playground.shape.wire import make_bad_request


def _answer(call: BotCall) -> object:
    params = call.params
    if "url" in params and not params["url"].startswith(("https://t.me/", "tg://")):
        raise make_bad_request("URL_INVALID")
    callback = call.world.callbacks.answer(
        params["callback_query_id"], params.get("text", ""), show_alert=params.get("show_alert", False)
    )
    call.world.events.publish(
        "callback",
        {"id": callback.id, "user": callback.user, "chat": callback.chat, **(callback.answer or {})},
    )
    return True


METHODS: dict[str, Method] = {"answerCallbackQuery": _answer}
