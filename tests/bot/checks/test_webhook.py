"""How updates come, as Telegram says: nothing set, somebody else's, ours, and ours with errors."""

from datetime import timedelta

import pytest
from telegram import WebhookInfo

from bot.checks.finding import Finding, Inspection, State
from bot.checks.webhook import check_webhook, judge_webhook
from bot.process.announcement import announce_updates
from bot.process.polling import ALLOWED_UPDATES
from bot.process.telegram import BotApi
from tests.bot.checks.conftest import MakeInspection
from tests.harness.in_process import NOON

OURS = "https://bot.example/telegram"


async def look_at(api: BotApi, inspection: Inspection) -> list[Finding]:
    async with api.library() as bot:
        return await check_webhook(bot, inspection, ())


async def test_the_bot_asks_by_itself(asking: MakeInspection, api: BotApi) -> None:
    """No webhook is right; somebody else's keeps every update from us. Its path may be a secret."""
    (finding,) = await look_at(api, asking())
    assert (finding.state, finding.said) == (State.OK, "none: the bot asks by itself; 0 updates wait")
    await api.call("setWebhook", '{"url":"http://127.0.0.1:9/123456:test-token"}')
    (finding,) = await look_at(api, asking())
    assert finding.state is State.WRONG
    assert "another program has set one to http://127.0.0.1/…" in finding.said
    assert "test-token" not in finding.said
    assert "--fix" in finding.cure


async def test_a_webhook_of_ours(asking: MakeInspection, api: BotApi) -> None:
    """Not set yet, another one's, without some kinds of updates, and right."""
    given = asking(WEBHOOK="http://127.0.0.1:9")
    (finding,) = await look_at(api, given)
    assert (finding.state, finding.said.startswith("Telegram has none")) == (State.LOOK, True)
    await api.call("setWebhook", '{"url":"http://127.0.0.1:9/other"}')
    (finding,) = await look_at(api, given)
    assert (finding.state, finding.said.startswith("Telegram delivers to http://127.0.0.1/…, and")) == (
        State.WRONG,
        True,
    )
    await api.call("setWebhook", '{"url":"http://127.0.0.1:9/telegram"}')
    (_, finding) = await look_at(api, given)
    assert finding.state is State.WRONG
    assert finding.said == "Telegram does not send callback_query, chat_member, edited_message, message, my_chat_member"
    async with api.library() as bot:
        await announce_updates(bot, given.settings, "secret")
    (finding,) = await look_at(api, given)
    assert (finding.state, finding.said) == (
        State.OK,
        "http://127.0.0.1:9/telegram at 127.0.0.1; 0 updates wait",
    )


@pytest.mark.parametrize(
    ("message", "cure"),
    [
        ("Wrong response from the webhook: 403 Forbidden", "the proxy must pass the header"),
        ("Wrong response from the webhook: 404 Not Found", "the proxy must pass POST /telegram on"),
        ("Wrong response from the webhook: 502 Bad Gateway", "the proxy answers and the bot behind it does not"),
        ("SSL error {error:0A000086:SSL routines::certificate verify failed}", "the certificate must be valid"),
        ("Failed to resolve host: Name or service not known", "the name must lead to this machine"),
        ("Connection refused", "open the port"),
        ("Connection timed out", "open the port"),
        ("Something new", "docs/troubleshooting.md"),
    ],
)
def test_what_an_error_means(message: str, cure: str) -> None:
    """Telegram's own words, and what to do about them; wrong while something waits, and forgotten after an hour."""

    def judge(waiting: int, age: timedelta) -> Finding:
        at = NOON - age
        kinds = tuple(ALLOWED_UPDATES)
        info = WebhookInfo(OURS, False, waiting, at, message, allowed_updates=kinds, ip_address="192.0.2.7")
        (finding,) = judge_webhook(info, OURS, NOON)
        return finding

    finding = judge(3, timedelta(minutes=1))
    assert (finding.state, finding.cure.startswith(cure)) == (State.WRONG, True)
    assert finding.said == f"{OURS} at 192.0.2.7; 3 updates wait; 2026-11-23 03:59:00 UTC: {message}"
    assert judge(0, timedelta(minutes=1)).state is State.LOOK
    assert judge(3, timedelta(hours=2)).state is State.OK


def test_many_that_wait() -> None:
    """A bot that asks by itself, and does not."""
    (finding,) = judge_webhook(WebhookInfo("", False, 101), "", NOON)
    assert (finding.what, finding.state) == ("updates", State.LOOK)
