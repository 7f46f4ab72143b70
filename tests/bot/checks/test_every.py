"""All checks together."""

import pytest

from bot.checks.every import check_everything
from bot.checks.finding import State
from tests.harness.in_process import EXAMPLE


async def test_every_mistake_is_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the environment keep everything else from being looked at; those of the company file do not."""
    monkeypatch.setenv("HUIFANG_CONFIG", "/no/such/file")
    for name in ("HUIFANG_TOKEN", "HUIFANG_SECRET"):
        monkeypatch.delenv(name, raising=False)
    findings, company = await check_everything()
    assert company is None
    assert findings[0].state is State.WRONG
    assert findings[0].said == "/no/such/file: there is no such file; `huifang init` writes one"
    assert {"database", "token"} <= {finding.what for finding in findings}
    monkeypatch.setenv("HUIFANG_CONFIG", str(EXAMPLE))
    findings, company = await check_everything()
    assert company is not None
    assert State.WRONG not in {finding.state for finding in findings}
    monkeypatch.setenv("HUIFANG_RATE", "quick")
    monkeypatch.setenv("HUIFANG_LISTEN", "nowhere")
    findings, _ = await check_everything()
    assert [finding.what for finding in findings] == ["environment", "environment"]
