"""Virus scan: the operator's command is given a file, and its exit status says what it is, as ClamAV's does."""

import asyncio
import shutil
import tempfile
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from pathlib import Path

CLEAN, INFECTED = 0, 1
LONGEST_SECONDS = 300.0
"""Seconds after which a command is ended."""

_PREFIX = "huifang-scan-"


class ScanError(Exception):
    """It cannot be said whether a file is infected; the message says why."""


def remove_left_folders(before: float) -> None:
    """Remove what processes left behind that were killed before this moment (seconds since 1970)."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):  # another user's, or gone by now
            if folder.stat().st_mtime < before:
                shutil.rmtree(folder)


async def is_infected(command: Sequence[str], pieces: AsyncIterator[bytes], suffix: str) -> bool:
    """Whether the command finds something in a file; meanwhile the file is in a folder of its owner's alone, and nowhere afterwards.

    Raises:
        ScanError: when the command cannot be run, takes too long, or says neither.
    """
    with tempfile.TemporaryDirectory(prefix=_PREFIX) as folder:
        path = Path(folder) / f"file.{suffix or 'bin'}"
        with path.open("wb") as file:
            async for piece in pieces:
                await asyncio.to_thread(file.write, piece)
        status, said = await _run([*command, str(path)])
    if status not in {CLEAN, INFECTED}:
        raise ScanError(f"{command[0]}: exit status {status}: {said}")
    return status == INFECTED


async def _run(command: Sequence[str]) -> tuple[int, str]:
    """The exit status, and the end of what it complained of. Raises ScanError."""
    try:
        process = await asyncio.create_subprocess_exec(*command, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE)
    except OSError as error:
        raise ScanError(f"{command[0]} cannot be run ({error})") from error
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            _, complaints = await process.communicate()
    except TimeoutError:
        raise ScanError(f"{command[0]} took too long") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return process.returncode or 0, complaints.decode(errors="replace").strip()[-200:]
