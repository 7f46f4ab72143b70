"""Prometheus metrics for /metrics, in the text exposition format."""

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

from bot.process.worker import Counters
from domain.cases.evidence import EvidenceState


def render_metrics(
    counters: Counters, owed: Mapping[str, int], parked: int, missing: Mapping[EvidenceState, int]
) -> bytes:
    """The counters of this process and the row counts of the database, in the text exposition format."""
    registry = CollectorRegistry()
    totals = {
        "huifang_events": ("Events handled by this process", counters.handled),
        "huifang_batches": ("Transactions they shared", counters.batches),
        "huifang_failures": ("Events that failed at least once", counters.failed),
    }
    for name, (meaning, value) in totals.items():
        Counter(name, meaning, registry=registry).inc(value)
    rows = Gauge("huifang_outbox_rows", "Calls to Telegram by state", ["state"], registry=registry)
    for state in ("owed", "held", "failed"):
        rows.labels(state).set(owed.get(state, 0))
    Gauge("huifang_parked_events", "Events set aside after five failures", registry=registry).set(parked)
    files = Gauge("huifang_evidence_files", "Files of cases that are not kept, by state", ["state"], registry=registry)
    for state, count in missing.items():
        files.labels(state.value).set(count)
    return generate_latest(registry)
