"""The columns of responses: every score in its own, called by what it is about."""

from domain.figures.export import ExportedResponse
from reports.export.columns import ExportReader, list_headings, list_values
from reports.export.response_columns import list_response_columns, name_scores
from tests.harness.export_rows import COMPANY, FIRST
from texts import Texts

TEXTS = Texts()
SCORED = ["4:overall", "=nps:recommend", "=recommend", "?q7", "goods", "overall", "价格", "waybill"]


def reader(language: str = "en") -> ExportReader:
    surveys = {one.name: one for one in COMPANY.surveys.values()}
    return ExportReader(lambda key, /, **args: TEXTS.plain(language, key, args), language, COMPANY, surveys)


def response(**more: object) -> ExportedResponse:
    place = ("transport", "k17", "R1", "North", "express", "P1", "vip")
    survey = COMPANY.survey.name if COMPANY.survey else ""
    return ExportedResponse("erp", "SF1", FIRST, FIRST, FIRST, *place, "sent", survey, **more)  # type: ignore[arg-type]  # its fields


def test_a_score_has_a_name_that_formulas_can_use() -> None:
    """The overall rating first; no two names alike, none that another column has."""
    names = name_scores(SCORED)
    assert next(iter(names.items())) == ("overall", "overall")
    assert len(set(names.values())) == len(SCORED)
    assert all(name.isascii() and name.replace("_", "").isalnum() for name in names.values())
    assert names["4:overall"] == "four_levels_overall"
    assert names["waybill"].startswith("score_")


def test_every_score_is_in_its_column() -> None:
    """Numbers as numbers, yes and no as such, nothing where nothing was said."""
    columns = list_response_columns(SCORED, quoted=False)
    row = list_values(
        columns, response(scores={"overall": 5, "=recommend": 1, "=nps:recommend": 9, "?q7": 0}), reader()
    )
    cells = dict(zip([one.words for one in list_headings(columns, reader())], row, strict=True))
    assert cells["Overall"] == 5
    assert cells["Would recommend"] is True
    assert cells["Recommend, 0–10 (recommend)"] == 9
    assert cells["q7"] == 0
    assert cells["Goods intact"] is None
    assert cells["Overall (four levels)"] is None


def test_words_are_a_column_only_where_they_are_wanted() -> None:
    """And reasons are worded as the survey words them, in the reader's language."""
    said = response(words=("one", "two"), ticked={"goods_reasons": ("lost", "gone")})
    for language, label in (("en", "Lost or short; gone"), ("zh", "丢失或短少; gone")):
        row = list_values(list_response_columns(["overall"], quoted=True), said, reader(language))
        assert "one\ntwo" in row
        assert label in row
    assert "one\ntwo" not in list_values(list_response_columns(["overall"], quoted=False), said, reader())
