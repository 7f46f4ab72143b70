"""The command line: exit 0 done, 1 failed with clear lines and no traceback, 2 wrong usage."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands.cli import main
from handlers.deliveries import deliveries as intake
from handlers.turns.services import Services
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.people import tokens
from tests.harness.bot_process import SECRET, run_huifang
from tests.harness.in_process import BOT, COMPANY, make_delivery
from texts import Texts

COMMANDS = (
    "run",
    "playground",
    "init",
    "wording",
    "check",
    "migrate",
    "import",
    "export",
    "link",
    "api-token",
    "manager-code",
    "totals",
    "parked",
    "undelivered",
    "backup",
    "restore",
    "erase",
    "rotate-key",
)


@dataclass
class Shell:
    """The command line in a folder of its own, in this process; `env` is all of its environment."""

    folder: Path
    env: dict[str, str] = field(default_factory=dict)

    def __call__(self, *arguments: str, given: str = "") -> Result:
        hidden = {key: "" for key in os.environ if key.startswith("HUIFANG_")} | {"LC_ALL": "C.UTF-8"}
        result = CliRunner().invoke(main, arguments, env=hidden | self.env, input=given, catch_exceptions=False)
        assert "Traceback" not in result.output
        return result

    def fails(self, *arguments: str) -> list[str]:
        """The lines in which a command says why it failed."""
        result = self(*arguments)
        assert result.exit_code == 1, result.output
        return [line for line in result.stderr.splitlines() if line]

    @property
    def database(self) -> Database:
        return Database(self.env["HUIFANG_DATABASE"], Keyring([SECRET]))


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    env = {
        "HUIFANG_CONFIG": str(tmp_path / "huifang.toml"),
        "HUIFANG_DATABASE": f"sqlite+aiosqlite:///{tmp_path / 'huifang.db'}",
        "HUIFANG_SECRET": SECRET,
    }
    return Shell(tmp_path, env)


@pytest.fixture
def used_file(tmp_path: Path, template: Path) -> None:
    """The database is there already, as it is where a bot runs: what is tried is the command, not the migrations before it."""
    shutil.copyfile(template, tmp_path / "huifang.db")


USED = pytest.mark.usefixtures("used_file")


# --- usage -----------------------------------------------------------------------------------------------------------


def test_every_command_is_listed_and_explains_itself(shell: Shell) -> None:
    """--help of each, and a summary of all but what is for demonstrations."""
    listed = shell("--help").output
    assert {name for name, command in main.commands.items() if not command.hidden} == set(COMMANDS)
    assert "for demonstrations" in shell("load-past", "--help").output
    assert "load-past" not in listed
    for name in COMMANDS:
        assert name in listed
        result = shell(name, "--help")
        assert (result.exit_code, "Usage:" in result.output) == (0, True)
    for name in ("create", "list", "revoke"):
        assert shell("api-token", name, "-h").exit_code == 0
    assert re.search(r"huifang, version \d", shell("--version").output)


def test_a_past_is_loaded_once(shell: Shell) -> None:
    """Into an empty database; a second time it says why not, and a line that cannot be read is named."""
    shell("init", "--yes")
    past = '{"is": "person", "account": 5, "name": "Anna", "language": "en", "since": "2026-01-01T00:00:00Z"}\n'
    assert shell("load-past", "-", given="nonsense").output.startswith("Error: line 1: ")
    loaded = shell("load-past", "-", given=past)
    assert (loaded.exit_code, loaded.output) == (0, "1 rows\n")
    again = shell("load-past", "-", given=past)
    assert (again.exit_code, "empty database only" in again.output) == (1, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["run", "--fast"],
        ["link"],
        ["link", "a", "b"],
        ["import"],
        ["import", "/no/such/file.csv"],
        ["import", str(Path(__file__).parent)],
        ["import", __file__, "--source", " "],
        ["import", __file__, "--source", "x" * 65],
        ["api-token", "create"],
        ["api-token", "rename", "x"],
        ["playground", "--port", "high"],
        ["link", "SF1", "--qr", "code.gif"],
        ["export", "2026-10"],
        ["export", "2026-10", "-o", "export.pdf"],
        ["export", "2026-10", "-o", "export"],
    ],
)
def test_wrong_usage_is_exit_2(shell: Shell, arguments: list[str]) -> None:
    """With a line that says what is wrong."""
    result = shell(*arguments)
    assert result.exit_code == 2
    assert "Error: " in result.stderr


# --- init and check --------------------------------------------------------------------------------------------------


def test_what_init_writes_passes_check(shell: Shell) -> None:
    """Without a question, into a folder that is not there yet."""
    shell.env["HUIFANG_CONFIG"] = str(shell.folder / "new" / "huifang.toml")
    assert shell("init", "--yes").exit_code == 0
    checked = shell("check")
    assert checked.exit_code == 0
    assert "6 departments, 5 categories" in checked.output
    assert "huifang.db is not there yet: the first `huifang run` makes it" in " ".join(checked.output.split())
    assert "not looked at: HUIFANG_TOKEN is not set" in checked.output
    assert checked.output.rstrip().endswith("nothing is wrong; 3 marked - above to look at")
    assert shell("manager-code").exit_code == 0
    assert "reachable, migrations done" in shell("check").output


def test_init_keeps_a_secret(shell: Shell) -> None:
    """Written once, for its owner alone, and read by every command; it stays when all else is replaced. The environment goes before it."""
    given = shell.env.pop("HUIFANG_SECRET")
    assert "with a new secret" in shell("init", "--yes").output
    file = shell.folder / ".env"
    assert file.stat().st_mode & 0o777 == 0o600
    written = file.read_text()
    assert shell("api-token", "create", "erp").exit_code == 0
    assert "new secret" not in shell("init", "--yes", "--force").output
    assert file.read_text() == written
    assert "erp" in shell("api-token", "list").output
    shell.env["HUIFANG_SECRET"] = given
    assert shell.fails("api-token", "list")[0].startswith(
        "huifang: HUIFANG_SECRET: this database was sealed with another"
    )
    del shell.env["HUIFANG_SECRET"]
    file.write_text(written.replace("HUIFANG_TOKEN=", "HUIFANG_TOKEN=nonsense"))
    assert shell.fails("run")[0].startswith("huifang: HUIFANG_TOKEN: does not look like a bot token")


def test_init_overwrites_nothing(shell: Shell) -> None:
    """An own company file stays; --force replaces it, and an own survey stays unless forced."""
    path, survey = shell.folder / "huifang.toml", shell.folder / "surveys" / "delivery.yaml"
    path.write_text("own")
    assert shell.fails("init", "--yes") == [f"Error: {path} exists; edit it, or replace it with --force"]
    assert path.read_text() == "own"
    path.unlink()
    survey.parent.mkdir()
    survey.write_text("own")
    assert shell("init", "--yes").exit_code == 0
    assert survey.read_text() == "own"
    assert shell("init", "--yes", "--force").exit_code == 0
    assert survey.read_text() != "own"


def test_check_says_everything_that_is_wrong(shell: Shell) -> None:
    """A table row each, with markup-like words as they are; exit 1."""
    shell("init", "--yes")
    path = shell.folder / "huifang.toml"
    line = path.read_text().split('"CN"')[0].count("\n") + 1
    path.write_text(path.read_text().replace('"CN"', '"XX"').replace("surveys/delivery.yaml", "surveys/[b]none.yaml"))
    shell.env["HUIFANG_DATABASE"] = f"sqlite+aiosqlite:///{shell.folder}/none/huifang.db"
    result = shell("check")
    words = " ".join(result.output.split())
    assert result.exit_code == 1
    assert "company.phone_region: 'XX' is no region" in words
    assert "there is no such survey file; write it, or correct its name in [survey]" in words
    assert "none/huifang.db: its folder is not there, or cannot be written" in words
    assert f"{path}:{line}:" in result.output.replace(" ", "").replace("\n", "")
    shell.env["HUIFANG_RATE"] = "fast"
    assert "HUIFANG_RATE" in shell("check").output


# --- what goes wrong -------------------------------------------------------------------------------------------------


def test_nothing_is_set(shell: Shell) -> None:
    """Every variable that is missing is named, at once."""
    shell.env = {}
    assert [line.partition(" is required")[0] for line in shell.fails("run")] == [
        "huifang: HUIFANG_TOKEN:",
        "huifang: HUIFANG_SECRET:",
    ]
    for arguments in (["api-token", "list"], ["link", "x"], ["manager-code"]):
        assert shell.fails(*arguments)[0].startswith("huifang: HUIFANG_SECRET: is required")
    shell.env["HUIFANG_SECRET"] = " , "
    assert shell.fails("manager-code")[0].startswith("huifang: HUIFANG_SECRET: is required")


def test_a_wrong_secret(shell: Shell) -> None:
    """Every command that needs the database refuses it, and `check` names it; a weak one is refused before."""
    shell("init", "--yes")
    assert shell("api-token", "create", "erp").exit_code == 0
    shell.env |= {"HUIFANG_SECRET": "0c" + SECRET[2:], "HUIFANG_TOKEN": "1:a"}
    why = "HUIFANG_SECRET: this database was sealed with another secret; put that one back"
    for arguments in (["api-token", "list"], ["manager-code"], ["totals"], ["run"]):
        assert shell.fails(*arguments)[0].startswith(f"huifang: {why}")
    checked = shell("check")
    assert checked.exit_code == 1
    assert why in " ".join(checked.output.split())
    shell.env["HUIFANG_SECRET"] = "a secret"
    assert shell.fails("run")[0].startswith("huifang: HUIFANG_SECRET: has 8 characters, and needs 32; make one")


@pytest.mark.parametrize("arguments", [["run"], ["link", "x"]])
def test_no_company_file(shell: Shell, arguments: list[str]) -> None:
    """One line, with the way out."""
    shell.env["HUIFANG_TOKEN"] = "1:a"
    path = shell.folder / "huifang.toml"
    assert shell.fails(*arguments) == [f"huifang: {path}: there is no such file; `huifang init` writes one"]


@pytest.mark.parametrize("arguments", [["run"], ["link", "x"], ["api-token", "list"], ["api-token", "create", "x"]])
@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("nonsense", "huifang: HUIFANG_DATABASE: is no SQLAlchemy URL; "),
        ("mysql://x", "huifang: HUIFANG_DATABASE: the driver 'mysql' is not supported; "),
        (
            "sqlite+aiosqlite:////no/such/folder/huifang.db",
            "huifang: HUIFANG_DATABASE: /no/such/folder/huifang.db: unable to open database file; is its folder there",
        ),
        (
            "postgresql+asyncpg://u:secret@127.0.0.1:1/d",
            "huifang: HUIFANG_DATABASE: 127.0.0.1:1: nothing listens there; ",
        ),
        (
            "postgresql+asyncpg://u:secret@no-such-host.invalid/d",
            "huifang: HUIFANG_DATABASE: no-such-host.invalid:5432: ",
        ),
    ],
)
def test_a_database_that_cannot_be_used(shell: Shell, arguments: list[str], url: str, why: str) -> None:
    """One line, without the password."""
    shell("init", "--yes")
    shell.env |= {"HUIFANG_TOKEN": "1:a", "HUIFANG_DATABASE": url}
    (line,) = shell.fails(*arguments)
    assert line.startswith(why)
    assert "secret" not in line


def test_a_folder_that_cannot_be_written(shell: Shell) -> None:
    """The place of the company file is a file."""
    (shell.folder / "taken").write_text("")
    shell.env["HUIFANG_CONFIG"] = str(shell.folder / "taken" / "huifang.toml")
    (line,) = shell.fails("init", "--yes")
    assert line.startswith("huifang: [Errno ")


def test_a_token_telegram_does_not_know(shell: Shell) -> None:
    """A real process against a local server: exit 1, one line, no traceback, no token; the first manager's code is not lost."""
    import asyncio

    from playground.server import serve

    async def refused() -> tuple[int, str, str]:
        async with serve(token="1:right", port=0) as server:
            env = {**os.environ, **shell.env, "HUIFANG_TOKEN": "1:wrong", "HUIFANG_BOT_API": server.url}
            return await run_huifang(["run"], env)

    shell("init", "--yes")
    code, out, err = asyncio.run(refused())
    assert code == 1
    assert "manager code" not in out  # it comes with the right token
    assert "Traceback" not in err
    assert "HUIFANG_TOKEN: Telegram does not know this token (Unauthorized); BotFather shows the right one" in err
    assert "1:wrong" not in err


