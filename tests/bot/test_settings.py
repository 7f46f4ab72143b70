"""The environment: read, checked, and every mistake told at once with its variable."""

from collections.abc import Callable
from pathlib import Path
from secrets import token_hex, token_urlsafe

import pytest

from bot import settings
from bot.company.mistakes import Mistakes
from bot.settings import VARIABLES, Counted, read
from tests.harness.databases import SECRET

TOKEN = "123:abc"


def wrong(**given: str) -> list[str]:
    with pytest.raises(Mistakes) as caught:
        read({f"HUIFANG_{name}": value for name, value in given.items()})
    return [str(mistake) for mistake in caught.value.found]


def test_an_empty_environment_has_defaults() -> None:
    """As the contract names them."""
    defaults = read({})
    assert (defaults.config, defaults.database) == (Path("huifang.toml"), "sqlite+aiosqlite:///huifang.db")
    assert (defaults.bot_api, defaults.host, defaults.port) == ("https://api.telegram.org", "127.0.0.1", 8080)
    assert (defaults.rate, defaults.webhook, defaults.token, defaults.secrets, defaults.clock) == (30, "", "", (), None)
    assert defaults.counted is Counted.MESSAGES
    assert read({"HUIFANG_RATE": "  "}) == defaults


def test_what_is_set_counts() -> None:
    """Trimmed, without slashes at the end, secrets in order."""
    configured = read(
        {
            "HUIFANG_CONFIG": "/etc/huifang.toml",
            "HUIFANG_TOKEN": TOKEN,
            "HUIFANG_BOT_API": "http://127.0.0.1:8081/",
            "HUIFANG_WEBHOOK": " https://example.org/bot/ ",
            "HUIFANG_LISTEN": "[::1]:0",
            "HUIFANG_SECRET": f"{SECRET}, old ,",
            "HUIFANG_RATE": "0",
            "HUIFANG_COUNTED": "bulk",
            "HUIFANG_CLOCK": "/run/clock",
            "HUIFANG_DATABASE": "postgresql+asyncpg://u:p@h/d",
        }
    )
    assert (configured.bot_api, configured.webhook) == ("http://127.0.0.1:8081", "https://example.org/bot")
    assert (configured.host, configured.port, configured.secrets, configured.rate) == ("::1", 0, (SECRET, "old"), 0)
    assert configured.counted is Counted.BULK
    assert (configured.config, configured.clock) == (Path("/etc/huifang.toml"), Path("/run/clock"))


def test_every_mistake_at_once() -> None:
    """Nobody starts the bot seven times to hear seven mistakes."""
    mistakes = wrong(LISTEN="x", RATE="fast", TOKEN="abc", BOT_API="telegram", WEBHOOK="ftp://x", DATABASE="huifang.db")
    assert [line.partition(":")[0] for line in mistakes] == [
        "HUIFANG_LISTEN",
        "HUIFANG_RATE",
        "HUIFANG_TOKEN",
        "HUIFANG_BOT_API",
        "HUIFANG_WEBHOOK",
        "HUIFANG_DATABASE",
    ]


@pytest.mark.parametrize("value", ["x", "host:", "host:http", ":70000", "1.2.3.4:-1", "h:²"])
def test_where_to_listen(value: str) -> None:
    """A host and a port that there is."""
    assert wrong(LISTEN=value) == [f"HUIFANG_LISTEN: {value!r} is not host:port; write 127.0.0.1:8080"]


@pytest.mark.parametrize("value", ["x", ":0", "127.0.0.1:", "h:70000"])
def test_where_the_metrics_are(value: str) -> None:
    """At an address of their own, with a port that is known beforehand and is not the other one."""
    assert wrong(METRICS=value) == [f"HUIFANG_METRICS: {value!r} is not host:port; write 127.0.0.1:9100"]
    assert wrong(METRICS="0.0.0.0:8080") == ["HUIFANG_METRICS: has the port of HUIFANG_LISTEN; write another one"]
    assert read({"HUIFANG_METRICS": "10.0.0.5:9100"}).metrics == ("10.0.0.5", 9100)
    assert read({}).metrics is None


