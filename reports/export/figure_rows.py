"""Figures of an export: each as our own functions count it, and the formula that counts it again from the other sheets.

Every figure is one of `domain.figures.figures` or `domain.figures.handling`; nothing is computed here.
"""

from collections.abc import Sequence
from dataclasses import replace

from domain.figures import figures
from domain.figures.export import NPS_MARK, RECOMMEND_MARK
from domain.figures.figures import Strata
from domain.figures.maturity import Cohort
from domain.figures.summary import Summary
from domain.figures.totals import FOUR_LEVELS
from reports.export.case_figures import list_case_figures
from reports.export.columns import ExportReader
from reports.export.figure_row import (
    COUNT,
    NUMBER,
    FigureRow,
    guard_formula,
    hide_small_n,
    make_rate_row,
    make_share_row,
    mark_growing,
    quote_text,
)
from reports.export.response_columns import describe_score, name_scores

_COUNTED = "responses_counts,TRUE"
WEIGHED, WORTH = "=weighed", "=worth"
"""Placeholders in a formula for what only the table of priorities knows: satisfaction, or with a colon the mean; and what
all answers together are worth.
"""


def list_figure_rows(summary: Summary, reader: ExportReader, scored: Sequence[str]) -> list[FigureRow]:
    """Every figure of a summary, in the order of the sheet; `scored` are the scores that have a column."""
    answers = [
        *_list_overall_rows(summary, reader),
        *_list_dimension_rows(summary, reader, scored),
        *_list_question_rows(summary, reader, scored),
    ]
    rows = [
        *mark_growing(answers, summary, Cohort.ANSWERS),
        *_list_survey_rows(summary, reader),
        *list_case_figures(summary, reader),
    ]
    return [hide_small_n(row) for row in rows]


def _ratings_formula(column: str, *criteria: str) -> str:
    """The number of counted ratings that meet these criteria."""
    return f"COUNTIFS(responses_{column},{f',responses_{column},'.join(criteria)},{_COUNTED})"


def _list_overall_rows(summary: Summary, reader: ExportReader) -> list[FigureRow]:
    strata, tally = summary.now.strata, summary.now.tally
    n, score = _ratings_formula("overall", '">=1"'), f"SUMIFS(responses_overall,{_COUNTED})"
    rows = [
        make_share_row(
            reader.say("export-figure-satisfaction"),
            figures.satisfaction(strata),
            _ratings_formula("overall", '">=4"'),
            n,
            WEIGHED,
            WORTH,
        ),
        _make_mean_row(reader.say("export-figure-mean"), strata, score, n, (f"{WEIGHED}:", WORTH)),
        _make_index_row(reader.say("export-figure-index"), strata, score, n),
    ]
    for rating, share in figures.distribution(tally):
        name = reader.say("export-figure-rating", rating=rating)
        rows.append(make_share_row(name, share, _ratings_formula("overall", f'"={rating}"'), n))
    worst = _ratings_formula("overall", '">=1"', '"<=2"')
    rows.append(make_share_row(reader.say("export-figure-dissatisfied"), figures.dissatisfaction(tally), worst, n))
    return rows


def _make_index_row(name: str, strata: Strata, part: str, n: str) -> FigureRow:
    row = _make_mean_row(name, strata, part, n, (f"20*({WEIGHED}:)", WORTH))
    return replace(row, value=row.value * 20 if row.value is not None else None)


def _make_mean_row(name: str, strata: Strata, part: str, n: str, formulas: tuple[str, str]) -> FigureRow:
    """`formulas`: of the mean, and of what its ratings are worth."""
    tallies = [one.tally for one in strata.values()]
    score, count = sum(figures.weighted_score(one) for one in tallies), sum(one.n for one in tallies)
    average, live = figures.mean_rating(strata), (part, n, guard_formula(*formulas))
    if average is None:
        return FigureRow(name, NUMBER, score, count, live=live)
    return FigureRow(name, NUMBER, score, count, average.value, live=live, size=average.size)


def _list_dimension_rows(summary: Summary, reader: ExportReader, scored: Sequence[str]) -> list[FigureRow]:
    """Each dimension, and the overall ratings of four-level forms, which are never added to those of five-level ones."""
    names = name_scores(scored)
    rows: list[FigureRow] = []
    for key, strata in sorted(summary.dimensions.items()):
        if key not in names:
            continue
        about, column = describe_score(key, reader), names[key]
        n = _ratings_formula(column, '">=1"')
        share = figures.satisfaction(strata)
        name = reader.say("export-figure-dimension", about=about)
        worth = _worth_formula(column, strata)
        weighed = _weighted_formula(column, strata, f"(responses_{column}>=4)")
        rows.append(make_share_row(name, share, _ratings_formula(column, '">=4"'), n, weighed, worth))
        score = f"SUMIFS(responses_{column},{_COUNTED})"
        mean = _weighted_formula(column, strata, f"responses_{column}"), worth
        rows.append(_make_mean_row(reader.say("export-figure-dimension-mean", about=about), strata, score, n, mean))
    four = f"{FOUR_LEVELS}overall"
    if summary.four_levels.n and four in names:
        column, name = names[four], reader.say("export-figure-dimension", about=describe_score(four, reader))
        share = figures.plain_satisfaction(summary.four_levels)
        rows.append(make_share_row(name, share, _ratings_formula(column, '">=4"'), _ratings_formula(column, '">=1"')))
    return rows


