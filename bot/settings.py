"""Environment configuration (12-factor): everything that belongs to the machine; each mistake reported with its variable, all at once.

What is not in the environment is read from the file `.env` beside the company file, where `huifang init` puts the secret.
"""

import enum
import math
import os
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values, set_key

from bot.backup_settings import BackupSettings, read_backup_settings
from bot.company.mistakes import Mistake, Mistakes
from bot.database_settings import find_database_file, find_database_mistakes
from bot.evidence_settings import EvidenceSettings, read_evidence_settings
from bot.log_settings import LogSettings, read_log_settings
from storage.engine.address import Address

TELEGRAM = "https://api.telegram.org"
SECRET_LENGTH, SECRET_BITS, REPETITION = 32, 72, 4
"""The least of the newest secret: any printed slip is signed with it, so anyone who has one can try secrets at home."""


class Counted(enum.StrEnum):
    """Which calls count among the 30 a second.

    Telegram documents three limits (Bots FAQ): "In a single chat, avoid sending more than one message per second", "in a group, bots
    are not able to send more than 20 messages per minute", and "for bulk notifications, bots are not able to broadcast more than about 30
    messages per second". Of the third the Bot API says that paid broadcasts ignore "broadcasting limits". Whether replies and edits count
    among the 30 is not documented. By the words they do not; by the experience of many bots new messages do. Counting a reply costs
    it nothing, because it takes the next free place, at most a thirtieth of a second away; it costs the broadcast that place.

    Should Telegram count more than we do, it answers 429 in several private chats at once: then the next stricter count holds for an hour.
    """

    BULK = "bulk"
    MESSAGES = "messages"
    CALLS = "calls"


