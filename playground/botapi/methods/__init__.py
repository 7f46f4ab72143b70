"""The Bot API's methods, grouped by what they are about."""

from __future__ import annotations

from playground.botapi.methods import about, callbacks, chats, editing, forum, media, sending
from playground.botapi.methods.call import Call, Method

METHODS: dict[str, Method] = {
    **about.METHODS,
    **callbacks.METHODS,
    **chats.METHODS,
    **editing.METHODS,
    **forum.METHODS,
    **media.METHODS,
    **sending.METHODS,
}
DELIVERY = frozenset({"getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo", "logOut", "close"})
"""Served where the updates are (`playground.botapi.delivery`)."""
SERVED = frozenset(METHODS) | DELIVERY

__all__ = ["DELIVERY", "METHODS", "SERVED", "Call", "Method"]
