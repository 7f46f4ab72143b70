"""What Prometheus reads."""

from prometheus_client.parser import text_string_to_metric_families

from bot.process.worker import Counters
from bot.web.metrics import render_metrics
from domain.cases.evidence import EvidenceState


def test_every_figure_is_there() -> None:
    """By the format's own parser: counters of this process, rows of the database, zero where there is nothing."""
    counters = Counters(handled=7, batches=3, failed=2, parked=1)
    text = render_metrics(counters, {"owed": 5, "failed": 1}, 4, {EvidenceState.WAITING: 6}).decode()
    figures = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if not sample.name.endswith("_created")
    }
    assert figures == {
        ("huifang_events_total",): 7,
        ("huifang_batches_total",): 3,
        ("huifang_failures_total",): 2,
        ("huifang_outbox_rows", "owed"): 5,
        ("huifang_outbox_rows", "held"): 0,
        ("huifang_outbox_rows", "failed"): 1,
        ("huifang_parked_events",): 4,
        ("huifang_evidence_files", "waiting"): 6,
    }


def test_every_figure_has_a_meaning() -> None:
    """And rendering twice collides with nothing."""
    for _ in range(2):
        families = list(text_string_to_metric_families(render_metrics(Counters(), {}, 0, {}).decode()))
        assert all(family.documentation for family in families)
