"""Bot API methods, grouped by subject."""

from __future__ import annotations

from playground.botapi.methods import about, callback_queries, chats, editing, forum, media, sending
from playground.botapi.methods.call import Method

METHODS: dict[str, Method] = {
    **about.METHODS,
    **callback_queries.METHODS,
    **chats.METHODS,
    **editing.METHODS,
    **forum.METHODS,
    **media.METHODS,
    **sending.METHODS,
}
DELIVERY = frozenset({"getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo", "logOut", "close"})
"""Served by `playground.botapi.update_delivery`."""
SERVED = frozenset(METHODS) | DELIVERY

__all__ = ["DELIVERY", "METHODS", "SERVED", "Call", "Method"]
