"""The figures of an export: each as our own functions count it, and the formula that counts it once more from the other sheets.

Every figure is one of `domain.figures.figures` or `domain.figures.casework`; nothing is computed here.
"""

from collections.abc import Sequence
from dataclasses import replace

from domain.figures import figures
from domain.figures.export import NPS, RECOMMEND
from domain.figures.figures import Strata
from domain.figures.summary import Summary
from domain.figures.totals import FOUR_LEVELS
from reports.export.case_figures import case_figures
from reports.export.columns import Reader
from reports.export.figure import COUNT, NUMBER, Figure, honest, quoted, rate_row, share_row, shown
from reports.export.response_columns import score_names, score_words

_COUNTED = "responses_counts,TRUE"
WEIGHED = "=weighed"
"""Stands in a formula for what only the table of priorities knows: satisfaction, or with a colon the mean."""


def figure_rows(found: Summary, reader: Reader, scored: Sequence[str]) -> list[Figure]:
    """Every figure of a summary, in the order of the sheet; `scored` are the scores that have a column."""
    rows = [
        *_overall(found, reader),
        *_dimensions(found, reader, scored),
        *_asked(found, reader, scored),
        *_surveys(found, reader),
        *case_figures(found, reader),
    ]
    return [honest(row) for row in rows]


def _ratings(column: str, *criteria: str) -> str:
    """How many ratings that count meet these criteria."""
    return f"COUNTIFS(responses_{column},{f',responses_{column},'.join(criteria)},{_COUNTED})"


def _overall(found: Summary, reader: Reader) -> list[Figure]:
    strata, tally = found.now.strata, found.now.tally
    n, score = _ratings("overall", '">=1"'), f"SUMIFS(responses_overall,{_COUNTED})"
    rows = [
        share_row(
            reader.say("export-figure-satisfaction"),
            figures.satisfaction(strata),
            _ratings("overall", '">=4"'),
            n,
            WEIGHED,
        ),
        _mean(reader.say("export-figure-mean"), strata, score, n, f"{WEIGHED}:"),
        replace(_index(found, reader), live=(score, n, shown("{part}*20/{n}"))),
    ]
    for rating, share in figures.distribution(tally):
        name = reader.say("export-figure-rating", rating=rating)
        rows.append(share_row(name, share, _ratings("overall", f'"={rating}"'), n))
    worst = _ratings("overall", '">=1"', '"<=2"')
    rows.append(share_row(reader.say("export-figure-dissatisfied"), figures.dissatisfied(tally), worst, n))
    return rows


def _index(found: Summary, reader: Reader) -> Figure:
    tally = found.now.tally
    name = reader.say("export-figure-index")
    return Figure(name, NUMBER, figures.weighted_score(tally), tally.n, figures.index(tally))


def _mean(name: str, strata: Strata, part: str, n: str, value: str = "{part}/{n}") -> Figure:
    tallies = [one.tally for one in strata.values()]
    score, count = sum(figures.weighted_score(one) for one in tallies), sum(one.n for one in tallies)
    return Figure(name, NUMBER, score, count, figures.mean(strata), live=(part, n, shown(value)))


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
        weighed = _weighed(column, strata, f"(responses_{column}>=4)")
        rows.append(share_row(name, share, _ratings(column, '">=4"'), n, weighed))
        score = f"SUMIFS(responses_{column},{_COUNTED})"
        mean = _weighed(column, strata, f"responses_{column}")
        rows.append(_mean(reader.say("export-figure-dimension-mean", about=about), strata, score, n, mean))
    four = f"{FOUR_LEVELS}overall"
    if found.four_levels.n and four in names:
        column, name = names[four], reader.say("export-figure-dimension", about=score_words(four, reader))
        share = figures.plain_satisfaction(found.four_levels)
        rows.append(share_row(name, share, _ratings(column, '">=4"'), _ratings(column, '">=1"')))
    return rows


def _weighed(column: str, strata: Strata, counted: str) -> str:
    """What is counted of each priority's answers, over their number, each priority weighted with its deliveries (`figures.satisfaction`)."""
    above, below = [], []
    for priority in sorted(key for key, one in strata.items() if one.tally.n):
        own = f"(responses_priority={quoted(priority)})*(responses_counts=TRUE)"
        answers = f"SUMPRODUCT({own}*(responses_{column}>=1))"
        weight = f"MAX(SUMPRODUCT((deliveries_priority={quoted(priority)})*deliveries_deliveries),{answers})"
        above.append(f"{weight}*SUMPRODUCT({own}*{counted})/{answers}")
        below.append(weight)
    return f"({'+'.join(above)})/({'+'.join(below)})" if len(above) > 1 else "{part}/{n}"


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
        live = (f"{count('>=9')}-({count('<=6')})", count(">=0"), shown("100*{part}/{n}"))
        part, score = found.nps.promoters - found.nps.detractors, value[0] if value else None
        rows.append(Figure(reader.say("export-figure-nps"), NUMBER, part, found.nps.n, score, low, high, live))
    if RECOMMEND in names:
        column = names[RECOMMEND]
        yes, no = (f"COUNTIFS(responses_{column},{said},responses_excluded,FALSE)" for said in ("TRUE", "FALSE"))
        share = figures.recommend_rate(*found.recommend)
        rows.append(share_row(reader.say("export-figure-recommend"), share, yes, f"{yes}+{no}"))
    return rows


def _surveys(found: Summary, reader: Reader) -> list[Figure]:
    now = found.now
    deliveries, sampled, surveyed, answered = (
        f"SUM(deliveries_{name})" for name in ("deliveries", "sampled", "surveyed", "answered")
    )
    response = figures.response_rate(now.answered, now.surveyed)
    return [
        Figure(reader.say("export-figure-deliveries"), COUNT, now.deliveries, live=(deliveries, "", "")),
        share_row(reader.say("export-figure-response"), response, answered, surveyed),
        share_row(
            reader.say("export-figure-reach"),
            figures.reach(now.surveyed, now.sampled),
            f"MIN({surveyed},{sampled})",
            sampled,
        ),
        rate_row(
            reader.say("export-figure-complaints"),
            figures.complaint_rate(now.complaints, now.deliveries),
            "COUNTIFS(cases_counts_about,TRUE)",
            deliveries,
        ),
        rate_row(
            reader.say("export-figure-valid"),
            figures.valid_rate(now.valid, now.deliveries),
            "COUNTIFS(cases_counts_about,TRUE,cases_valid,TRUE)",
            deliveries,
        ),
    ]
