"""The summary's picture: a PNG of the promised width, data that is never markup, counts where there are few answers."""

import pickle
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from domain.company import FigureRules
from domain.figures.breakdown import By
from domain.figures.evidence import Share
from domain.figures.figures import Counts, Nps, Stratum
from domain.figures.summary import Summary, SummaryUnit
from reports.pictures.summary_picture import UNIT_ROWS, build_drawing, render_picture
from reports.wording.wording import RenderText
from tests.harness.example_summaries import COURIERS, HOURS, RICH, make_tally, make_unit
from tests.harness.export_rows import COMPANY
from tests.harness.picture_checks import HOSTILE, check_photo, list_texts, strip_invisible

EVERY = pytest.mark.parametrize("name", ["sparse", "medium", "rich", "nothing"])


def draw(summary: Summary, say: RenderText) -> dict[str, Any]:
    return dict(build_drawing(summary, say))


@EVERY
def test_png(say: RenderText, language: str, examples: Mapping[str, Summary], name: str) -> None:
    """Every example becomes a PNG, 1280 wide and within Telegram's limits for photos, dark words on a light ground."""
    check_photo(render_picture(examples[name], say, language))


@EVERY
def test_every_character_is_in_the_typeface(
    say: RenderText, examples: Mapping[str, Summary], name: str, font_points: frozenset[int]
) -> None:
    """Nothing that is drawn leaves an empty box, names with emoji included."""
    assert {ord(character) for text in list_texts(draw(examples[name], say)) for character in text} <= font_points


@pytest.mark.parametrize("name", ["sparse", "nothing"])
def test_few_answers_have_no_percentage_and_no_bar(say: RenderText, examples: Mapping[str, Summary], name: str) -> None:
    """Seven answers are told in counts; only the explanation speaks of percentages."""
    data = draw(examples[name], say)
    del data["method"]
    if data["units"]:
        del data["units"]["axis"]
    rows = [
        row for part in (*data["handling"], data["dimensions"], data["units"] or {"rows": ()}) for row in part["rows"]
    ]
    for row in rows:
        row["name"] = ""  # the name of a target holds its percent
    assert not any("%" in text for text in list_texts(data))
    assert all(row["bar"] is None for row in rows)


def test_a_department_that_leaves_out_a_priority_is_marked(say: RenderText, examples: Mapping[str, Summary]) -> None:
    """After its percentage, explained once below the rows; where all priorities answered, nothing is."""
    silent = Counts({"P1": Stratum(900, make_tally(30, 9, ones=1)), "P4": Stratum(400)})
    medium = examples["medium"]
    units = draw(replace(medium, units=(SummaryUnit("x", "Ann", silent), *medium.units)), say)["units"]
    assert {row["name"] for row in units["rows"] if row["value"].endswith("%†")} == {"Ann"}
    assert units["left_out"] == say("summary-left-out", mark="†")
    assert draw(medium, say)["units"]["left_out"] == ""


def test_bars_carry_their_interval(say: RenderText, examples: Mapping[str, Summary]) -> None:
    """A bar holds its share inside its interval, and is pale while n is 10–29."""
    timeliness, goods, attitude = draw(examples["medium"], say)["dimensions"]["rows"]
    assert attitude["bar"] is None
    for row in (timeliness, goods):
        assert row["bar"]["pale"]
        assert row["value"].startswith("≈")
        assert row["bar"]["low"] <= row["bar"]["part"] <= row["bar"]["high"]
    solid = draw(examples["rich"], say)["dimensions"]["rows"][0]
    assert not solid["bar"]["pale"]
    assert not solid["value"].startswith("≈")


