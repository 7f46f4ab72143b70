"""The report's first parts, as the template draws them: cover, and the key figures with n, interval and the period before."""

from domain.figures.evidence import Verdict
from domain.figures.figures import Tally, index, mean, nps, recommend_rate
from domain.figures.findings import Figure, Measure, measures
from domain.figures.period import previous
from reports.paper.report import Report
from reports.paper.report_numbers import MINUS, by, interval, moment, period_name, thousands, value
from reports.pictures.sheet import Drawing, named, plain
from reports.pictures.sheet import shown as enough
from reports.wording.wording import Say

_TILES = (Figure.SATISFACTION, Figure.RESPONSE, Figure.COMPLAINTS, Figure.FIRST)
_ASKED = frozenset({Figure.SATISFACTION, Figure.RESPONSE, Figure.REACH, Figure.COMPLAINTS, Figure.VALID})
_LONG_NAME = 60


def cover(report: Report, say: Say) -> Drawing:
    summary = report.summary
    counted = say(
        "report-cover",
        deliveries=thousands(summary.now.deliveries),
        surveyed=thousands(summary.now.surveyed),
        answers=thousands(summary.now.tally.n),
        opened=thousands(summary.casework.opened),
    )
    scope = say("report-scope-department", name=report.scope) if report.scope else say("report-scope-whole")
    lines = (
        ("scope", scope),
        ("cover", counted),
        ("compared", period_name(previous(summary.period), say)),
        ("made", say("report-made", at=moment(report.made_at, summary.period.zone))),
    )
    return {
        "company": named(report.company, _LONG_NAME * 2),
        "period": plain(period_name(summary.period, say)),
        "lines": [{"label": plain(say(f"report-{key}-label")), "text": plain(text)} for key, text in lines],
        "running": plain(say("report-running")) if summary.period.running else "",
        "contents": plain(say("report-contents")),
    }


def figures(report: Report, say: Say) -> Drawing:
    """Tiles, and one table of everything with n, interval and the period before."""
    every = measures(report.summary, report.targets)
    asked = [one for one in every if one.figure in _ASKED]
    handled = [one for one in every if one.figure not in _ASKED]
    heads = ("figure", "now", "n", "interval", "before", "change")
    return {
        "tiles": [_tile(one, say) for figure in _TILES for one in every if one.figure is figure],
        "heads": [plain(say(f"report-head-{head}")) for head in heads],
        "groups": [
            {
                "title": plain(say("report-group-asked")),
                "rows": [*(_row(one, say) for one in asked), *_averages(report, say)],
            },
            {"title": plain(say("report-group-handled")), "rows": [_row(one, say) for one in handled]},
        ],
        "legend": plain(say("report-figures-legend")),
    }


def tone(measure: Measure) -> str:
    return "" if measure.better is None else "good" if measure.better else "bad"


def _tile(one: Measure, say: Say) -> Drawing:
    return {
        "label": plain(say(f"report-figure-{one.figure.value}")),
        "value": plain(value(one.now, say)),
        "note": plain(say("report-tile-note", n=thousands(one.now.n), interval=interval(one.now) or "none")),
        "change": plain(_changed(one, say)),
        "tone": tone(one),
    }


def _row(one: Measure, say: Say) -> Drawing:
    cells = (value(one.now, say), thousands(one.now.n), interval(one.now) or "–", value(one.before, say))
    name = plain(say(f"report-figure-{one.figure.value}"))
    return {"cells": [name, *map(plain, cells), plain(_changed(one, say))], "tone": tone(one)}


def _changed(one: Measure, say: Say) -> str:
    verdict = {True: "better", False: "worse"}.get(one.better) if one.better is not None else None
    known = "unproven" if one.change.verdict is Verdict.UNPROVEN else "unknown"
    return say("report-change", verdict=verdict or known, by=by(one, say))


def _averages(report: Report, say: Say) -> list[Drawing]:
    """Mean, index, NPS and recommendation: n large enough or no row; what has no simple interval has none."""
    summary = report.summary
    now, before, rows = summary.now, summary.before, []
    if (average := mean(now.strata)) is not None and enough(now.tally.n):
        earlier = mean(before.strata)
        known = f"{earlier:.2f}" if earlier is not None and enough(before.tally.n) else "–"
        rows.append(("mean", f"{average:.2f}", now.tally.n, "–", known))
        rows.append(("index", _index(now.tally), now.tally.n, "–", _index(before.tally)))
    if (score := nps(summary.nps)) is not None and enough(summary.nps.n):
        low, high = max(score[0] - score[1], -100), min(score[0] + score[1], 100)
        found = f"{_signed(low)} – {_signed(high)}"
        rows.append(("nps", _signed(score[0]), summary.nps.n, found, "–"))
    recommend = recommend_rate(*summary.recommend)
    if recommend.n:
        rows.append(("recommend", value(recommend, say), recommend.n, interval(recommend) or "–", "–"))
    return [
        {"cells": [plain(say(f"report-figure-{key}")), shown_, thousands(n), found, known, ""], "tone": ""}
        for key, shown_, n, found, known in rows
    ]


def _index(tally: Tally) -> str:
    """Cut, not rounded: a printed 80.0 is never below 80."""
    found = index(tally)
    return f"{int(found * 10) / 10:.1f}" if found is not None and enough(tally.n) else "–"


def _signed(found: float) -> str:
    return f"{MINUS if round(found) < 0 else '+' if round(found) > 0 else ''}{abs(round(found))}"
