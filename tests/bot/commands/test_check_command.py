"""`huifang check`: what is right, what is wrong, and what to do about it."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot.commands import check_command
from bot.settings import Settings, read
from domain.calendar import Calendar
from playground.people.client import TelegramClient
from playground.server import Server
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.engine.schema import fetch_revision, find_newest_revision, upgrade
from storage.people import groups
from tests.harness.bot_process import SECRET, TOKEN
from tests.harness.in_process import EXAMPLE, GROUP, Desk


def settings(**more: str) -> Settings:
    return read({"HUIFANG_CONFIG": str(EXAMPLE)} | {f"HUIFANG_{name}": value for name, value in more.items()})


async def test_the_token(server: Server, telegram: TelegramClient) -> None:
    """Right with the bot's name; wrong when Telegram does not know it, is away, or does not answer; unknown when not set."""
    given = settings(TOKEN=TOKEN, BOT_API=server.url)
    assert await check_command._check_token(given) == [("token", True, f"@playground_bot at {server.url}")]
    assert (await check_command._check_token(settings()))[0][1] is None
    ((_, right, words),) = await check_command._check_token(settings(TOKEN="1:wrong", BOT_API=server.url))
    assert (right, words.endswith("check HUIFANG_TOKEN and HUIFANG_BOT_API")) == (False, True)
    assert "1:wrong" not in words
    await telegram.fault("outage", times=0)
    ((_, right, words),) = await check_command._check_token(given)
    assert right is False
    assert TOKEN not in words


async def test_the_groups(desk: Desk) -> None:
    """Each bound group is a row: reachable, or lost with the way back."""
    given = settings(DATABASE=desk.database.url, SECRET=SECRET)
    assert await check_command._check_database(given) == [("database", True, "reachable, migrations done")]
    await desk.bind("transport")
    await desk.bind("quality", -1002)
    async with desk.database.begin() as tx:
        await groups.mark_lost(tx, GROUP, "kicked", desk.clock.now())
    assert await check_command._check_database(given) == [
        ("database", True, "reachable, migrations done"),
        ("group of quality", True, "reachable"),
        ("group of transport", False, "lost: add the bot to it again, or bind another with /bind"),
    ]


async def test_a_group_of_a_department_that_is_gone(desk: Desk) -> None:
    """Its key was renamed in the company file: the row says so, and what to do."""
    await desk.bind("lorries")
    given = settings(DATABASE=desk.database.url, SECRET=SECRET)
    why = "the company file has no such department: put its key back, or bind the group anew with /bind"
    assert (await check_command._check_database(given))[1:] == [("group of lorries", False, why)]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("sqlite+aiosqlite:////no/such/huifang.db", "/no/such/huifang.db: its folder is not there"),
        ("postgresql+asyncpg://u:secret@127.0.0.1:1/d", "127.0.0.1:1: nothing listens there"),
        ("postgresql+asyncpg://u:secret@no-such-host.invalid/d", "no-such-host.invalid:5432: there is no host"),
    ],
)
async def test_a_database_that_cannot_be_used(url: str, why: str) -> None:
    """The variable, the place, the reason and what to do; never the password."""
    ((what, right, words),) = await check_command._check_database(settings(DATABASE=url, SECRET=SECRET))
    assert (what, right) == ("database", False)
    assert words.startswith(f"HUIFANG_DATABASE: {why}")
    assert "secret" not in words


async def test_a_database_that_is_not_there_yet(tmp_path: Path) -> None:
    """Nothing is made; without a secret nothing is looked at."""
    assert (await check_command._check_database(settings()))[0][1] is None
    file = tmp_path / "huifang.db"
    given = settings(DATABASE=f"sqlite+aiosqlite:///{file}", SECRET=SECRET)
    assert await check_command._check_database(given) == [
        ("database", True, f"{file} is not there yet: the first `huifang run` makes it")
    ]
    assert list(tmp_path.iterdir()) == []  # noqa: ASYNC240 -- an empty folder


