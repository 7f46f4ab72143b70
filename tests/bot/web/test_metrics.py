"""What Prometheus reads."""

from datetime import UTC, datetime, timedelta

from prometheus_client.parser import text_string_to_metric_families

from bot.process.measures import BOUNDS_SECONDS, Counters, ProcessReading, SendingMeasures
from bot.web.metrics import OUTCOMES, render_metrics
from bot.web.readings import RowsReading
from domain.cases.evidence import EvidenceState
from storage.queue.outbox import Priority

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
ROWS = RowsReading(NOW, "sqlite")


def read(process: ProcessReading, rows: RowsReading) -> dict[tuple[str, ...], float]:
    """Every sample of ours, by its name and labels."""
    families = text_string_to_metric_families(render_metrics(process, rows).decode())
    return {
        (sample.name, *(sample.labels[label] for label in sorted(sample.labels, reverse=True))): sample.value
        for family in families
        for sample in family.samples
        if sample.name.startswith("huifang_")
    }


def test_what_a_process_says_of_itself() -> None:
    """By the format's own parser: counts, and how long things took; zero where there is nothing."""
    counters = Counters(handled=7, batches=3, failed=2, parked=1, missed=4)
    for seconds in (0.0005, 0.002, 0.002, 90):
        counters.commits.observe(seconds)
    sending = SendingMeasures()
    sending.outcomes["flood"] = 3
    sending.deliveries[Priority.BROADCAST].observe(0.3)
    figures = read(ProcessReading(counters, sending, is_leader=True, waiting_events=8, outage_seconds=2.5), ROWS)
    expected = {
        ("huifang_events_total",): 7,
        ("huifang_batches_total",): 3,
        ("huifang_failures_total",): 2,
        ("huifang_events_parked_total",): 1,
        ("huifang_deadlines_missed_total",): 4,
        ("huifang_leader",): 1,
        ("huifang_ready",): 0,
        ("huifang_waiting_events",): 8,
        ("huifang_telegram_outage_seconds",): 2.5,
        ("huifang_telegram_calls_total", "flood"): 3,
        ("huifang_telegram_calls_total", "accepted"): 0,
        ("huifang_event_commit_seconds_bucket", "0.001"): 1,
        ("huifang_event_commit_seconds_bucket", "0.0025"): 3,
        ("huifang_event_commit_seconds_bucket", "60.0"): 3,
        ("huifang_event_commit_seconds_bucket", "+Inf"): 4,
        ("huifang_event_commit_seconds_count",): 4,
        ("huifang_event_commit_seconds_sum",): 90.0045,
        ("huifang_delivery_seconds_bucket", "broadcast", "0.25"): 0,
        ("huifang_delivery_seconds_bucket", "broadcast", "0.5"): 1,
        ("huifang_delivery_seconds_count", "people"): 0,
    }
    assert {key: figures[key] for key in expected} == expected
    assert sum(key[0] == "huifang_telegram_calls_total" for key in figures) == len(OUTCOMES)
    assert sum(key[0] == "huifang_transaction_seconds_bucket" for key in figures) == len(BOUNDS_SECONDS) + 1


def test_what_the_rows_say() -> None:
    """Counts by state, and ages at the bot's clock; a backup's moment as Prometheus writes moments."""
    rows = RowsReading(
        NOW,
        "postgresql",
        backlog={"owed": 5, "failed": 1},
        oldest={Priority.PEOPLE: NOW - timedelta(seconds=9), Priority.STAFF: NOW + timedelta(seconds=1)},
        parked=4,
        waiting_lanes=2,
        overdue=3,
        next_timer=NOW - timedelta(minutes=1),
        last_backup=NOW,
        backup_fails=True,
        missing_files={EvidenceState.WAITING: 6},
    )
    figures = read(ProcessReading(Counters()), rows)
    expected = {
        ("huifang_outbox_rows", "owed"): 5,
        ("huifang_outbox_rows", "held"): 0,
        ("huifang_outbox_rows", "failed"): 1,
        ("huifang_outbox_oldest_seconds", "people"): 9,
        ("huifang_outbox_oldest_seconds", "staff"): 0,
        ("huifang_outbox_oldest_seconds", "broadcast"): 0,
        ("huifang_parked_events",): 4,
        ("huifang_waiting_lanes",): 2,
        ("huifang_overdue_deadlines",): 3,
        ("huifang_timer_lag_seconds",): 60,
        ("huifang_backup_last_success_timestamp_seconds",): NOW.timestamp(),
        ("huifang_backup_failing",): 1,
        ("huifang_evidence_files", "waiting"): 6,
    }
    assert {key: figures[key] for key in expected} == expected
    (build,) = [key for key in figures if key[0] == "huifang_build_info"]
    assert "postgresql" in build


def test_every_figure_has_a_meaning() -> None:
    """Rendering twice collides with nothing; names follow the conventions: a total only grows, seconds are seconds."""
    for _ in range(2):
        families = list(text_string_to_metric_families(render_metrics(ProcessReading(Counters()), ROWS).decode()))
        assert all(family.documentation for family in families)
    for family in families:
        totals = [sample.name for sample in family.samples if sample.name.endswith("_total")]
        assert bool(totals) == (family.type == "counter"), family.name
        assert not family.name.endswith(("_ms", "_minutes", "_count"))
