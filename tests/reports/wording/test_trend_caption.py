"""What control charts say in sentences, in both languages, and that it fits below a picture."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.figures.control import Chart, Observation, Trend, p_chart, u_chart
from reports.wording.trend_caption import format_signal, format_trend_caption
from reports.wording.wording import RenderText
from texts import LANGUAGES, Texts

TEXTS = Texts()
BEGIN = date(2026, 1, 5)


def say(language: str = "en") -> RenderText:
    return lambda key, /, **values: TEXTS.html(language, key, values)


def days(*counted: tuple[int, int]) -> list[Observation]:
    made = []
    for place, (count, n) in enumerate(counted):
        day = BEGIN + timedelta(days=place)
        made.append(Observation(day.isoformat(), day, day, count, n))
    return made


CALM = p_chart(days(*[(10, 100)] * 28))
LOUD = u_chart(days(*[(4, 1000)] * 20, (16, 1000), (4, 800)))


def test_in_control_and_not() -> None:
    """Each chart says which it is, with n and limits; a signal names its period, its figure and the limit."""
    text = format_trend_caption(Trend("day", "Transport", CALM, LOUD), say())
    assert text.startswith("<b>Trend by day</b> · Transport\n\n<b>Dissatisfaction</b>")
    assert (
        "Nothing unusual: the last 8 days differ by no more than chance from the 20 before, which had 200 low ratings."
        in text
    )
    assert "Last: 2026-02-01, 10.0% (10 of 100); limits 2.0%–20.0%, centre 10.0%." in text
    assert "⚠️ 2026-01-25: 16.0 (16 of 1,000), above the upper limit of 12.0." in text
    assert "Last: 2026-01-26, 5.0 (4 of 800); limits 0.0–12.5, centre 4.0." in text


def test_a_signal_that_may_yet_grow_says_so() -> None:
    """Too many complaints already, with more to come: in the alert as in the caption."""
    late = replace(days(*[(16, 1000)] * 21)[-1], growing=True)
    chart = u_chart([*days(*[(4, 1000)] * 20), late])
    (point,) = chart.signals
    assert format_signal(chart, point, "day", say()) == (
        "2026-01-25: 16.0 (16 of 1,000), still growing, above the upper limit of 12.0."
    )


def test_a_row_of_eight() -> None:
    """It is told against the centre, not against a limit."""
    chart = u_chart(days(*[(4, 1000)] * 20, *[(7, 1000)] * 8))
    (point,) = chart.signals
    assert format_signal(chart, point, "day", say()) == (
        "2026-02-01: 7.0 (7 of 1,000), the eighth or later in a row above the centre of 4.0."
    )


@pytest.mark.parametrize(
    ("chart", "words"),
    [
        (
            p_chart(days(*[(0, 5)] * 20, (1, 5))),
            (
                "Too few to judge: the 13 days before had 0 low ratings; 20 are needed. Try weeks or months.\n"
                "Last: 2026-01-25, 1 of 5: not judged (n = 5)."
            ),
        ),
        (
            p_chart(days(*[(1, 100)] * 28)),
            (
                "Too few to judge: no day has enough answers for four times the usual level to stand out. Try weeks or months.\n"
                "Last: 2026-02-01, 1.0% (1 of 100): not judged (n = 100)."
            ),
        ),
        (
            p_chart(days(*[(10, 100)] * 26, (10, 100), (2, 2))),
            (
                "Nothing unusual: the last 8 days differ by no more than chance from the 20 before, which had 200 low ratings.\n"
                "Not judged, drawn hollow: 1 of the last 8 (n = 2).\nLast: 2026-02-01, 2 of 2: not judged (n = 2)."
            ),
        ),
        (
            u_chart([*days(*[(8, 1000)] * 27), replace(days(*[(3, 1000)] * 28)[-1], growing=True)]),
            "Last: 2026-02-01, 3.0 (3 of 1,000), still growing; limits 1.0–18.0, centre 8.0.",
        ),
    ],
)
def test_what_cannot_be_judged_is_not_called_calm(chart: Chart, words: str) -> None:
    """Too few events, days too small, a last point of two answers, complaints still to come: each is said, with its n."""
    assert words in format_trend_caption(Trend("day", "", chart, chart), say())


def test_too_few_periods() -> None:
    """How many there are, of how many; the last one is told all the same, and a small n by its counts."""
    chart = p_chart(days(*[(1, 8)] * 9))
    text = format_trend_caption(Trend("week", "", chart, Chart("u")), say())
    assert "Not enough weeks yet: 8 of 12." in text
    assert "1 of 8" in text
    assert "12.5" not in text
    assert "Not enough weeks yet: 0 of 12." in text
    assert text.startswith("<b>Trend by week</b>\n")


def test_weeks_and_months_have_names() -> None:
    """A week from its Monday to its Sunday, a month by its number."""
    point = replace(LOUD.signals[0], first=date(2026, 1, 5), last=date(2026, 1, 11), code="2026-01")
    assert "2026-01-05 – 2026-01-11: " in format_signal(LOUD, point, "week", say())
    assert "2026-01: " in format_signal(LOUD, point, "month", say())
    assert "2026-01-05 至 2026-01-11" in format_signal(LOUD, point, "week", say("zh"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_below_a_picture(language: str) -> None:
    """Every point outside, a name as long as names are, markup in it: under 1,024 units, escaped, more are counted."""
    observed = days(*[(4000, 100_000)] * 20, *[(90_000, 100_000)] * 8)
    loud = u_chart([*observed[:20], *(replace(late, growing=True) for late in observed[20:])])
    text = format_trend_caption(Trend("week", "<b>" + "长" * 200, replace(loud, kind="p"), loud), say(language))
    assert len(re.sub(r"</?[bi]>", "", text).encode("utf-16-le")) // 2 < 1024
    assert "&lt;b&gt;" in text
    assert text.count("⚠️") == 4
    assert ("and 6 more" if language == "en" else "另有6") in text
