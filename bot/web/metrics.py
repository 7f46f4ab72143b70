"""Prometheus metrics for /metrics, in the text exposition format. A metric is a line in `_describe_process` or `_describe_rows`.

Names follow Prometheus' conventions: base units, `_total` for what only grows, `_seconds` and `_timestamp_seconds` for times;
docs/monitoring.md says what each is.
"""

import platform
from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib.metadata import version
from itertools import accumulate

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.process.measures import BOUNDS_SECONDS, Histogram, ProcessReading
from bot.web.readings import RowsReading
from storage.queue.outbox import Priority

OUTCOMES = ("accepted", "flood", "unreached", "gone", "refused")


class _Readings(Collector):
    """What was read, as the library wants it."""

    def __init__(self, process: ProcessReading, rows: RowsReading) -> None:
        self._process, self._rows = process, rows

    def collect(self) -> Iterator[Metric]:
        yield from _describe_process(self._process)
        yield from _describe_rows(self._rows)


def render_metrics(process: ProcessReading, rows: RowsReading) -> bytes:
    """Everything in the text exposition format, the process's own memory and CPU included."""
    registry = CollectorRegistry()
    registry.register(_Readings(process, rows))
    ProcessCollector(registry=registry)
    return generate_latest(registry)


def _describe_process(process: ProcessReading) -> Iterator[Metric]:
    counters, sending = process.counters, process.sending
    yield _gauge("huifang_ready", "Whether this process does its work, as /readyz says", process.is_ready)
    yield _gauge("huifang_leader", "Whether this process sends and polls", process.is_leader)
    yield CounterMetricFamily("huifang_events", "Events handled by this process", counters.handled)
    yield CounterMetricFamily("huifang_batches", "Transactions they shared", counters.batches)
    yield CounterMetricFamily("huifang_failures", "Events that failed at least once", counters.failed)
    yield CounterMetricFamily("huifang_events_parked", "Events set aside after five failures", counters.parked)
    yield CounterMetricFamily("huifang_deadlines_missed", "Deadlines of cases that were passed", counters.missed)
    commit = "From an event's arrival (a press, a message) until it is committed, and Telegram hears so"
    yield _histogram("huifang_event_commit_seconds", commit, {"": counters.commits})
    yield _histogram("huifang_transaction_seconds", "Transactions with events in them", {"": counters.transactions})
    delivery = "From the arrival of what caused a message until Telegram has accepted it"
    by_priority = {priority.name.lower(): sending.deliveries[priority] for priority in Priority}
    yield _histogram("huifang_delivery_seconds", delivery, by_priority, label="priority")
    yield _histogram("huifang_telegram_call_seconds", "Calls of the Bot API, until their answer", {"": sending.calls})
    calls = CounterMetricFamily(
        "huifang_telegram_calls", "Calls of the Bot API by outcome; flood is 429", labels=["outcome"]
    )
    for outcome in OUTCOMES:
        calls.add_metric([outcome], sending.outcomes[outcome])
    yield calls
    outage = "For how long the Bot API has answered nothing; 0 while it answers"
    yield _gauge("huifang_telegram_outage_seconds", outage, process.outage_seconds)
    late = "For how long no update could be asked for; 0 with a webhook"
    yield _gauge("huifang_updates_late_seconds", late, process.updates_late_seconds)
    yield _gauge("huifang_waiting_events", "Events in memory that wait for a transaction", process.waiting_events)
    yield _gauge("huifang_waiting_calls", "Calls in memory that wait for their turn", process.waiting_calls)


def _describe_rows(rows: RowsReading) -> Iterator[Metric]:
    build = GaugeMetricFamily("huifang_build_info", "Which release this is", labels=["version", "python", "database"])
    build.add_metric([version("huifang"), platform.python_version(), rows.engine], 1)
    yield build
    states = {state: rows.backlog.get(state, 0) for state in ("owed", "held", "failed")}
    yield _gauges("huifang_outbox_rows", "Calls to Telegram by state", "state", states)
    ages = {p.name.lower(): _measure_age(rows.now, rows.oldest.get(p)) for p in Priority}
    yield _gauges(
        "huifang_outbox_oldest_seconds", "Age of the oldest call that is owed; 0 if none is", "priority", ages
    )
    yield _gauge("huifang_parked_events", "Events set aside after five failures", rows.parked)
    lanes = "Conversations in which an event that failed is tried again"
    yield _gauge("huifang_waiting_lanes", lanes, rows.waiting_lanes)
    yield _gauge("huifang_overdue_deadlines", "Deadlines of open cases that are passed now", rows.overdue)
    lag = "For how long the oldest timer is due; 0 if none is"
    yield _gauge("huifang_timer_lag_seconds", lag, _measure_age(rows.now, rows.next_timer))
    backup = "When the last good backup was made; 0 if there is none"
    at = rows.last_backup.timestamp() if rows.last_backup is not None else 0
    yield _gauge("huifang_backup_last_success_timestamp_seconds", backup, at)
    yield _gauge(
        "huifang_backup_failing",
        "Whether the last scheduled backup could not be written or uploaded",
        rows.backup_fails,
    )
    files = {state.value: count for state, count in rows.missing_files.items()}
    yield _gauges("huifang_evidence_files", "Files of cases that are not kept, by state", "state", files)


def _measure_age(now: datetime, since: datetime | None) -> float:
    return max((now - since).total_seconds(), 0) if since is not None else 0


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(name, meaning, float(value))


def _gauges(name: str, meaning: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, meaning, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family


def _histogram(name: str, meaning: str, series: Mapping[str, Histogram], label: str = "") -> Metric:
    family = HistogramMetricFamily(name, meaning, labels=[label] if label else [])
    bounds = [*map(str, BOUNDS_SECONDS), "+Inf"]
    for key, histogram in series.items():
        buckets = list(zip(bounds, accumulate(histogram.counts), strict=True))
        family.add_metric([key] if label else [], buckets, histogram.sum)
    return family
