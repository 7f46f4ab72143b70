"""Generator of the Grafana dashboard: a row for each question that an operator has, a panel for each part of its answer."""  # noqa: INP001

import json
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 24, 7
SOURCE = {"type": "prometheus", "uid": "${source}"}


@dataclass(frozen=True)
class Panel:
    """`queries` by the legend of their lines; `unit` as Grafana names it; a single value where `is_stat`."""

    title: str
    queries: dict[str, str]
    unit: str = "short"
    is_stat: bool = False


def _quantile(share: float, histogram: str, more: str = "") -> str:
    by = "sum by (le) (rate"
    return f'histogram_quantile({share:g}, {by}({histogram}_bucket{{job="$job"{more}}}[$__rate_interval])))'


def _latency(histogram: str, more: str = "") -> dict[str, str]:
    """The usual and the unlucky."""
    return {f"p{share * 100:g}": _quantile(share, histogram, more) for share in (0.5, 0.95, 0.99)}


def _rate(counter: str) -> str:
    return f'sum(rate({counter}{{job="$job"}}[$__rate_interval]))'


def _most(gauge: str, more: str = "") -> str:
    """Of several replicas each says the same of the database."""
    return f'max({gauge}{{job="$job"{more}}})'


def _most_by(gauge: str, label: str) -> dict[str, str]:
    return {f"{{{{{label}}}}}": f'max by ({label}) ({gauge}{{job="$job"}})'}


ROWS: dict[str, tuple[Panel, ...]] = {
    "Is it alive?": (
        Panel("Processes that send", {"": 'sum(huifang_leader{job="$job"})'}, is_stat=True),
        Panel("Processes that are ready", {"": 'sum(huifang_ready{job="$job"})'}, is_stat=True),
        Panel("The Bot API is away for", {"": _most("huifang_telegram_outage_seconds")}, "s", is_stat=True),
        Panel("No update could be asked for since", {"": _most("huifang_updates_late_seconds")}, "s", is_stat=True),
        Panel("Release", {"{{version}}, {{database}}": 'huifang_build_info{job="$job"}'}, is_stat=True),
        Panel(
            "Started",
            {"{{instance}}": 'process_start_time_seconds{job="$job"} * 1000'},
            "dateTimeFromNow",
            is_stat=True,
        ),
    ),
    "Is it quick?": (
        Panel("From a press until it is safe", _latency("huifang_event_commit_seconds"), "s"),
        Panel(
            "From a press until Telegram has the answer",
            _latency("huifang_delivery_seconds", ', priority="people"'),
            "s",
        ),
        Panel("A transaction", _latency("huifang_transaction_seconds"), "s"),
        Panel("A call of the Bot API", _latency("huifang_telegram_call_seconds"), "s"),
        Panel(
            "Events a second", {"events": _rate("huifang_events_total"), "transactions": _rate("huifang_batches_total")}
        ),
        Panel(
            "Waiting in memory",
            {"events": _most("huifang_waiting_events"), "calls": _most("huifang_waiting_calls")},
        ),
    ),
    "Does everything arrive?": (
        Panel("Calls in the outbox", _most_by("huifang_outbox_rows", "state")),
        Panel("Age of the oldest that is owed", _most_by("huifang_outbox_oldest_seconds", "priority"), "s"),
        Panel(
            "Calls by outcome, a second",
            {"{{outcome}}": 'sum by (outcome) (rate(huifang_telegram_calls_total{job="$job"}[$__rate_interval]))'},
        ),
        Panel(
            "Notices of staff: until Telegram has them", _latency("huifang_delivery_seconds", ', priority="staff"'), "s"
        ),
    ),
    "Does anything wait for somebody?": (
        Panel("Refused by Telegram", {"": _most("huifang_outbox_rows", ', state="failed"')}, is_stat=True),
        Panel("Parked events", {"": _most("huifang_parked_events")}, is_stat=True),
        Panel("Conversations that wait for another attempt", {"": _most("huifang_waiting_lanes")}, is_stat=True),
        Panel("Deadlines that are passed now", {"": _most("huifang_overdue_deadlines")}, is_stat=True),
        Panel(
            "Failures, parked events and missed deadlines an hour",
            {
                "failures": 'sum(increase(huifang_failures_total{job="$job"}[1h]))',
                "parked": 'sum(increase(huifang_events_parked_total{job="$job"}[1h]))',
                "deadlines": 'sum(increase(huifang_deadlines_missed_total{job="$job"}[1h]))',
            },
        ),
        Panel("Files of cases that are not kept", _most_by("huifang_evidence_files", "state")),
    ),
    "Is it safe?": (
        Panel(
            "Since the last good backup",
            {"": f"time() - {_most('huifang_backup_last_success_timestamp_seconds')}"},
            "s",
            is_stat=True,
        ),
        Panel("Backups fail", {"": _most("huifang_backup_failing")}, is_stat=True),
        Panel("Timers are late by", {"": _most("huifang_timer_lag_seconds")}, "s", is_stat=True),
        Panel("Memory", {"{{instance}}": 'process_resident_memory_bytes{job="$job"}'}, "bytes"),
        Panel("CPU", {"{{instance}}": 'rate(process_cpu_seconds_total{job="$job"}[$__rate_interval])'}, "percentunit"),
    ),
}


def draw_dashboard() -> str:
    """The dashboard as Grafana imports it; it asks for the data source, and for the job by its name."""
    panels: list[dict[str, Any]] = []
    top = 0
    for title, row in ROWS.items():
        panels.append({"id": len(panels) + 1, "type": "row", "title": title, "gridPos": _place(0, top, WIDTH, 1)})
        top += 1
        for kind, height in ((True, 4), (False, HEIGHT)):
            chosen = [panel for panel in row if panel.is_stat is kind]
            width = WIDTH // min(max(len(chosen), 1), 6 if kind else 3)
            per_line = WIDTH // width
            for n, panel in enumerate(chosen):
                place = _place(n % per_line * width, top + n // per_line * height, width, height)
                panels.append({"id": len(panels) + 1, **_draw_panel(panel), "gridPos": place})
            top += -(-len(chosen) // per_line) * height
    job = {
        "name": "job",
        "label": "job",
        "type": "textbox",
        "query": "huifang",
        "current": {"text": "huifang", "value": "huifang"},
    }
    source = {"name": "source", "label": "data source", "type": "datasource", "query": "prometheus"}
    dashboard = {
        "uid": "huifang",
        "title": "Huifang",
        "tags": ["huifang"],
        "schemaVersion": 39,
        "refresh": "30s",
        "time": {"from": "now-6h", "to": "now"},
        "templating": {"list": [source, job]},
        "panels": panels,
    }
    return json.dumps(dashboard, ensure_ascii=False, indent=1) + "\n"


def _place(x: int, y: int, width: int, height: int) -> dict[str, int]:
    return {"x": x, "y": y, "w": width, "h": height}


def _draw_panel(panel: Panel) -> dict[str, Any]:
    targets = [
        {"refId": chr(ord("A") + n), "datasource": SOURCE, "expr": query, "legendFormat": legend or panel.title}
        for n, (legend, query) in enumerate(panel.queries.items())
    ]
    defaults = {"unit": panel.unit, "min": 0} if panel.unit != "dateTimeFromNow" else {"unit": panel.unit}
    return {
        "type": "stat" if panel.is_stat else "timeseries",
        "title": panel.title,
        "datasource": SOURCE,
        "fieldConfig": {"defaults": defaults, "overrides": []},
        "options": {"textMode": "name"} if panel.title == "Release" else {},
        "targets": targets,
    }