async def test_a_database_of_another_release(empty_database_url: str) -> None:
    """What the next run will do is said, and not done."""
    given = settings(DATABASE=empty_database_url, SECRET=SECRET)
    database = Database(empty_database_url, Keyring([SECRET]))
    try:
        if not database.is_sqlite:
            assert await check_command._check_database(given) == [
                ("database", True, "reachable and empty: the first `huifang run` sets it up")
            ]
        async with database.begin() as tx:
            await tx.run_sync(lambda connection: upgrade(connection, "0009"))
        where = f"reachable; the next `huifang run` brings it from revision 0009 to {find_newest_revision()}"
        ahead = f"{where}, without a backup: HUIFANG_BACKUPS is not set"
        assert (await check_command._check_database(given))[0] == ("database", True, ahead)
        assert await fetch_revision(database) == "0009"
        async with database.begin() as tx:
            await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        ((_, right, words), *_) = await check_command._check_database(given)
        assert (right, words.startswith("was last used by a newer release (revision 9999")) == (False, True)
    finally:
        await database.close()


async def test_the_company() -> None:
    """What is in it, each survey with its preview; every mistake is a row."""
    (company, *surveys, calendar), previews = check_command._check_company(settings())
    assert (company[1], {one[1] for one in surveys}, calendar[0]) == (True, {True}, "calendar")
    assert company[2].endswith("6 departments, 5 categories")
    names = ["delivery", "warehouse", "relationship"]
    assert [found.partition(":")[0] for _, _, found in surveys] == names
    assert surveys[0][2] == "delivery: 8 questions; `huifang check --preview` shows it"
    assert [shown.partition(":")[0] for shown in previews] == names
    assert ["SF1234567890" in shown for shown in previews] == [True, True, False]
    ((_, right, words),), previews = check_command._check_company(settings(CONFIG="/no/such/file"))
    assert (right, words) == (False, "/no/such/file: there is no such file; `huifang init` writes one")
    assert previews == []


@pytest.mark.parametrize(
    ("reach", "right", "words"),
    [
        (None, True, "the week, and days with hours of their own: 1"),
        (date(2027, 1, 23), True, "public holidays and make-up days are known until 2027-01-23"),
        (date(2026, 12, 31), None, "or add those of 2027 under [calendar.days]"),
    ],
)
def test_how_far_the_calendar_reaches(reach: date | None, *, right: bool | None, words: str) -> None:
    """Sixty days ahead is right; less is said, with the two ways out."""
    calendar = Calendar(ZoneInfo("Asia/Shanghai"), days={date(2026, 12, 24): ()}, known_until=reach)
    (what, verdict, said) = check_command._check_calendar(calendar, date(2026, 11, 24))
    assert (what, verdict) == ("calendar", right)
    assert said.endswith(words)


async def test_all_in_a_table(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing wrong is True, and the surveys follow; a wrong environment is told variable by variable; brackets are only brackets."""
    monkeypatch.setenv("HUIFANG_CONFIG", str(EXAMPLE))
    for name in ("HUIFANG_TOKEN", "HUIFANG_SECRET"):
        monkeypatch.delenv(name, raising=False)
    assert await check_command.check()
    shown = capsys.readouterr().out
    assert "ok" in shown
    assert shown.rstrip().endswith("nothing is wrong; 3 marked - above to look at")
    assert "what customers will see" not in shown
    assert await check_command.check(preview=True)
    shown = capsys.readouterr().out
    assert "[ 😡 1 ][ 🙁 2 ][ 😐 3 ][ 🙂 4 ][ 😍 5 ]" in shown
    assert "--- paths: 8" in shown
    monkeypatch.setenv("HUIFANG_RATE", "[/b]")
    monkeypatch.setenv("HUIFANG_LISTEN", "[red]x")
    assert not await check_command.check()
    shown = capsys.readouterr().out
    assert "HUIFANG_RATE: '[/b]' is not a number" in shown
    assert shown.rstrip().endswith("2 things are wrong: see above")
    assert "HUIFANG_LISTEN: '[red]x' is not host:port" in shown