COUNTED_MEANINGS = {
    Counted.BULK: "only what nobody waits for: broadcasts, cards and notices; a reply goes at once",
    Counted.MESSAGES: "every new message; a reply goes before everything else",
    Counted.CALLS: "every new message and every edit",
}


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable, for reading it and for the documentation."""

    name: str
    meaning: str
    default: str


VARIABLES = (
    Variable("HUIFANG_CONFIG", "company file", "huifang.toml"),
    Variable("HUIFANG_TOKEN", "bot token", ""),
    Variable("HUIFANG_BOT_API", "Bot API server", TELEGRAM),
    Variable(
        "HUIFANG_DATABASE",
        "SQLAlchemy URL: sqlite+aiosqlite:///… or postgresql+asyncpg://…",
        "sqlite+aiosqlite:///huifang.db",
    ),
    Variable(
        "HUIFANG_DATABASE_DIRECT",
        "the same PostgreSQL without the pooler (PgBouncer) that HUIFANG_DATABASE goes through: [PostgreSQL](postgresql.md)",
        "",
    ),
    Variable("HUIFANG_SCHEMA", "schema of PostgreSQL that is this bot's own, where several share a database", ""),
    Variable("HUIFANG_WEBHOOK", "public base URL: set for a webhook, unset for long polling", ""),
    Variable("HUIFANG_LISTEN", "host:port of the HTTP server; port 0 picks one and prints it", "127.0.0.1:8080"),
    Variable(
        "HUIFANG_SECRET",
        "master secret, from `openssl rand -hex 32`; after a change a list separated by commas, the newest first",
        "",
    ),
    Variable(
        "HUIFANG_METRICS",
        "host:port of /metrics; without it only this machine and holders of a token can read them",
        "",
    ),
    Variable(
        "HUIFANG_BACKUP_KEY",
        "key that seals backups, from `openssl rand -hex 32`; keep a copy elsewhere: [backups](backup.md)",
        "",
    ),
    Variable("HUIFANG_BACKUPS", "folder of scheduled backups, and of those before a migration; unset for none", ""),
    Variable("HUIFANG_BACKUP_HOURS", "hours from one scheduled backup to the next", "24"),
    Variable("HUIFANG_BACKUP_KEEP", "how many scheduled backups are kept", "14"),
    Variable("HUIFANG_BACKUP_UPLOAD", "command that takes each of them away; the file's path is its last argument", ""),
    Variable("HUIFANG_BACKUP_MIGRATIONS", "`yes` for a backup into that folder before each migration, or `no`", "yes"),
    Variable("HUIFANG_BACKUP_EVIDENCE", "`yes` for backups with the files of cases in them, or `no`", "yes"),
    Variable(
        "HUIFANG_EVIDENCE",
        "where the files of cases are kept: a folder, s3://bucket/folder, or `off`; unset for `evidence` beside the SQLite file, "
        "and for `off` with PostgreSQL: [evidence](evidence.md)",
        "",
    ),
    Variable(
        "HUIFANG_EVIDENCE_ENDPOINT", "URL of an S3-compatible server; without it AWS_ENDPOINT_URL, or Amazon's", ""
    ),
    Variable("HUIFANG_EVIDENCE_REGION", "region of the bucket; without it AWS_REGION", ""),
    Variable(
        "HUIFANG_EVIDENCE_ACCESS",
        "KEY:SECRET; without it AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the machine's role",
        "",
    ),
    Variable(
        "HUIFANG_EVIDENCE_LIMIT", "megabytes of the largest file that is kept; Telegram itself hands out 20", "20"
    ),
    Variable("HUIFANG_EVIDENCE_SCAN", "command that looks for a virus in each file; its path is the last argument", ""),
    Variable("HUIFANG_RATE", "overall messages per second; 0 for no limit (own Bot API server, tests)", "30"),
    Variable(
        "HUIFANG_COUNTED",
        "what counts among these: `bulk` (what nobody waits for), `messages` (replies, too), `calls` (edits, too); see below",
        "messages",
    ),
    Variable("HUIFANG_LOG", "form of the log: `text` for people, or `json`, an object a line", "text"),
    Variable("HUIFANG_LOG_LEVEL", "least level that is logged: `debug`, `info`, `warning`, `error`", "info"),
    Variable("HUIFANG_CLOCK", "a file with the seconds to add to the clock (playground, tests)", ""),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The environment, read and checked. `token` and `secrets` may be empty: `need` says which commands require them."""

    config: Path
    token: str
    bot_api: str
    address: Address
    webhook: str
    host: str
    port: int
    metrics: tuple[str, int] | None
    secrets: tuple[str, ...]
    backups: BackupSettings
    evidence: EvidenceSettings
    logs: LogSettings
    rate: float
    counted: Counted
    clock: Path | None

    @property
    def database(self) -> str:
        """The URL of the database."""
        return self.address.url


def find_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the file of settings is: beside the company file, whose place only the environment can tell."""
    return Path(environment.get("HUIFANG_CONFIG", "").strip() or "huifang.toml").parent / ".env"


def read_with_file() -> dict[str, str]:
    """The environment, and what only the file says. Raises Mistakes when the file cannot be read."""
    path = find_file()
    try:
        given = {name: value for name, value in dotenv_values(path, interpolate=False).items() if value}
    except (OSError, UnicodeDecodeError) as error:
        raise Mistakes([Mistake(str(path), "", f"cannot be read: {error}")]) from error
    return given | {name: value for name, value in os.environ.items() if value.strip()}


def write_file(path: Path, token: str = "") -> bool:
    """A new file of settings, its owner's alone; whether it has a new secret, which it has not where the environment gives one.

    Raises:
        FileExistsError: when there is one, because what is stored can only be read with its secret.
    """
    is_new = not os.environ.get("HUIFANG_SECRET", "").strip()
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        file.write(
            f"{_FILE}HUIFANG_TOKEN={token}\n"
            + (f"HUIFANG_SECRET={secrets.token_hex(32)}\n" if is_new else "# HUIFANG_SECRET is in the environment.\n")
            + (
                ""
                if os.environ.get("HUIFANG_BACKUP_KEY", "").strip()
                else f"{_BACKUP_FILE}HUIFANG_BACKUP_KEY={secrets.token_hex(32)}\n"
            )
        )
    return is_new


def add_token(path: Path, token: str) -> bool:
    """Put the token into a file of settings that has none; False, and nothing changes, where it has one."""
    if dotenv_values(path, interpolate=False).get("HUIFANG_TOKEN"):
        return False
    set_key(path, "HUIFANG_TOKEN", token, quote_mode="never")
    return True


def is_token(text: str) -> bool:
    """Whether it looks like what BotFather gives: the bot's number, a colon, the rest."""
    number, colon, rest = text.partition(":")
    return number.isdecimal() and bool(colon and rest) and text.isascii() and text.isprintable() and " " not in text