@pytest.mark.parametrize("value", ["fast", "-1", "nan", "inf", "1e999", "30/s"])
def test_how_fast(value: str) -> None:
    """A number of messages a second that there is."""
    assert wrong(RATE=value) == [f"HUIFANG_RATE: {value!r} is not a number of messages per second; write 30"]


def test_what_counts_is_one_of_three() -> None:
    """The mistake names them."""
    assert wrong(COUNTED="replies") == ["HUIFANG_COUNTED: 'replies' is none of bulk, messages, calls"]


@pytest.mark.parametrize("value", ["abc", ":abc", "x1:abc", "²:abc"])
def test_what_is_no_token(value: str) -> None:
    """The token itself is not repeated."""
    why = "does not look like a bot token; BotFather gives one like 123456:ABC-DEF"
    assert wrong(TOKEN=value) == [f"HUIFANG_TOKEN: {why}"]


@pytest.mark.parametrize("name", ["BOT_API", "WEBHOOK"])
@pytest.mark.parametrize("value", ["telegram.org", "ftp://x", "http://", "https:///path", "http://[x"])
def test_what_is_no_url(name: str, value: str) -> None:
    """Something that names a server is needed."""
    assert wrong(**{name: value}) == [f"HUIFANG_{name}: {value!r} is no URL; it starts with https:// (or http://)"]


@pytest.mark.parametrize("secret", ["", " ", ",", " , "])
def test_what_is_needed(secret: str) -> None:
    """Missing variables are named with their cure; a list without a secret is none."""
    with pytest.raises(Mistakes) as caught:
        read({"HUIFANG_SECRET": secret}, need=("HUIFANG_TOKEN", "HUIFANG_SECRET"))
    assert [str(mistake) for mistake in caught.value.found] == [
        "HUIFANG_TOKEN: is required: the token that BotFather gave you; put it into .env beside the company file, or set the variable",
        "HUIFANG_SECRET: is required: `huifang init` writes one into .env beside the company file; with data already, it is the old one",
    ]
    assert settings._explain_cure("HUIFANG_CONFIG") == "set it"


@pytest.mark.parametrize(
    ("secret", "why"),
    [
        ("a", "has 1 characters, and needs 32"),
        ("hunter2,0b9c3fa561", "has 7 characters, and needs 32"),
        ("a" * 64, "repeats itself too much to be random"),
        ("ab" * 32, "repeats itself too much to be random"),
        ("0123456789abcdef" * 4, "repeats itself too much to be random"),
        ("abcdefghijklmnopqrstuvwxyz0123456789", "repeats itself too much to be random"),
        ("password" * 8 + "!", "repeats itself too much to be random"),
        ("1" * 40 + "2" * 40, "repeats itself too much to be random"),
    ],
)
def test_a_weak_secret(secret: str, why: str) -> None:
    """Anyone who has a printed slip could find it by trying; it is not repeated, and the cure keeps what was sealed readable."""
    cure = "make one with `openssl rand -hex 32`; if this one was in use already, put the new one before it: NEW,OLD"
    assert wrong(SECRET=secret) == [f"HUIFANG_SECRET: {why}; {cure}"]


@pytest.mark.parametrize("make", [lambda: token_hex(16), lambda: token_hex(32), lambda: token_urlsafe(24)])
def test_a_random_secret_is_strong(make: Callable[[], str]) -> None:
    """As `openssl rand` makes them, in any form; an older secret behind it may be anything."""
    for _ in range(500):
        secret = make()
        assert read({"HUIFANG_SECRET": f"{secret},a"}).secrets == (secret, "a")


def test_every_variable_has_a_meaning() -> None:
    """The documentation is made from this list."""
    assert all(one.meaning for one in VARIABLES)
    assert len({one.name for one in VARIABLES}) == len(VARIABLES)