# --- import ----------------------------------------------------------------------------------------------------------


@USED
def test_a_file_of_deliveries(shell: Shell) -> None:
    """One closing line on standard output; what cannot be read is one line and exit 1; a mapping of the company's is used."""
    shell("init", "--yes")
    path = shell.folder / "a.csv"
    path.write_text("Nr;签收时间;手机号\nSF1;2026/11/23 10:15;13800138000\nSF2;soon;1\n", "utf-8")
    (line,) = shell.fails("import", str(path))
    assert line == (
        f"Error: {path} has no column for waybill; its columns are: Nr, 签收时间, 手机号. "
        "Say in [import.columns] of huifang.toml which is which"
    )
    with (shell.folder / "huifang.toml").open("a") as company:
        company.write('[import.columns]\n"Nr." = "waybill"\n')
    done = shell("import", str(path), "--source", "wms")
    assert (done.exit_code, done.stderr) == (1, "")  # for scripts: a row was refused
    assert done.stdout == f"2 rows: 1 accepted, 0 unchanged, 0 updated, 1 refused; see {path}.rejected.csv\n"
    assert shell("import", str(path)).stdout.startswith("2 rows: 1 accepted")
    path.write_bytes(b"\xff")
    assert shell.fails("import", str(path)) == [
        f"Error: {path} is neither UTF-8 nor GB18030 text; save it as CSV UTF-8 or as XLSX"
    ]
    shell.env["HUIFANG_SECRET"] = ""
    assert shell.fails("import", str(path))[0].startswith("huifang: HUIFANG_SECRET: is required")


