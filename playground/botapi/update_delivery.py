"""Update delivery: by getUpdates or by webhook, never both."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playground.botapi.webhook import Webhook, WebhookTarget
from playground.shape.wire import CallRefusedError, Json, make_bad_request
from playground.world.world import World

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_HERE = frozenset({"127.0.0.1", "localhost", "::1"})
_MOST_CONNECTIONS = 100
_BATCH = 100
_WEBHOOK_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


class UpdateDelivery:
    def __init__(self, world: World, execute: Callable[[object], None]) -> None:
        self._updates = world.updates
        self.webhook = Webhook(world.updates, execute, lambda: world.faults.outage)

    async def answer(self, method: str, params: Json) -> object:
        match method:
            case "getUpdates":
                return await self._get_updates(params)
            case "setWebhook":
                return self._set_webhook(params)
            case "deleteWebhook":
                return self._delete_webhook(params)
            case "getWebhookInfo":
                return self._info()
            case _:  # logOut, close
                return True

    async def close(self) -> None:
        self._updates.close()
        await self.webhook.close()

    async def _get_updates(self, params: Json) -> list[Json]:
        if self.webhook.target is not None:
            raise CallRefusedError(409, _WEBHOOK_SET)
        self._updates.allow(params.get("allowed_updates"))
        limit = min(max(params.get("limit", _BATCH), 1), _BATCH)
        return await self._updates.poll(params.get("offset", 0), limit, params.get("timeout", 0))

    def _set_webhook(self, params: Json) -> bool:
        url = params.get("url", "")
        if not url:
            return self._delete_webhook(params)
        secret = params.get("secret_token")
        if secret is not None and not _SECRET.fullmatch(secret):
            raise make_bad_request("secret token contains unallowed characters")
        if urlsplit(url).hostname not in _HERE:
            raise make_bad_request("bad webhook: the local server delivers to this machine only")
        self._updates.interrupt("terminated by setWebhook request")
        self._updates.allow(params.get("allowed_updates"))
        if params.get("drop_pending_updates"):
            self._updates.drop()
        connections = params.get("max_connections", 40)
        self.webhook.start(WebhookTarget(url, secret, min(max(connections, 1), _MOST_CONNECTIONS)))
        return True

    def _delete_webhook(self, params: Json) -> bool:
        if params.get("drop_pending_updates"):
            self._updates.drop()
        self.webhook.stop()
        return True

    def _info(self) -> Json:
        target = self.webhook.target
        info: Json = {
            "url": target.url if target else "",
            "has_custom_certificate": False,
            "pending_update_count": self._updates.pending,
        }
        if target is not None:
            info["ip_address"] = "127.0.0.1"
            info["max_connections"] = target.max_connections
        if self.webhook.last_error is not None:
            info["last_error_date"], info["last_error_message"] = self.webhook.last_error
        if self._updates.allowed is not None:
            info["allowed_updates"] = sorted(self._updates.allowed)
        return info
