"""Findings in sentences, under the heads a reader looks for. What each says is decided by `domain.figures.findings`; here it gets its words."""

from collections.abc import Mapping

from domain.figures.breakdown import By
from domain.figures.findings import (
    Aimed,
    Apart,
    Few,
    Finding,
    Measure,
    Moved,
    Slipped,
    Standing,
    Unproven,
    Vital,
    Waiting,
)
from reports.paper.report_numbers import count, interval, listed, number, value
from reports.pictures.sheet import Drawing, plain
from reports.wording.wording import Say, percent

_HEADS = ("worse", "missed", "better", "reached", "look", "open-target", "unproven", "few")
_TONES = {"worse": "bad", "missed": "bad", "better": "good", "reached": "good"}
_AIMED = {
    Standing.MISSED: "missed",
    Standing.REACHED: "reached",
    Standing.UNDER: "open-target",
    Standing.OVER: "open-target",
    Standing.UNKNOWN: "few",
}
_TOGETHER = frozenset({"unproven", "few"})
"""Heads whose sentences make one paragraph: all that they say stands in the table too."""

_SHOWN = 8


def blocks(found: tuple[Finding, ...], say: Say) -> list[Drawing]:
    """One block a head: its title, its tone, its sentences."""
    said: dict[str, list[str]] = {head: [] for head in _HEADS}
    for one in found:
        said[_head(one)].append(plain(sentence(one, say)))
    drawn: list[Drawing] = []
    for head, lines in said.items():
        if lines:
            together = head in _TOGETHER
            most = len(lines) if together else _SHOWN
            rest = [plain(say("report-more", count=len(lines) - most))] if len(lines) > most else []
            title, tone = plain(say(f"report-findings-{head}")), _TONES.get(head, "")
            drawn.append({"title": title, "tone": tone, "together": together, "lines": [*lines[:most], *rest]})
    return drawn


def sentence(one: Finding, say: Say) -> str:
    """One finding with all its numbers."""
    match one:
        case Moved(measure):
            return say("report-finding-moved", **_now(measure, say), **_before(measure))
        case Aimed(measure, standing):
            target = f"{(measure.target or 0) * 100:g}%"
            return say("report-finding-aimed", **_now(measure, say), target=target, standing=standing.value)
        case Slipped(stage, kept):
            return say(
                "report-finding-slipped",
                stage=say(f"dossier-stage-{stage.value}"),
                percent=f"{percent(kept)}%",
                interval=interval(kept),
                n=kept.n,
                missed=kept.n - kept.part,
            )
        case Apart():
            return _apart(one, say)
        case Vital(units, share):
            names = listed((plain(unit.name) for unit in units), say)
            return say("report-finding-vital", count=len(units), names=names, percent=f"{percent(share)}%", n=share.n)
        case Waiting(opened, overdue):
            return say("report-finding-waiting", open=opened, overdue=overdue)
        case Unproven(measure):
            before: dict[str, str | int] = {"before": number(measure.before), "before-n": measure.before.n}
            figure = say(f"report-figure-{measure.figure.value}")
            return say("report-finding-unproven", figure=figure, now=number(measure.now), n=measure.now.n, **before)
        case Few(measure):
            figure = say(f"report-figure-{measure.figure.value}")
            return say("report-finding-few", figure=figure, part=count(measure.now), n=measure.now.n)


def unit_name(by: By, name: str, say: Say) -> str:
    """A courier or a route by its key, everything else by its name."""
    return say(f"report-{by.value}", key=name) if by in {By.COURIER, By.ROUTE} else name


def _head(one: Finding) -> str:
    match one:
        case Moved(better=better):
            return "better" if better else "worse"
        case Aimed(standing=standing):
            return _AIMED[standing]
        case Unproven():
            return "unproven"
        case Few():
            return "few"
        case Slipped() | Apart() | Vital() | Waiting():
            return "look"


def _now(measure: Measure, say: Say) -> Mapping[str, str | int]:
    figure = say(f"report-figure-{measure.figure.value}")
    return {"figure": figure, "now": value(measure.now, say), "n": measure.now.n, "interval": interval(measure.now)}


def _before(measure: Measure) -> Mapping[str, str | int]:
    before = measure.before
    return {"before": number(before), "before-n": before.n, "before-interval": interval(before)}


def _apart(one: Apart, say: Say) -> str:
    whole: dict[str, str | int] = {"whole-n": one.whole.n, "whole-interval": interval(one.whole)}
    return say(
        "report-finding-apart",
        name=unit_name(one.by, plain(one.unit.name), say),
        now=value(one.share, say),
        n=one.share.n,
        interval=interval(one.share),
        side="below" if one.below else "above",
        whole=number(one.whole),
        **whole,
    )