# --- tokens, codes, links --------------------------------------------------------------------------------------------


@USED
def test_tokens_are_created_listed_and_revoked(shell: Shell) -> None:
    """The token alone on standard output; a name is used once; a revoked one is refused."""
    created = shell("api-token", "create", "erp")
    token = created.stdout.strip()
    assert (created.exit_code, created.stdout) == (0, f"{token}\n")
    assert re.fullmatch(r"hf_[\w-]{43}", token)
    assert shell.fails("api-token", "create", "erp") == [
        "Error: there is a token called erp already; revoke it and choose another name"
    ]
    assert re.fullmatch(r"erp\tcreated \d{4}-\d\d-\d\d\tits own cases\tactive\n", shell("api-token", "list").stdout)
    assert shell("api-token", "create", "board", "--cases").exit_code == 0
    assert re.match(r"board\t.*\tall cases\tactive\n", shell("api-token", "list").stdout)
    assert _source(shell, token) == "erp"
    assert shell("api-token", "revoke", "erp").stdout == "revoked erp\n"
    assert "\trevoked 2" in shell("api-token", "list").stdout
    assert _source(shell, token) is None
    for name in ("erp", "wms"):
        (line,) = shell.fails("api-token", "revoke", name)
        assert line == f"Error: there is no active token called {name}; `huifang api-token list` shows them"
    assert token.encode() not in (shell.folder / "huifang.db").read_bytes()


