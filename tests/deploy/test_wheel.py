"""The wheel, installed where there is no source tree: everything that the product draws, says and shows is inside."""

import asyncio
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from playground.people.client import TelegramClient
from playground.server import serve
from playground.shape.wire import Json
from tests.harness.bot_process import TOKEN

ROOT = Path(__file__).parents[2]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
START_SECONDS = 120
"""Many times what a start takes."""


@dataclass(frozen=True)
class Installed:
    """The command of a virtual environment that has the wheel, run in a folder of its own."""

    command: Path
    folder: Path
    environment: dict[str, str]

    def __call__(self, *arguments: str) -> str:
        return _run(str(self.command), *arguments, cwd=self.folder, env=self.environment)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Built and installed as a release is; its dependencies are those of the tests, without the editable install beside them."""
    built, home = tmp_path_factory.mktemp("dist"), tmp_path_factory.mktemp("venv")
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(built), cwd=ROOT)
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    (wheel,) = built.glob("huifang-*.whl")
    _run(sys.executable, "-m", "pip", "--python", str(python), "install", "--no-index", "--no-deps", str(wheel))
    own = Path(_run(str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    (own / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    bare = {key: value for key, value in os.environ.items() if not key.startswith(("HUIFANG_", "PYTHON"))}
    where = _run(str(python), "-c", "import bot; print(bot.__file__)", cwd=home, env=bare)
    assert Path(where.strip()).is_relative_to(home), where
    return Installed(home / "bin" / "huifang", tmp_path_factory.mktemp("company"), bare)


async def test_it_lives_without_the_source_tree(installed: Installed) -> None:
    """--version; init and check; a manager signs in and gets a picture; /readyz says yes; SIGTERM ends it."""
    assert installed("--version") == f"huifang, version {VERSION}\n"
    async with serve(token=TOKEN, port=0) as server, TelegramClient(server.url) as telegram:
        server.world.is_own_bot = lambda _pid: True
        installed("init", "--yes", "--preset", "trucking", "--language", "zh")
        assert "stands on a button" in installed("wording", "not-solved")
        installed("init", "--yes", "--force")
        env = installed.folder / ".env"
        env.write_text(env.read_text("utf-8").replace("HUIFANG_TOKEN=", f"HUIFANG_TOKEN={TOKEN}"), "utf-8")
        installed.environment.update(HUIFANG_BOT_API=server.url, HUIFANG_LISTEN="127.0.0.1:0")
        assert "nothing is wrong" in await asyncio.to_thread(installed, "check")
        assert await asyncio.to_thread(installed, "migrate") == "the database is up to date\n"
        process = await asyncio.create_subprocess_exec(
            installed.command, "run", cwd=installed.folder, env=installed.environment, stdout=asyncio.subprocess.PIPE
        )
        try:
            code, url = await _read_start(process)
            boss = await telegram.user("Boss")
            manager = telegram.private(boss)
            await manager.start(code)
            await manager.see("first manager")
            await manager.say("/summary")
            await telegram.wait_for(boss.id, _is_picture)
            async with aiohttp.ClientSession() as session, session.get(f"{url}/readyz") as response:
                assert response.status == 200, await response.text()
        finally:
            process.terminate()
            assert await process.wait() == 0


def _is_picture(message: Json) -> bool:
    return "photo" in message


async def _read_start(process: asyncio.subprocess.Process) -> tuple[str, str]:
    """The manager's code and where it listens, once it is ready."""
    assert process.stdout is not None
    said = ""
    async with asyncio.timeout(START_SECONDS):
        while not said.endswith("ready\n"):
            line = await process.stdout.readline()
            assert line, said
            said += line.decode()
    (code,), (url,) = re.findall(r"manager code: (\S+)", said), re.findall(r"listening on (\S+)", said)
    return code, url


def _run(*command: str, cwd: Path | None = None, env: dict[str, str] | None = None) -> str:
    """Its standard output. Raises AssertionError with all that it said when it fails."""
    ended = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"{' '.join(command)}: {ended.stdout}{ended.stderr}"
    return ended.stdout


def test_the_changelog_has_this_release() -> None:
    """The newest release in it is the version of the package, below what is not released yet."""
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[:2] == ["Unreleased", VERSION]
    assert re.fullmatch(r"\d+\.\d+\.\d+", VERSION)