def _weighted_formula(column: str, strata: Strata, counted: str) -> str:
    """Each priority's answers, counted and divided by their number, weighted by the priority's deliveries (`figures.satisfaction`)."""
    weights = _list_weights(column, strata)
    above = [f"{weight}*SUMPRODUCT({own}*{counted})/{answers}" for own, answers, weight in weights]
    below = [weight for _, _, weight in weights]
    return f"({'+'.join(above)})/({'+'.join(below)})" if len(above) > 1 else "{part}/{n}"


def _worth_formula(column: str, strata: Strata) -> str:
    """The effective number of a dimension's answers: (Σ weights)² ÷ Σ (weight² ÷ answers)."""
    weights = _list_weights(column, strata)
    if len(weights) <= 1:
        return "{n}"
    total = "+".join(weight for _, _, weight in weights)
    return f"({total})^2/({'+'.join(f'{weight}^2/{answers}' for _, answers, weight in weights)})"


def _list_weights(column: str, strata: Strata) -> list[tuple[str, str, str]]:
    """Of each priority with answers: which rows are its own, how many answers, how many deliveries they stand for."""
    weights = []
    for priority in sorted(key for key, one in strata.items() if one.tally.n):
        own = f"(responses_priority={quote_text(priority)})*(responses_counts=TRUE)"
        answers = f"SUMPRODUCT({own}*(responses_{column}>=1))"
        deliveries = f"SUMPRODUCT((deliveries_priority={quote_text(priority)})*deliveries_deliveries)"
        weights.append((own, answers, f"MAX({deliveries},{answers})"))
    return weights


def _list_question_rows(summary: Summary, reader: ExportReader, scored: Sequence[str]) -> list[FigureRow]:
    """NPS and recommendation, which campaigns ask about too."""
    names = name_scores(scored)
    rows: list[FigureRow] = []
    columns = [name for key, name in names.items() if key.startswith(NPS_MARK)]
    if columns and summary.nps.n:

        def count(criterion: str) -> str:
            return "+".join(f'COUNTIFS(responses_{one},"{criterion}",responses_excluded,FALSE)' for one in columns)

        value = figures.nps(summary.nps)
        low, high = (value[0] - value[1], value[0] + value[1]) if value else (None, None)
        live = (f"{count('>=9')}-({count('<=6')})", count(">=0"), guard_formula("100*{part}/{n}"))
        part, score = summary.nps.promoters - summary.nps.detractors, value[0] if value else None
        rows.append(FigureRow(reader.say("export-figure-nps"), NUMBER, part, summary.nps.n, score, low, high, live))
    if RECOMMEND_MARK in names:
        column = names[RECOMMEND_MARK]
        yes, no = (f"COUNTIFS(responses_{column},{said},responses_excluded,FALSE)" for said in ("TRUE", "FALSE"))
        share = figures.recommend_rate(*summary.recommend)
        rows.append(make_share_row(reader.say("export-figure-recommend"), share, yes, f"{yes}+{no}"))
    return rows


def _list_survey_rows(summary: Summary, reader: ExportReader) -> list[FigureRow]:
    now = summary.now
    deliveries, sampled, came, invited, responded = (
        f"SUM(deliveries_{name})" for name in ("deliveries", "sampled", "came", "invited", "responded")
    )
    drawn = f"MAX({sampled}-{came},0)"
    response = figures.response_rate(now.responded, now.invited)
    delivered = FigureRow(reader.say("export-figure-deliveries"), COUNT, now.deliveries, live=(deliveries, "", ""))
    answers = [
        make_share_row(reader.say("export-figure-response"), response, responded, invited),
        make_share_row(
            reader.say("export-figure-reach"),
            figures.reach_rate(now.invited, now.drawn),
            f"MIN({invited},{drawn})",
            drawn,
        ),
        FigureRow(reader.say("export-figure-came"), COUNT, now.came, live=(came, "", "")),
    ]
    complaints = make_rate_row(
        reader.say("export-figure-complaints"),
        figures.complaint_rate(now.complaints, now.deliveries),
        "COUNTIFS(cases_counts_about,TRUE)",
        deliveries,
    )
    valid = make_rate_row(
        reader.say("export-figure-valid"),
        figures.valid_rate(now.valid, now.deliveries),
        "COUNTIFS(cases_counts_about,TRUE,cases_valid,TRUE)",
        deliveries,
    )
    return [
        *mark_growing([delivered], summary, Cohort.FILED),
        *mark_growing(answers, summary, Cohort.ANSWERS),
        *mark_growing([complaints], summary, Cohort.COMPLAINTS),
        *mark_growing([valid], summary, Cohort.VALID),
    ]
