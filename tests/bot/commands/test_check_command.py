"""`huifang check`: the table, the surveys below it, and the verdict."""

import pytest

from bot.commands.check_command import check
from tests.harness.in_process import EXAMPLE


async def test_all_in_a_table(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing wrong is True, and the surveys follow; a wrong environment is told variable by variable; brackets are only brackets."""
    monkeypatch.setenv("HUIFANG_CONFIG", str(EXAMPLE))
    for name in ("HUIFANG_TOKEN", "HUIFANG_SECRET"):
        monkeypatch.delenv(name, raising=False)
    assert await check()
    shown = capsys.readouterr().out
    assert "ok" in shown
    assert shown.rstrip().endswith("nothing is wrong; 4 marked - above to look at")
    assert "what customers will see" not in shown
    assert await check(preview=True)
    shown = capsys.readouterr().out
    assert "[ 😡 1 ][ 🙁 2 ][ 😐 3 ][ 🙂 4 ][ 😍 5 ]" in shown
    assert "--- paths: 8" in shown
    monkeypatch.setenv("HUIFANG_RATE", "[/b]")
    monkeypatch.setenv("HUIFANG_LISTEN", "[red]x")
    assert not await check()
    shown = capsys.readouterr().out
    assert "HUIFANG_RATE: '[/b]' is not a number" in shown
    assert shown.rstrip().endswith("2 things are wrong: see above")
    assert "HUIFANG_LISTEN: '[red]x' is not host:port" in shown
