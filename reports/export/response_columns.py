"""Column definitions for responses: where and when, every rating in its own column, what was ticked, and whether it counts."""

from collections.abc import Sequence

from domain.figures.export import NO_DIMENSION_MARK, NPS_MARK, RECOMMEND_MARK, ExportedResponse
from domain.figures.totals import FOUR_LEVELS
from domain.surveys.question_kinds import OPTION_KINDS
from domain.surveys.survey import localize
from reports.export.cells import ColumnKind, Value
from reports.export.columns import (
    DEPARTMENT_COLUMN,
    PLACE_COLUMNS,
    ExportColumn,
    ExportReader,
    moment_column,
    text_column,
    yes_column,
)

_BEFORE = (
    text_column("source"),
    text_column("waybill", 18),
    moment_column("delivered_at"),
    moment_column("asked_at"),
    moment_column("answered_at"),
    DEPARTMENT_COLUMN,
    *PLACE_COLUMNS,
    ExportColumn("origin", ColumnKind.TEXT, 12, lambda row, reader: reader.say(f"origin-{row.origin}")),
    text_column("survey", 16),
)
_AFTER = (yes_column("on_behalf"), yes_column("excluded"), yes_column("counts"))


def list_response_columns(scored: Sequence[str], *, quoted: bool) -> tuple[ExportColumn, ...]:
    """`scored` are the keys of the scores that occur; with `quoted`, what customers wrote is a column too."""
    comment = ExportColumn("comment", ColumnKind.TEXT, 40, lambda row, _reader: "\n".join(row.words))
    return (
        *_BEFORE,
        *(_score_column(key, name) for key, name in name_scores(scored).items()),
        ExportColumn("reasons", ColumnKind.TEXT, 30, _format_ticked_options),
        *((comment,) if quoted else ()),
        *_AFTER,
    )


_TAKEN = frozenset(one.name for one in (*_BEFORE, *_AFTER)) | {"reasons", "comment"}


def name_scores(scored: Sequence[str]) -> dict[str, str]:
    """What formulas call the columns of these scores, by key, in the order of the columns: overall first."""
    ordered = sorted(scored, key=lambda key: (key != "overall", key.startswith(("=", NO_DIMENSION_MARK)), key))
    names: dict[str, str] = {}
    for n, key in enumerate(ordered, 1):
        name = _formula_name(key)
        usable = name.isascii() and name.replace("_", "").isalnum() and name not in {*names.values(), *_TAKEN}
        names[key] = name if usable else f"score_{n}"
    return names


def _formula_name(key: str) -> str:
    for mark, prefix in ((NPS_MARK, "nps_"), (NO_DIMENSION_MARK, "asked_"), (FOUR_LEVELS, "four_levels_"), ("=", "")):
        if key.startswith(mark):
            return prefix + key.removeprefix(mark)
    return key


def _score_column(key: str, name: str) -> ExportColumn:
    """A rating or a recommendation as a number, a yes or no as a truth value."""

    def read(row: ExportedResponse, _reader: ExportReader) -> Value:
        score = row.scores.get(key)
        return bool(score) if key == RECOMMEND_MARK and score is not None else score

    kind = ColumnKind.YES_NO if key == RECOMMEND_MARK else ColumnKind.NUMBER
    return ExportColumn(name, kind, 11, read, lambda reader: describe_score(key, reader))


def describe_score(key: str, reader: ExportReader) -> str:
    """What a score is about, in the reader's language."""
    if key == RECOMMEND_MARK:
        return reader.say("export-column-recommend")
    if key.startswith(NPS_MARK):
        return reader.say("export-column-nps", about=key.removeprefix(NPS_MARK))
    if key.startswith(NO_DIMENSION_MARK):
        return key.removeprefix(NO_DIMENSION_MARK)
    about = key.removeprefix(FOUR_LEVELS)
    name = reader.say("export-column-overall") if about == "overall" else reader.say("summary-dimension", name=about)
    return reader.say("export-column-four-levels", about=name) if key.startswith(FOUR_LEVELS) else name


def _format_ticked_options(row: ExportedResponse, reader: ExportReader) -> str:
    """The options chosen, as the survey worded them at the time."""
    survey = reader.surveys.get(row.survey)
    labels = {
        (question.id, option.key): localize(option.label, reader.language)
        for question in (survey.questions if survey else ())
        if question.kind in OPTION_KINDS
        for option in question.options
    }
    return "; ".join(labels.get((question, key), key) for question, keys in row.ticked.items() for key in keys)
