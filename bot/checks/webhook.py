"""How updates come: whether Telegram has our webhook and reaches it, or none where the bot asks by itself."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import telegram

from bot.checks.finding import Finding, Inspection, look, ok, wrong
from bot.process.announcement import find_webhook_url
from bot.process.polling import ALLOWED_UPDATES
from storage.people.groups import Group

RECENT = timedelta(hours=1)
MANY_WAITING = 100

_FIX = "`huifang check --fix` does it, and so does every start of the bot"
_CURES = (
    (
        ("401", "403"),
        "the proxy must pass the header X-Telegram-Bot-Api-Secret-Token on; `huifang check --fix` says the secret anew",
    ),
    (("404", "405"), "the proxy must pass POST /telegram on to HUIFANG_LISTEN, with its path unchanged"),
    (("502", "503", "504"), "the proxy answers and the bot behind it does not: is it running, and at HUIFANG_LISTEN?"),
    (("ssl", "certificate", "tls"), "the certificate must be valid for this name and sent with its whole chain"),
    (("resolve", "host", "dns"), "the name must lead to this machine from anywhere: look at its DNS record"),
    (
        ("refused", "timed out", "timeout", "connect", "reset"),
        "open the port to the internet (Telegram uses 443, 80, 88, 8443), with a proxy behind it",
    ),
)
"""By words of Telegram's, the first that fit."""


async def check_webhook(bot: telegram.Bot, inspection: Inspection, _bound: Sequence[Group]) -> list[Finding]:
    """Whether Telegram delivers updates the way the bot waits for them, and what went wrong with that last."""
    return judge_webhook(await bot.get_webhook_info(), find_webhook_url(inspection.settings), inspection.now)


def judge_webhook(info: telegram.WebhookInfo, wanted: str, now: datetime) -> list[Finding]:
    """What to say of a webhook, where `wanted` is ours, or empty for a bot that asks by itself."""
    waiting = f"{info.pending_update_count} updates wait"
    if not wanted:
        if info.url:
            said = f"another program has set one to {_shorten(info.url)}: the bot asks by itself and would get 409"
            return [wrong("webhook", said, f"have it deleted ({_FIX}), or set HUIFANG_WEBHOOK to use one")]
        if info.pending_update_count > MANY_WAITING:
            return [
                look("updates", f"{waiting} to be asked for", "is the bot running? `/readyz` says what it waits for")
            ]
        return [ok("webhook", f"none: the bot asks by itself; {waiting}")]
    if not info.url:
        return [look("webhook", f"Telegram has none; HUIFANG_WEBHOOK says {wanted}", f"have it set: {_FIX}")]
    if info.url != wanted:
        said = f"Telegram delivers to {_shorten(info.url)}, and HUIFANG_WEBHOOK says {wanted}"
        return [wrong("webhook", said, f"have it set ({_FIX}); if it changes again, another program uses this token")]
    return [_judge_errors(info, now, waiting), *_judge_kinds(info)]


def _judge_errors(info: telegram.WebhookInfo, now: datetime, waiting: str) -> Finding:
    """The last error counts while it is recent, and for wrong only while something waits."""
    address = f" at {info.ip_address}" if info.ip_address else ""
    if info.last_error_date is None or now - info.last_error_date > RECENT:
        return ok("webhook", f"{info.url}{address}; {waiting}")
    message = info.last_error_message or "no reason given"
    said = f"{info.url}{address}; {waiting}; {info.last_error_date:%Y-%m-%d %H:%M:%S} UTC: {message}"
    cure = next(
        (cure for words, cure in _CURES if any(word in message.lower() for word in words)), "docs/troubleshooting.md"
    )
    if info.pending_update_count:
        return wrong("webhook", said, cure)
    return look("webhook", f"{said}; since then everything arrived", cure)


def _judge_kinds(info: telegram.WebhookInfo) -> list[Finding]:
    """Whether Telegram sends every kind of update that the bot handles; without a list it leaves some out."""
    missing = sorted(set(ALLOWED_UPDATES) - set(info.allowed_updates))
    if not missing:
        return []
    return [wrong("webhook", f"Telegram does not send {', '.join(missing)}", f"have it set anew: {_FIX}")]


def _shorten(url: str) -> str:
    """A foreign URL may carry somebody's token in its path."""
    return f"{urlsplit(url).scheme}://{urlsplit(url).hostname}/…"
