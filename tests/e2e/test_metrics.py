"""The metrics of the real process, and everything that names them: rules, dashboard, handbook."""

import re
from pathlib import Path

import aiohttp
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families

from tests.harness.stage import StoryStage

ROOT = Path(__file__).parents[2]
NAMING = [
    *(ROOT / "deploy" / "monitoring" / name for name in ("rules.yaml", "dashboard.json", "rules.test.yaml")),
    *(ROOT / "docs" / name for name in ("monitoring.md", "monitoring.zh-CN.md")),
]
NAME = re.compile(r"\b(?:huifang|process)_[a-z_]*[a-z]\b(?![\"/.])")


async def scrape(stage: StoryStage) -> list[Metric]:
    async with aiohttp.ClientSession() as session, session.get(f"{stage.bot.url}/metrics") as response:
        assert response.status == 200
        return list(text_string_to_metric_families(await response.text()))


async def test_what_is_named_is_there(stage: StoryStage) -> None:
    """Every name in rules, dashboard and handbook is a metric of the running process, and the handbook names every metric of ours."""
    families = await scrape(stage)
    samples = {sample.name for family in families for sample in family.samples}
    written = {family.name + ("_total" if family.type == "counter" else "") for family in families}
    for path in NAMING:
        named = {name for name in NAME.findall(path.read_text("utf-8")) if not name.endswith("_bot")}
        assert named - samples - written == set(), path.name
        if path.suffix == ".md":
            assert {name for name in written if name.startswith("huifang_")} - named == set(), path.name


async def test_a_story_is_measured(stage: StoryStage) -> None:
    """Presses are committed and answered, calls accepted; one process leads; nothing is late."""
    await stage.rate_delivery(5)
    await stage.wait_until_quiet()
    figures = {
        (sample.name, *(sample.labels[label] for label in sorted(sample.labels))): sample.value
        for family in await scrape(stage)
        for sample in family.samples
    }
    commits = figures["huifang_event_commit_seconds_count",]
    assert commits == figures["huifang_events_total",] > 10
    assert 0 < figures["huifang_event_commit_seconds_sum",] / commits < 5
    assert figures["huifang_delivery_seconds_count", "people"] > 5
    assert figures["huifang_telegram_calls_total", "accepted"] > 10
    assert figures["huifang_telegram_calls_total", "flood"] == 0
    assert (figures["huifang_leader",], figures["huifang_ready",]) == (1, 1)
    assert figures["huifang_outbox_oldest_seconds", "people"] < 60
    assert figures["process_resident_memory_bytes",] > 1_000_000