def _source(shell: Shell, token: str) -> str | None:
    import asyncio

    async def ask() -> str | None:
        database = shell.database
        async with database.read() as tx:
            source = await tokens.find_source(tx, token)
        await database.close()
        return source

    return asyncio.run(ask())


@USED
def test_a_manager_code_can_be_made_anew(shell: Shell) -> None:
    """Ten letters and digits that cannot be mistaken for one another, another one each time."""
    codes = {shell("manager-code").stdout.strip() for _ in range(3)}
    assert len(codes) == 3
    assert all(re.fullmatch(r"[A-HJ-NP-Z2-9]{10}", code) for code in codes)


def _deliver(shell: Shell, *, named: bool) -> str | None:
    """A delivery is in the database; its link."""
    import asyncio

    from storage import installation
    from storage.engine import schema

    async def put() -> str | None:
        database = shell.database
        await schema.migrate(database)
        services = Services(COMPANY, {}, Texts(), database.keyring, {}, BOT, lambda: 7)
        async with database.begin() as tx:
            (result,) = await intake.ingest_items(
                tx, services, "erp", [make_delivery()], datetime(2026, 11, 23, tzinfo=UTC)
            )
            if named:
                await installation.put(tx, "bot", BOT)
        await database.close()
        return result.link

    return asyncio.run(put())


