"""The columns of responses: where and when, every rating in a column of its own, what was ticked, and whether it counts."""

from collections.abc import Sequence

from domain.figures.export import NPS, RECOMMEND, UNNAMED, Response
from domain.figures.totals import FOUR_LEVELS
from domain.surveys.survey import Kind, words
from reports.export.cells import Is, Value
from reports.export.columns import DEPARTMENT, PLACE, Column, Reader, moment, text, yes

_BEFORE = (
    text("source"),
    text("waybill", 18),
    moment("delivered_at"),
    moment("asked_at"),
    moment("answered_at"),
    DEPARTMENT,
    *PLACE,
    Column("origin", Is.TEXT, 12, lambda row, reader: reader.say(f"origin-{row.origin}")),
    text("survey", 16),
)
_AFTER = (yes("on_behalf"), yes("excluded"), yes("counts"))


def response_columns(scored: Sequence[str], *, quoted: bool) -> tuple[Column, ...]:
    """`scored` are the keys of scores that occur; `quoted`: what customers wrote is a column too."""
    comment = Column("comment", Is.TEXT, 40, lambda row, _reader: "\n".join(row.words))
    return (
        *_BEFORE,
        *(_score(key, name) for key, name in score_names(scored).items()),
        Column("reasons", Is.TEXT, 30, _ticked),
        *((comment,) if quoted else ()),
        *_AFTER,
    )


_TAKEN = frozenset(one.name for one in (*_BEFORE, *_AFTER)) | {"reasons", "comment"}


def score_names(scored: Sequence[str]) -> dict[str, str]:
    """What the columns of these scores are called in formulas, by key, in the order of the columns: overall first."""
    ordered = sorted(scored, key=lambda key: (key != "overall", key.startswith(("=", UNNAMED)), key))
    found: dict[str, str] = {}
    for n, key in enumerate(ordered, 1):
        name = _name(key)
        usable = name.isascii() and name.replace("_", "").isalnum() and name not in {*found.values(), *_TAKEN}
        found[key] = name if usable else f"score_{n}"
    return found


def _name(key: str) -> str:
    for mark, prefix in ((NPS, "nps_"), (UNNAMED, "asked_"), (FOUR_LEVELS, "four_levels_"), ("=", "")):
        if key.startswith(mark):
            return prefix + key.removeprefix(mark)
    return key


def _score(key: str, name: str) -> Column:
    """A rating or a recommendation as a number, a yes or no as what it is."""

    def read(row: Response, _reader: Reader) -> Value:
        score = row.scores.get(key)
        return bool(score) if key == RECOMMEND and score is not None else score

    kind = Is.YES_NO if key == RECOMMEND else Is.NUMBER
    return Column(name, kind, 11, read, lambda reader: score_words(key, reader))


def score_words(key: str, reader: Reader) -> str:
    """What a score is about, in words."""
    if key == RECOMMEND:
        return reader.say("export-column-recommend")
    if key.startswith(NPS):
        return reader.say("export-column-nps", about=key.removeprefix(NPS))
    if key.startswith(UNNAMED):
        return key.removeprefix(UNNAMED)
    about = key.removeprefix(FOUR_LEVELS)
    name = reader.say("export-column-overall") if about == "overall" else reader.say("summary-dimension", name=about)
    return reader.say("export-column-four-levels", about=name) if key.startswith(FOUR_LEVELS) else name


def _ticked(row: Response, reader: Reader) -> str:
    """The options chosen, as the survey of that time words them."""
    survey = reader.surveys.get(row.survey)
    labels = {
        (question.id, option.key): words(option.label, reader.language)
        for question in (survey.questions if survey else ())
        if question.kind in {Kind.CHOICE, Kind.CHOICES}
        for option in question.options
    }
    return "; ".join(labels.get((question, key), key) for question, keys in row.ticked.items() for key in keys)