def test_what_became_of_complaints(english: RenderText) -> None:
    """Shares of rounds, silence, handling, reopening and repeats with their n; the first has its target, the last what chance repeats."""
    stages, results = draw(RICH, english)["handling"]
    assert [row["value"] for row in results["rows"]] == ["87%", "2%", "79%", "5%", "12%"]
    assert [row["n"] for row in results["rows"]] == ["n = 99", "n = 101", "n = 112", "n = 112", "n = 140"]
    assert [row["bar"]["target"] for row in results["rows"]] == [0.9, None, None, None, None]
    assert [row["bar"]["tone"] for row in results["rows"]] == ["", "bad", "", "bad", "bad"]
    assert results["rows"][-1]["name"] == "Repeated, by chance about 7%"
    assert [row["value"] for row in stages["rows"]] == ["94%", "84%", "74%", "91%", "95%", "3 of 3"]
    assert stages["rows"][0]["bar"]["part"] == Share(131, 140).value


def test_the_target_is_the_companys(english: RenderText) -> None:
    """What the company has set, in words and on the bar."""
    strict = RICH.with_rules(replace(COMPANY, figures=FigureRules(resolution_targets=(92.5, 95, 99))))
    first = draw(strict, english)["handling"][1]["rows"][0]
    name = "Solved first time, of those who told us; target 92.5%"
    assert (first["name"], first["bar"]["target"]) == (name, 0.925)


def test_what_was_not_asked_is_left_out(english: RenderText) -> None:
    """No card for the net promoter score, complaints' results or units where there are none."""
    data = draw(replace(RICH, nps=Nps(), recommend=(0, 0), units=()), english)
    assert [one["name"] for one in data["others"]] == ["Four-level surveys"]
    assert data["units"] is None
    assert draw(Summary(RICH.period), english)["handling"] == []


def test_net_promoter_score(english: RenderText) -> None:
    """The score with its margin; of six answers only counts."""
    first = draw(RICH, english)["others"][0]
    assert (first["value"], first["n"]) == ("+35 ± 4", "n = 1,230")
    few = draw(replace(RICH, nps=Nps(1, 2, 3)), english)["others"][0]
    assert (few["value"], few["n"]) == ("3 for, 1 against, of 6", "")
    assert draw(replace(RICH, nps=Nps(20, 10, 5)), english)["others"][0]["value"].startswith("−43")


def test_a_unit_is_named_in_the_title(english: RenderText) -> None:
    """A courier's summary says whose it is."""
    assert draw(replace(RICH, unit=SummaryUnit("k17", "王伟")), english)["title"] == "Service quality · 王伟"


def test_departments_have_what_waits_other_units_their_deliveries(english: RenderText) -> None:
    """Only departments have cases that are open; hours and categories are other pictures' business."""
    assert draw(RICH, english)["units"]["heads"] == ["Complaints", "Open", "Overdue"]
    couriers = draw(COURIERS, english)["units"]
    assert couriers["heads"] == ["Complaints", "Deliveries"]
    assert couriers["rows"][0]["counts"] == ["9", "800"]
    assert draw(HOURS, english)["units"] is None
    assert draw(replace(RICH, by=By.CATEGORY), english)["units"] is None


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_never_markup(english: RenderText, examples: Mapping[str, Summary], name: str) -> None:
    """Names that are typst code are drawn as they are written and run nothing."""
    summary = replace(examples["sparse"], units=(make_unit(name, make_tally(40)),))
    assert render_picture(summary, english, "en").startswith(b"\x89PNG")
    assert strip_invisible(name) in list_texts(draw(summary, english))


def test_units_beyond_the_picture_are_counted(english: RenderText) -> None:
    """What does not fit is counted."""
    lines = tuple(make_unit(f"Depot {k}", make_tally(40)) for k in range(UNIT_ROWS + 3))
    texts = list_texts(draw(replace(RICH, units=lines), english))
    assert sum(text.startswith("Depot") for text in texts) == UNIT_ROWS
    assert "… and 3 more" in texts


def test_same_in_same_out(english: RenderText, examples: Mapping[str, Summary]) -> None:
    """The same summary draws the same bytes, so a picture can be kept."""
    assert render_picture(examples["medium"], english, "en") == render_picture(examples["medium"], english, "en")


def test_a_summary_travels_to_the_helper_process(examples: Mapping[str, Summary]) -> None:
    """A summary survives pickling, time zone and all."""
    assert pickle.loads(pickle.dumps(examples["rich"])) == examples["rich"]  # noqa: S301 - our own bytes
