"""The figures of an export: each as our own functions count it, and the formula that counts it once more from the other sheets.

1. Every figure is one of `domain.figures` or `domain.casework`; nothing is computed here.
2. Below ten a figure is its counts alone, here and in the formula (`domain.evidence`).
3. A formula reads the sheets by the names of their columns; `{part}` and `{n}` are the cells of its own row.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain import casework, figures
from domain.casework import Kept, Times
from domain.deadlines import Stage
from domain.evidence import HIDDEN_BELOW, Rate, Share
from domain.export import NPS, RECOMMEND
from domain.figures import Strata
from domain.summary import Summary
from domain.totals import FOUR_LEVELS
from reports.cells import text
from reports.columns import Reader
from reports.response_columns import score_names, score_words

SHARE, RATE, NUMBER, HOURS, COUNT = "share", "rate", "number", "hours", "count"
"""How a value is shown."""


@dataclass(frozen=True, slots=True)
class Figure:
    """`part` of `n` and what comes of it; `live` are the formulas of the three, empty where there is none."""

    name: str
    shown: str
    part: int | None = None
    n: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    live: tuple[str, str, str] = ("", "", "")
    array: bool = False


COUNTED = "responses_counts,TRUE"
_OPENED = "cases_counts_opened,TRUE"
_ANSWERED = f'{_OPENED},cases_answered_at,">0"'
WEIGHED = "=weighed"
"""Stands in a formula for what only the table of priorities knows: satisfaction, or with a colon the mean."""


def figure_rows(found: Summary, reader: Reader, scored: Sequence[str]) -> list[Figure]:
    """Every figure of a summary, in the order of the sheet; `scored` are the scores that have a column."""
    rows = [
        *_overall(found, reader),
        *_dimensions(found, reader, scored),
        *_asked(found, reader, scored),
        *_surveys(found, reader),
        *_complaints(found, reader),
        *_handling(found, reader),
        *_stages(found, reader),
        *_times(found, reader),
        Figure(reader.say("export-figure-open-now"), COUNT, found.open_now),
        Figure(reader.say("export-figure-overdue-now"), COUNT, found.overdue_now),
    ]
    return [_honest(row) for row in rows]


def _honest(row: Figure) -> Figure:
    """Without what too few answers do not say."""
    return row if (row.n or 0) >= HIDDEN_BELOW else replace(row, value=None, low=None, high=None)


# --- what figures are made of ----------------------------------------------------------------------------------------


def _share(name: str, share: Share, part: str, n: str, value: str = "{part}/{n}") -> Figure:
    low, high = share.interval
    return Figure(name, SHARE, share.part, share.n, share.value, low, high, (part, n, _shown(value)))


def _rate(name: str, rate: Rate, part: str, n: str) -> Figure:
    low, high = rate.interval
    return Figure(
        name, RATE, rate.count, rate.n, rate.value, low, high, (part, n, _shown(f"{{part}}/{{n}}*{rate.per}"))
    )


def _shown(value: str) -> str:
    return f'IF({{n}}<{HIDDEN_BELOW},"",{value})'


def _ratings(column: str, *criteria: str) -> str:
    """How many ratings that count meet these criteria."""
    return f"COUNTIFS(responses_{column},{f',responses_{column},'.join(criteria)},{COUNTED})"


def quoted(words: str) -> str:
    """Text inside a formula."""
    doubled = text(words).replace('"', '""')
    return f'"{doubled}"'


# --- ratings ---------------------------------------------------------------------------------------------------------


def _overall(found: Summary, reader: Reader) -> list[Figure]:
    strata, tally = found.now.strata, found.now.tally
    n, score = _ratings("overall", '">=1"'), f"SUMIFS(responses_overall,{COUNTED})"
    rows = [
        _share(
            reader.say("export-figure-satisfaction"),
            figures.satisfaction(strata),
            _ratings("overall", '">=4"'),
            n,
            WEIGHED,
        ),
        _mean(reader.say("export-figure-mean"), strata, score, n, f"{WEIGHED}:"),
        replace(_index(found, reader), live=(score, n, _shown("{part}*20/{n}"))),
    ]
    for rating, share in figures.distribution(tally):
        name = reader.say("export-figure-rating", rating=rating)
        rows.append(_share(name, share, _ratings("overall", f'"={rating}"'), n))
    worst = _ratings("overall", '">=1"', '"<=2"')
    rows.append(_share(reader.say("export-figure-dissatisfied"), figures.dissatisfied(tally), worst, n))
    return rows


def _index(found: Summary, reader: Reader) -> Figure:
    tally = found.now.tally
    name = reader.say("export-figure-index")
    return Figure(name, NUMBER, figures.weighted_score(tally), tally.n, figures.index(tally))


def _mean(name: str, strata: Strata, part: str, n: str, value: str = "{part}/{n}") -> Figure:
    tallies = [one.tally for one in strata.values()]
    score, count = sum(figures.weighted_score(one) for one in tallies), sum(one.n for one in tallies)
    return Figure(name, NUMBER, score, count, figures.mean(strata), live=(part, n, _shown(value)))


def _dimensions(found: Summary, reader: Reader, scored: Sequence[str]) -> list[Figure]:
    """Each dimension, and the overall ratings of forms with four levels, which are never added to those of five."""
    names = score_names(scored)
    rows: list[Figure] = []
    for key, strata in sorted(found.dimensions.items()):
        if key not in names:
            continue
        about, column = score_words(key, reader), names[key]
        n = _ratings(column, '">=1"')
        share = figures.satisfaction(strata)
        name = reader.say("export-figure-dimension", about=about)
        rows.append(_share(name, share, _ratings(column, '">=4"'), n))
        score = f"SUMIFS(responses_{column},{COUNTED})"
        rows.append(_mean(reader.say("export-figure-dimension-mean", about=about), strata, score, n))
    four = f"{FOUR_LEVELS}overall"
    if found.four_levels.n and four in names:
        column, name = names[four], reader.say("export-figure-dimension", about=score_words(four, reader))
        share = figures.plain_satisfaction(found.four_levels)
        rows.append(_share(name, share, _ratings(column, '">=4"'), _ratings(column, '">=1"')))
    return rows


def _asked(found: Summary, reader: Reader, scored: Sequence[str]) -> list[Figure]:
    """NPS and recommendation, which campaigns ask for too."""
    names = score_names(scored)
    rows: list[Figure] = []
    columns = [name for key, name in names.items() if key.startswith(NPS)]
    if columns and found.nps.n:

        def count(criterion: str) -> str:
            return "+".join(f'COUNTIFS(responses_{one},"{criterion}",responses_excluded,FALSE)' for one in columns)

        value = figures.nps(found.nps)
        low, high = (value[0] - value[1], value[0] + value[1]) if value else (None, None)
        live = (f"{count('>=9')}-({count('<=6')})", count(">=0"), _shown("100*{part}/{n}"))
        part, score = found.nps.promoters - found.nps.detractors, value[0] if value else None
        rows.append(Figure(reader.say("export-figure-nps"), NUMBER, part, found.nps.n, score, low, high, live))
    if RECOMMEND in names:
        column = names[RECOMMEND]
        yes, no = (f"COUNTIFS(responses_{column},{said},responses_excluded,FALSE)" for said in ("TRUE", "FALSE"))
        share = figures.recommend_rate(*found.recommend)
        rows.append(_share(reader.say("export-figure-recommend"), share, yes, f"{yes}+{no}"))
    return rows


def _surveys(found: Summary, reader: Reader) -> list[Figure]:
    now = found.now
    deliveries, sampled, surveyed, answered = (
        f"SUM(deliveries_{name})" for name in ("deliveries", "sampled", "surveyed", "answered")
    )
    response = figures.response_rate(now.answered, now.surveyed)
    return [
        Figure(reader.say("export-figure-deliveries"), COUNT, now.deliveries, live=(deliveries, "", "")),
        _share(reader.say("export-figure-response"), response, answered, surveyed),
        _share(
            reader.say("export-figure-reach"),
            figures.reach(now.surveyed, now.sampled),
            f"MIN({surveyed},{sampled})",
            sampled,
        ),
        _rate(
            reader.say("export-figure-complaints"),
            figures.complaint_rate(now.complaints, now.deliveries),
            "COUNTIFS(cases_counts_about,TRUE)",
            deliveries,
        ),
        _rate(
            reader.say("export-figure-valid"),
            figures.valid_rate(now.valid, now.deliveries),
            "COUNTIFS(cases_counts_about,TRUE,cases_valid,TRUE)",
            deliveries,
        ),
    ]


# --- cases -----------------------------------------------------------------------------------------------------------


def _complaints(found: Summary, reader: Reader) -> list[Figure]:
    opened = Figure(
        reader.say("export-figure-opened"), COUNT, found.casework.opened, live=(f"COUNTIFS({_OPENED})", "", "")
    )
    rows = [opened]
    for unit in found.categories:
        name = reader.category(unit.key)
        live = f"SUMPRODUCT((cases_category={quoted(name)})*(cases_counts_opened=TRUE))"
        said = reader.say("export-figure-category", category=name)
        rows.append(Figure(said, COUNT, unit.counts.opened, live=(live, "", "")))
    return rows


def _handling(found: Summary, reader: Reader) -> list[Figure]:
    work = found.casework
    good, bad = (quoted(reader.say(f"export-outcome-{one}")) for one in ("satisfied", "dissatisfied"))
    satisfied = f"COUNTIFS({_ANSWERED},cases_outcome,{good})"
    settled = f"COUNTIFS({_OPENED},cases_settled,TRUE"
    solved = [
        f"{settled},cases_solved_in,1,cases_reopened,FALSE)",
        f"{settled},cases_solved_in,2)",
        f"{settled},cases_solved_in,3)",
    ]
    rows = [
        ("handling", casework.handling_satisfaction(work), satisfied, f"COUNTIFS({_ANSWERED})"),
        (
            "handling-said",
            casework.handling_satisfaction_of_answers(work),
            satisfied,
            f"{satisfied}+COUNTIFS({_ANSWERED},cases_outcome,{bad})",
        ),
        ("repeated", casework.repeat_rate(work), f"COUNTIFS({_OPENED},cases_repeated,TRUE)", f"COUNTIFS({_OPENED})"),
        (
            "reopened",
            casework.reopen_rate(work),
            f"COUNTIFS({_ANSWERED},cases_reopened,TRUE)",
            f"COUNTIFS({_ANSWERED})",
        ),
        *(
            (f"round-{n}", casework.resolved_by_round(work, n), "+".join(solved[:n]), f"{settled})")
            for n in range(1, len(solved) + 1)
        ),
    ]
    return [_share(reader.say(f"export-figure-{name}"), share, part, n) for name, share, part, n in rows]


def _stages(found: Summary, reader: Reader) -> list[Figure]:
    """Every stage of which something fell due, by the dates that hold and by those that were promised first."""
    rows = []
    for stage in Stage:
        kept = found.casework.stages.get(stage, Kept())
        if not kept.due:
            continue
        words = reader.say(f"dossier-stage-{stage.value}")
        due = f"COUNTIFS(deadlines_stage,{quoted(words)},deadlines_counts_due,TRUE"
        for name, share, column in (
            ("on-time", casework.on_time(kept), "kept"),
            ("as-promised", casework.on_time_as_promised(kept), "kept_as_promised"),
        ):
            said = reader.say(f"export-figure-{name}", stage=words)
            rows.append(_share(said, share, f"{due},deadlines_{column},TRUE)", f"{due})"))
    return rows


def _times(found: Summary, reader: Reader) -> list[Figure]:
    rows = []
    for name in ("replied", "resolved", "finished"):
        times: Times = getattr(found.casework, name)
        column = f"cases_{name}_hours"
        chosen = f'(cases_counts_opened=TRUE)*({column}<>"")'
        for key, seconds, share in (("median", times.median, "1/2"), ("p90", times.p90, "9/10")):
            value = f"SMALL(IF({chosen},{column}),ROUNDUP({{n}}*{share},0))"
            live = ("", f"SUMPRODUCT({chosen})", _shown(value))
            hours = seconds / 3600 if seconds is not None else None
            said = reader.say(f"export-figure-{name}-{key}")
            rows.append(Figure(said, HOURS, None, times.n, hours, live=live, array=True))
    return rows
