"""The picture: a PNG of the promised width, data that is never markup, counts where there are few answers."""

import json
import pickle
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from domain.figures import DepartmentLine, Summary, Tally
from reports.digest import digest
from reports.font import BREAK_HERE
from reports.picture import DEPARTMENT_ROWS, WIDTH, drawing, picture
from reports.wording import Say

EVERY = pytest.mark.parametrize("name", ["sparse", "medium", "rich", "nothing"])


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def drawn(summary: Summary, say: Say) -> list[str]:
    return list(strings(json.loads(json.dumps(drawing(summary, say)))))


@EVERY
def test_png(say: Say, language: str, examples: Mapping[str, Summary], name: str) -> None:
    """Every example becomes a PNG, 1280 wide and within Telegram's limits for photos, dark words on a light ground."""
    png = picture(examples[name], say, language)
    with Image.open(BytesIO(png)) as image:
        assert image.format == "PNG"
        assert image.width == WIDTH
        assert image.width + image.height <= 10_000
        assert max(image.size) / min(image.size) < 20
        grey = image.convert("L")
        histogram = grey.histogram()
        assert sum(histogram[230:]) > 0.7 * grey.width * grey.height
        assert sum(histogram[:60]) > 1000
    assert len(png) < 10_000_000


@EVERY
def test_every_character_is_in_the_typeface(
    say: Say, examples: Mapping[str, Summary], name: str, font_points: frozenset[int]
) -> None:
    """Nothing that is drawn leaves an empty box, names with emoji included."""
    assert {ord(character) for text in drawn(examples[name], say) for character in text} <= font_points


@pytest.mark.parametrize("name", ["sparse", "nothing"])
def test_few_answers_have_no_percentage_and_no_bar(say: Say, examples: Mapping[str, Summary], name: str) -> None:
    """Seven answers are told in counts; only the explanation speaks of percentages."""
    data = json.loads(json.dumps(drawing(examples[name], say)))
    del data["method"], data["departments"]["axis"]
    assert not any("%" in text for text in strings(data))
    assert all(row["bar"] is None for part in ("dimensions", "departments") for row in data[part]["rows"])


def test_bars_carry_their_interval(say: Say, examples: Mapping[str, Summary]) -> None:
    """A bar holds its share inside its interval, and is pale while n is 10–29."""
    data = json.loads(json.dumps(drawing(examples["medium"], say)))
    timeliness, goods, attitude = data["dimensions"]["rows"]
    assert attitude["bar"] is None
    for row in (timeliness, goods):
        assert row["bar"]["pale"]
        assert row["bar"]["low"] <= row["bar"]["part"] <= row["bar"]["high"]
    rich = json.loads(json.dumps(drawing(examples["rich"], say)))
    assert not rich["dimensions"]["rows"][0]["bar"]["pale"]


@pytest.mark.parametrize(
    "name",
    [
        "#panic()",
        "$x^2$",
        "*bold* _it_ `raw`",
        "<label> @ref",
        '#read("/etc/passwd")',
        '"); #panic("',
        "\\u{1F600} \\",
        "{x: 1}",
        "\0\1",
    ],
)
def test_names_are_never_markup(english: Say, examples: Mapping[str, Summary], name: str) -> None:
    """Names that are typst code are drawn as they are written and run nothing."""
    summary = replace(examples["sparse"], departments=(DepartmentLine(name, Tally.of({5: 40}), 0, 0, 0),))
    assert picture(summary, english, "en").startswith(b"\x89PNG")
    visible = name.strip("\0\1") or "–"
    assert visible in {text.replace(BREAK_HERE, "") for text in drawn(summary, english)}


def test_departments_beyond_the_picture_are_counted(english: Say, examples: Mapping[str, Summary]) -> None:
    """Fifteen departments show twelve and say that three are missing."""
    lines = tuple(DepartmentLine(f"Depot {k}", Tally.of({5: 40}), 0, 0, 0) for k in range(DEPARTMENT_ROWS + 3))
    texts = drawn(replace(examples["rich"], departments=lines), english)
    assert sum(text.startswith("Depot") for text in texts) == DEPARTMENT_ROWS
    assert "… and 3 more" in texts


def test_long_names_are_cut_on_purpose(english: Say, examples: Mapping[str, Summary]) -> None:
    """A long name ends in an ellipsis, earlier in Chinese, whose signs are wider."""
    texts = drawn(examples["rich"], english)
    assert "North-West Regional Distribution and Retur…" in texts
    assert "上海浦东国际机场货运枢纽中心跨境电子商务出…" in texts


def test_same_in_same_out(english: Say, examples: Mapping[str, Summary]) -> None:
    """The same summary draws the same bytes, so a picture can be kept."""
    assert picture(examples["medium"], english, "en") == picture(examples["medium"], english, "en")


def test_a_summary_travels_to_the_helper_process(examples: Mapping[str, Summary]) -> None:
    """A summary survives pickling, time zone and all."""
    assert pickle.loads(pickle.dumps(examples["rich"])) == examples["rich"]  # noqa: S301 - our own bytes


def test_every_message_is_used(english: Say, examples: Mapping[str, Summary], texts: dict[str, str]) -> None:
    """Caption and picture together say every message of the file, but for the refused periods."""
    said: set[str] = set()

    def listening(key: str, /, **values: str | int) -> str:
        said.add(key)
        return english(key, **values)

    for summary in examples.values():
        digest(summary, listening)
        drawing(summary, listening)
    many = tuple(DepartmentLine(f"Depot {k}", Tally(), 0, 0, 0) for k in range(DEPARTMENT_ROWS + 1))
    drawing(replace(examples["rich"], departments=many), listening)
    written = {line.partition(" = ")[0] for line in texts["en"].splitlines() if line.startswith("summary-")}
    assert written - said == {"summary-period-unknown", "summary-period-reversed", "summary-period-future"}