@USED
@pytest.mark.parametrize(("name", "magic"), [("code.png", b"\x89PNG\r\n\x1a\n"), ("code.SVG", b"<?xml")])
def test_a_link_and_its_code(shell: Shell, name: str, magic: bytes) -> None:
    """The link alone on standard output, and a picture of the kind that the file's name says."""
    shell("init", "--yes")
    _deliver(shell, named=True)
    result = shell("link", "SF1", "--qr", str(shell.folder / name))
    assert result.exit_code == 0
    assert re.fullmatch(rf"https://t\.me/{BOT}\?start=d[\w-]{{32}}\n", result.stdout)
    assert (shell.folder / name).read_bytes().startswith(magic)
    assert shell.fails("link", "SF2") == ["Error: there is no delivery SF2; send it to POST /api/v1/deliveries first"]


def test_a_link_before_the_bot_ran(shell: Shell) -> None:
    """Telegram is asked for the bot's name; where it cannot be reached or does not know us, one line says so."""
    shell("init", "--yes")
    _deliver(shell, named=False)
    for more in ({}, {"HUIFANG_TOKEN": "1:a", "HUIFANG_BOT_API": "http://127.0.0.1:1"}):
        shell.env |= more
        (line,) = shell.fails("link", "SF1")
        assert line.startswith(
            "huifang: HUIFANG_BOT_API: the bot has not run yet, and Telegram does not say its name ("
        )


def test_check_when_telegram_does_not_answer(shell: Shell) -> None:
    """The row is wrong, the others are told all the same."""
    shell("init", "--yes")
    shell.env |= {"HUIFANG_TOKEN": "1:a", "HUIFANG_BOT_API": "http://127.0.0.1:1"}
    result = shell("check")
    assert result.exit_code == 1
    words = " ".join(result.output.split())
    assert "check HUIFANG_BOT_API and the network" in words
    assert "huifang.db is not there yet" in words
    assert words.endswith("1 thing is wrong: see above")


def test_the_module_is_the_command() -> None:
    """`python -m bot` and `huifang` are one."""
    command = [sys.executable, "-m", "bot", "--version"]
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout.startswith("huifang, version")


# --- exports ---------------------------------------------------------------------------------------------------------


@USED
@pytest.mark.parametrize(
    ("output", "files"),
    [
        ("x.xlsx", ["x.xlsx"]),
        ("x.zip", ["x.zip"]),
        ("x.csv", ["x.csv"]),
        ("all/", ["all/responses.csv", "all/figures.csv"]),
    ],
)
def test_an_export_of_an_empty_company(shell: Shell, output: str, files: list[str]) -> None:
    """The form follows the name; the closing line says how many rows; what was there before is replaced."""
    shell("init", "--yes")
    for _ in range(2):
        result = shell("export", "2026-10", "-o", f"{shell.folder}/{output}")
        assert result.exit_code == 0, result.output
        assert result.stdout.startswith("0 rows: ")
    assert all((shell.folder / one).stat().st_size > 10 for one in files)


@USED
def test_what_an_export_cannot_do_is_told(shell: Shell) -> None:
    """A period that nobody knows is wrong usage; a folder that is not there, a department that nobody has are failures."""
    shell("init", "--yes")
    result = shell("export", "tomorrow", "-o", f"{shell.folder}/x.xlsx")
    assert result.exit_code == 2
    assert "tomorrow" in result.stderr
    assert "there is no such folder" in shell.fails("export", "-o", f"{shell.folder}/no/x.xlsx")[0]
    assert "nowhere" in shell.fails("export", "-o", f"{shell.folder}/x.xlsx", "--department", "nowhere")[0]
