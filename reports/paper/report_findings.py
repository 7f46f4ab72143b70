"""Findings as sentences, under the headings a reader looks for. `domain.figures.findings` decides what they say; the wording is added here."""

from collections.abc import Sequence
from functools import reduce

from domain.figures.breakdown import By
from domain.figures.findings import (
    Finding,
    Measure,
    OutlyingUnit,
    ProvenChange,
    SlippedStage,
    TargetFinding,
    TargetStanding,
    TooFew,
    UnprovenChange,
    VitalFew,
    WaitingComplaints,
)
from reports.paper.report_numbers import (
    format_cell,
    format_count,
    format_fine_percent,
    format_interval,
    format_n_cell,
    format_number,
    join_list,
)
from reports.pictures.typesetting import Drawing, make_drawable_line
from reports.wording.wording import RenderText, format_span

_HEADS = ("worse", "missed", "better", "reached", "look", "open-target", "unproven", "few")
_TONES = {"worse": "bad", "missed": "bad", "better": "good", "reached": "good"}
_AIMED = {
    TargetStanding.MISSED: "missed",
    TargetStanding.REACHED: "reached",
    TargetStanding.UNDER: "open-target",
    TargetStanding.OVER: "open-target",
    TargetStanding.UNKNOWN: "few",
}
_TOGETHER = frozenset({"unproven", "few"})
"""Headings whose sentences form one paragraph: everything they say is in the table too."""

_SHOWN = 8


def draw_finding_blocks(findings: tuple[Finding, ...], say: RenderText) -> list[Drawing]:
    """One block per heading: its title, its tone, its sentences."""
    said: dict[str, list[str]] = {head: [] for head in _HEADS}
    for finding in findings:
        said[_choose_head(finding)].append(make_drawable_line(format_finding(finding, say)))
    drawn: list[Drawing] = []
    for head, lines in said.items():
        if lines:
            title, tone = make_drawable_line(say(f"report-findings-{head}")), _TONES.get(head, "")
            shown = [_paragraph(lines, say)] if head in _TOGETHER else _first(lines, say)
            drawn.append({"title": title, "tone": tone, "lines": shown})
    return drawn


def _paragraph(sentences: Sequence[str], say: RenderText) -> str:
    """The sentences joined, with the space the language puts between them."""
    return reduce(lambda one, more: say("report-sentences", one=one, more=more), sentences)


def _first(sentences: Sequence[str], say: RenderText) -> list[str]:
    """The first sentences, as many as are shown, and how many more there are."""
    more = len(sentences) - _SHOWN
    return [*sentences[:_SHOWN], *([make_drawable_line(say("report-more", count=more))] if more > 0 else [])]


def format_finding(finding: Finding, say: RenderText) -> str:
    """One finding with all its numbers."""
    match finding:
        case ProvenChange(measure):
            return say("report-finding-moved", **_format_judged(measure, say))
        case TargetFinding(measure, standing):
            target, silence = f"{(measure.target or 0) * 100:g}%", measure.silence
            silent = format_number(silence) if silence is not None else ""
            values = {"target": target, "standing": standing.value, "silent": silent or "none"}
            return say("report-finding-aimed", **_format_now(measure, say), **values)
        case SlippedStage(stage, kept):
            return say(
                "report-finding-slipped",
                stage=say(f"dossier-stage-{stage.value}"),
                percent=format_fine_percent(kept),
                interval=format_interval(kept),
                n=kept.n,
                missed=kept.n - kept.part,
            )
        case OutlyingUnit():
            return _format_standout(finding, say)
        case VitalFew(units, share):
            names = join_list((make_drawable_line(unit.name) for unit in units), say)
            return say(
                "report-finding-vital", count=len(units), names=names, percent=format_fine_percent(share), n=share.n
            )
        case WaitingComplaints(opened, overdue, requests):
            return say("report-finding-waiting", open=opened, overdue=overdue, requests=requests)
        case UnprovenChange(measure):
            return say("report-finding-unproven", **_format_judged(measure, say))
        case TooFew(measure):
            figure = say(f"report-figure-{measure.figure.value}")
            return say("report-finding-few", figure=figure, part=format_count(measure.now), n=measure.now.n)


def format_unit_name(by: By, name: str, say: RenderText) -> str:
    """A courier or route is called one, anything else goes by its name alone."""
    return say(f"report-{by.value}", key=name) if by in {By.COURIER, By.ROUTE} else name


def _choose_head(finding: Finding) -> str:
    match finding:
        case ProvenChange(better=better):
            return "better" if better else "worse"
        case TargetFinding(standing=standing):
            return _AIMED[standing]
        case UnprovenChange():
            return "unproven"
        case TooFew():
            return "few"
        case SlippedStage() | OutlyingUnit() | VitalFew() | WaitingComplaints():
            return "look"


def _format_now(measure: Measure, say: RenderText) -> dict[str, str | int]:
    figure = say(f"report-figure-{measure.figure.value}")
    return {
        "figure": figure,
        "now": format_cell(measure.now, say),
        "n": format_n_cell(measure.now),
        "interval": format_interval(measure.now),
    }


def _format_judged(measure: Measure, say: RenderText) -> dict[str, str | int]:
    """Both sides of a verdict; of a growing period its complete days, which are named."""
    judged = measure.judged
    assert judged is not None  # noqa: S101 -- without it there is no verdict
    days = judged.days if measure.grows_until is not None else None
    return {
        "figure": say(f"report-figure-{measure.figure.value}"),
        "days": say("summary-days", **format_span(days)) if days is not None else "none",
        "now": format_cell(judged.now, say),
        "n": format_n_cell(judged.now),
        "interval": format_interval(judged.now),
        "before": format_cell(judged.before, say),
        "before-n": format_n_cell(judged.before),
        "before-interval": format_interval(judged.before),
    }


def _format_standout(standout: OutlyingUnit, say: RenderText) -> str:
    rest: dict[str, str | int] = {
        "rest-n": format_n_cell(standout.rest),
        "rest-interval": format_interval(standout.rest),
    }
    return say(
        "report-finding-apart",
        name=format_unit_name(standout.by, make_drawable_line(standout.unit.name), say),
        now=format_cell(standout.share, say),
        n=format_n_cell(standout.share),
        interval=format_interval(standout.share),
        side="below" if standout.below else "above",
        rest=format_number(standout.rest),
        **rest,
    )
