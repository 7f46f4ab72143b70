"""Processes of the bot, forked from one that has imported everything: a start costs a fork, and is a process of its own all the same.

A test run starts and kills hundreds of bots, and importing their modules would be most of its time. The forks are real processes: memory
and file descriptors of their own, ended by signals, waited for by the test run, which adopts them (Linux: `PR_SET_CHILD_SUBREAPER`).
"""

import asyncio
import ctypes
import gc
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
CAN_FORK = sys.platform == "linux"
"""Elsewhere each bot is started from the command line, as an operator starts it."""

EXAMPLE = Path(__file__).parents[2] / "bot" / "example" / "huifang.toml"

_NUMBER_BYTES = 8
_ADOPTED_SECONDS = 0.02


class ForkedProcess:
    """A fork, with what stories use of `asyncio.subprocess.Process`; `stdout` is read as there."""

    def __init__(self, pid: int, stdout: asyncio.StreamReader) -> None:
        self.pid, self.stdout = pid, stdout
        self.returncode: int | None = None
        self._loop = asyncio.get_running_loop()
        self._gone: asyncio.Future[int] = self._loop.create_future()
        self._fd = os.pidfd_open(pid)
        self._loop.add_reader(self._fd, self._end)

    def _end(self) -> None:
        """It has ended. One that was killed at its very start may not be adopted yet: it is asked for again."""
        self._loop.remove_reader(self._fd)
        try:
            _, status = os.waitpid(self.pid, 0)
        except ChildProcessError:
            self._loop.call_later(_ADOPTED_SECONDS, self._end)
            return
        os.close(self._fd)
        self.returncode = os.waitstatus_to_exitcode(status)
        self._gone.set_result(self.returncode)

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    async def wait(self) -> int:
        """Wait for the end; the exit code, of a signal its negative number."""
        return await asyncio.shield(self._gone)


async def fork_huifang(arguments: Sequence[str], environment: Mapping[str, str], err: int) -> ForkedProcess:
    """Run `huifang` with these arguments in a process of its own; what it complains of goes to the file `err`."""
    mine, its = os.pipe()
    pid = _start_forker().fork(arguments, environment, its, err)
    os.close(its)
    reader = asyncio.StreamReader()
    pipe = os.fdopen(mine, "rb", 0)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), pipe)
    return ForkedProcess(pid, reader)


@cache
def _start_forker() -> "_Forker":
    """The process that forks: one for each process of the test run."""
    return _Forker()


class _Forker:
    def __init__(self) -> None:
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        self._socket, its = socket.socketpair()
        environment = {key: value for key, value in os.environ.items() if not key.startswith("HUIFANG_")}
        command = [sys.executable, "-m", "tests.harness.forks", str(its.fileno())]
        self._process = subprocess.Popen(command, pass_fds=[its.fileno()], env=environment)
        its.close()

    def fork(self, arguments: Sequence[str], environment: Mapping[str, str], out: int, err: int) -> int:
        wish = json.dumps([list(arguments), dict(environment)]).encode()
        socket.send_fds(self._socket, [len(wish).to_bytes(_NUMBER_BYTES, "big")], [out, err])
        self._socket.sendall(wish)
        return int.from_bytes(_read(self._socket, _NUMBER_BYTES), "big")


def _read(connection: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = connection.recv(count - len(data))
        if not more:
            raise EOFError
        data += more
    return data


def serve_forks(connection: socket.socket) -> None:
    """Fork for the test run until it is gone. A fork's parent ends at once, so that the test run adopts the fork."""
    while True:
        head, fds, _, _ = socket.recv_fds(connection, _NUMBER_BYTES, 2)
        if not head:
            return
        arguments, environment = json.loads(_read(connection, int.from_bytes(head, "big")))
        parent = os.fork()
        if parent:
            os.waitpid(parent, 0)
            for fd in fds:
                os.close(fd)
            continue
        pid = os.fork()
        if pid:
            connection.sendall(pid.to_bytes(_NUMBER_BYTES, "big"))
            os._exit(0)
        connection.close()
        _become_huifang(arguments, environment, *fds)


def _become_huifang(arguments: list[str], environment: dict[str, str], out: int, err: int) -> None:
    from bot.commands.cli import main

    os.dup2(out, 1)
    os.dup2(err, 2)
    for fd in (out, err):
        os.close(fd)
    os.environ.clear()
    os.environ.update(environment)
    code = 1
    try:
        main(arguments, prog_name="huifang")
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 -- as the interpreter would
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _import_everything() -> None:
    """Import what a bot imports: with its own modules those that are imported when they are first used (calendars, plural rules)."""
    import bot.app  # noqa: F401 -- everything that a bot imports at its start
    from bot.company.company import load_company
    from texts import Texts

    load_company(EXAMPLE)
    Texts()
    gc.collect()
    gc.freeze()  # a fork neither looks through all this for garbage nor copies it by doing so


if __name__ == "__main__":
    _import_everything()
    serve_forks(socket.socket(fileno=int(sys.argv[1])))