_FILE = """\
# What belongs to this machine; variables of the environment go before it. Anyone who has this file can read what customers
# wrote and write as your bot: keep it private. Without its secret what is stored cannot be read: keep a copy.
"""
_BACKUP_FILE = """\
# Seals the backups. Whoever restores one needs it and the secret: keep a copy of both away from this machine, and from the backups.
"""


def read(environment: Mapping[str, str] | None = None, *, need: tuple[str, ...] = ()) -> Settings:
    """The settings of this environment, by default the process's with its file; `need` names variables that must be set.

    Raises:
        Mistakes: with everything that is wrong.
    """
    environment = read_with_file() if environment is None else environment
    values = {one.name: environment.get(one.name, "").strip() or one.default for one in VARIABLES}
    given_secrets, backup_keys = (_read_list(values[name]) for name in ("HUIFANG_SECRET", "HUIFANG_BACKUP_KEY"))
    given = values | {"HUIFANG_SECRET": ",".join(given_secrets), "HUIFANG_BACKUP_KEY": ",".join(backup_keys)}
    mistakes = [Mistake(name, "", f"is required: {_explain_cure(name)}") for name in need if not given[name]]
    listen = _read_address(values["HUIFANG_LISTEN"])
    if listen is None:
        mistakes.append(
            Mistake("HUIFANG_LISTEN", "", f"{values['HUIFANG_LISTEN']!r} is not host:port; write 127.0.0.1:8080")
        )
    mistakes += _find_metrics_mistakes(values["HUIFANG_METRICS"], listen)
    try:
        rate = float(values["HUIFANG_RATE"])
    except ValueError:
        rate = -1
    if not 0 <= rate < math.inf:
        mistakes.append(
            Mistake("HUIFANG_RATE", "", f"{values['HUIFANG_RATE']!r} is not a number of messages per second; write 30")
        )
    counted = values["HUIFANG_COUNTED"]
    if counted not in set(Counted):
        mistakes.append(Mistake("HUIFANG_COUNTED", "", f"{counted!r} is none of {', '.join(Counted)}"))
    token = values["HUIFANG_TOKEN"]
    if token and not is_token(token):
        mistakes.append(
            Mistake("HUIFANG_TOKEN", "", "does not look like a bot token; BotFather gives one like 123456:ABC-DEF")
        )
    for name in ("HUIFANG_BOT_API", "HUIFANG_WEBHOOK"):
        if values[name] and not _is_url(values[name]):
            mistakes.append(Mistake(name, "", f"{values[name]!r} is no URL; it starts with https:// (or http://)"))
    address = Address(values["HUIFANG_DATABASE"], values["HUIFANG_DATABASE_DIRECT"], values["HUIFANG_SCHEMA"])
    mistakes += find_database_mistakes(address)
    mistakes += _find_secret_mistakes("HUIFANG_SECRET", given_secrets)
    mistakes += _find_secret_mistakes("HUIFANG_BACKUP_KEY", backup_keys)
    backups, backup_mistakes = read_backup_settings(values, backup_keys)
    evidence, evidence_mistakes = read_evidence_settings(values, find_database_file(address))
    logs, log_mistakes = read_log_settings(values)
    mistakes += backup_mistakes + evidence_mistakes + log_mistakes
    if mistakes:
        raise Mistakes(mistakes)
    return Settings(
        config=Path(values["HUIFANG_CONFIG"]),
        token=token,
        bot_api=values["HUIFANG_BOT_API"].rstrip("/"),
        address=address,
        webhook=values["HUIFANG_WEBHOOK"].rstrip("/"),
        host=listen[0] if listen else "",
        port=listen[1] if listen else 0,
        metrics=_read_address(values["HUIFANG_METRICS"]) if values["HUIFANG_METRICS"] else None,
        secrets=given_secrets,
        backups=backups,
        evidence=evidence,
        logs=logs,
        rate=rate,
        counted=Counted(counted),
        clock=Path(values["HUIFANG_CLOCK"]) if values["HUIFANG_CLOCK"] else None,
    )


def _read_address(text: str) -> tuple[str, int] | None:
    """The host and the port in host:port, None if it is none."""
    host, _, port = text.rpartition(":")
    if not (port.isascii() and port.isdecimal()) or int(port) > 65535:  # noqa: PLR2004 -- the highest TCP port
        return None
    return host.strip("[]") or "127.0.0.1", int(port)


def _find_metrics_mistakes(text: str, listen: tuple[str, int] | None) -> list[Mistake]:
    """A port of its own tells what comes for the metrics from everything else."""
    if not text:
        return []
    address = _read_address(text)
    if address is None or not address[1]:
        return [Mistake("HUIFANG_METRICS", "", f"{text!r} is not host:port; write 127.0.0.1:9100")]
    if listen is not None and address[1] == listen[1]:
        return [Mistake("HUIFANG_METRICS", "", "has the port of HUIFANG_LISTEN; write another one")]
    return []


def _is_url(text: str) -> bool:
    """Whether it is an http or https URL of a server."""
    try:
        return text.startswith(("http://", "https://")) and bool(urlsplit(text).hostname)
    except ValueError:
        return False


def _read_list(text: str) -> tuple[str, ...]:
    """What is separated by commas, the newest first."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _find_secret_mistakes(name: str, secrets: Sequence[str]) -> list[Mistake]:
    """Only the newest secret is judged: the older ones still have to open what was sealed with them."""
    if not secrets:
        return []
    newest = secrets[0]
    if len(newest) < SECRET_LENGTH:
        why = f"has {len(newest)} characters, and needs {SECRET_LENGTH}"
    elif estimate_bits(newest) < SECRET_BITS:
        why = "repeats itself too much to be random"
    else:
        return []
    cure = "make one with `openssl rand -hex 32`; if this one was in use already, put the new one before it: NEW,OLD"
    return [Mistake(name, "", f"{why}; {cure}")]


def estimate_bits(secret: str) -> float:
    """How random a secret looks: the entropy of its characters or of the steps between them, without what it repeats.

    It can only be too kind: nobody sees from a text how it was chosen.
    """
    novel = _leave_out_repetitions(secret)
    steps = [ord(after) - ord(before) for before, after in pairwise(novel)]
    return min(_measure_entropy(novel), _measure_entropy(steps))


def _leave_out_repetitions(text: str) -> str:
    """The text without each piece of four characters or more that stood earlier in it."""
    novel, at = "", 0
    while at < len(text):
        size = REPETITION
        while at + size <= len(text) and text[at : at + size] in text[:at]:
            size += 1
        if size > REPETITION:
            at += size - 1
        else:
            novel += text[at]
            at += 1
    return novel


def _measure_entropy(symbols: Sequence[object]) -> float:
    """Shannon's entropy of these symbols by how often each occurs, in bits for all of them."""
    size = len(symbols)
    return -sum(count * math.log2(count / size) for count in Counter(symbols).values())


def _explain_cure(name: str) -> str:
    match name:
        case "HUIFANG_TOKEN":
            return "the token that BotFather gave you; put it into .env beside the company file, or set the variable"
        case "HUIFANG_SECRET":
            return "`huifang init` writes one into .env beside the company file; with data already, it is the old one"
        case "HUIFANG_BACKUP_KEY":
            return "make one with `openssl rand -hex 32`, keep a copy away from this machine, and put it into .env"
        case _:
            return "set it"
