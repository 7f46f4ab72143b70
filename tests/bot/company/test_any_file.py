"""Any file whatever where a company's file or a survey should be: read, or refused with every mistake and its place."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.company.company import load_company
from bot.company.mistakes import Mistake, Mistakes
from bot.company.survey_file import load_survey
from tests.conftest import PROVE
from tests.harness.in_process import EXAMPLE

TODAY = dt.date(2026, 11, 23)
SURVEY = min((EXAMPLE.parent / "surveys").glob("*.yaml"))
COMPANY_LINES, SURVEY_LINES = (path.read_text("utf-8").splitlines() for path in (EXAMPLE, SURVEY))
SURVEY_TOML = """survey = "delivery"
title = "x"
thanks = "y"
[[questions]]
id = "rating"
type = "rating"
text = "How was it?"
category = "delivery"
[[questions]]
id = "why"
type = "choice"
text = "Why?"
options = { a = "A", b = "B" }
when = { rating = "<= 2" }
""".splitlines()

VALUES = st.one_of(
    st.sampled_from(
        [
            *(
                "",
                "0",
                "-1",
                "1e999",
                "nan",
                "inf",
                "1" * 5000,
                "0x" + "f" * 5000,
                "true",
                "null",
                "~",
                '""',
                "''",
                '"\0"',
            ),
            *(
                "[]",
                "{}",
                "[[]]",
                "{[a]: b}",
                "[" * 300,
                "{a: " * 300,
                "2026-13-45",
                "2026-02-30T99:99:99Z",
                "25:61",
                "1:2:3",
            ),
            *(
                "2026-11-23",
                "00:00",
                "&a [*a]",
                "&a {b: *a}",
                "*a",
                "<<: 5",
                "<<: {a: 1}",
                "!!python/object:os.system x",
                "!!int x",
            ),
            *(
                "!!binary x",
                "!!timestamp x",
                "!!set {a}",
                "!!omap [a]",
                "!!float x",
                "? [a, b]",
                "|",
                ">-",
                "%YAML 9",
                "---",
                "...",
            ),
            *(
                '"""',
                "'''",
                '"\\ud800"',
                "é",
                "\ufeff",
                "🙂" * 400,
                "-",
                "=",
                "a.b.c = 1",
                "[x]",
                "[[x]]",
                "[departments]",
                "# x",
            ),
        ]
    ),
    st.integers().map(str),
    st.text(max_size=12),
)


@st.composite
def spoilt(draw: st.DrawFn, lines: list[str]) -> str:
    """These lines with up to four of them lost, doubled, exchanged, moved to another column, or with another value."""
    spoilt = list(lines)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(spoilt) - 1))
        line = spoilt[at]
        sign = "=" if "=" in line else ":"
        match draw(st.integers(0, 6)):
            case 0:
                spoilt[at : at + 1] = []
            case 1:
                spoilt[at:at] = [line]
            case 2:
                spoilt[at] = draw(st.sampled_from(lines))
            case 3:
                spoilt[at] = draw(st.sampled_from([" ", "  - ", "\t", ""])) + line.strip()
            case 4:
                spoilt[at] = line[: draw(st.integers(0, len(line)))] + draw(VALUES)
            case _:
                spoilt[at] = f"{line.partition(sign)[0]}{sign} {draw(VALUES)}"
        spoilt = spoilt or [""]
    return "\n".join(spoilt)


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    return path


def assert_read_or_refused(load: Callable[[], object], path: Path) -> None:
    """Whatever is wrong is said, with the file it is in."""
    said: tuple[Mistake, ...] | None = None
    try:
        load()
    except Mistakes as refused:
        said = refused.found
    if said is not None:
        assert said
        assert all(str(mistake).startswith(str(path.parent)) for mistake in said)


def load_any_survey(path: Path) -> None:
    assert_read_or_refused(lambda: load_survey(path, ("en", "zh"), ("delivery", "product")), path)


def load_any_company(path: Path) -> None:
    assert_read_or_refused(lambda: load_company(path, TODAY), path)


def tries(few: int, many: int) -> settings:
    return settings(
        max_examples=many if PROVE else few,
        derandomize=not PROVE,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


@tries(40, 3_000)
@given(content=spoilt(COMPANY_LINES) | st.binary(max_size=60))
def test_any_company_file(folder: Path, content: str | bytes) -> None:
    """The example's file, spoilt; its surveys lie beside it as they were."""
    load_any_company(write(folder / "huifang.toml", content))


@tries(60, 3_000)
@given(content=spoilt(SURVEY_LINES) | st.binary(max_size=60))
def test_any_survey_file(tmp_path: Path, content: str | bytes) -> None:
    load_any_survey(write(tmp_path / "any.yaml", content))


@tries(60, 3_000)
@given(content=spoilt(SURVEY_TOML) | st.binary(max_size=60))
def test_any_survey_file_in_toml(tmp_path: Path, content: str | bytes) -> None:
    load_any_survey(write(tmp_path / "any.toml", content))


@pytest.mark.parametrize(
    "value",
    [
        *(
            "1" * 5000,
            "2026-13-45",
            "2026-02-30 99:99:99",
            "&a [*a]",
            "&a {b: *a}",
            "[" * 600,
            "!!timestamp x",
            "!!int x",
        ),
        *("!!float x", "!!binary é", "!!bool x", "0b", "0x", "1:99999999999999999999", "{[a]: b}", "- " * 2000 + "x"),
    ],
    ids=range(16),
)
@pytest.mark.parametrize("line", ["title: ", "survey: any\ntitle: {en: x, zh: y}\nquestions: "])
def test_values_that_yaml_itself_stumbles_over(tmp_path: Path, line: str, value: str) -> None:
    """Numbers too long, dates that are none, knots, depths: each is a mistake with its file, not a failure of the parser's."""
    load_any_survey(write(tmp_path / "any.yaml", f"{line}{value}\n"))


@pytest.mark.parametrize("value", ["1" * 5000, "[" * 1500, "{a=" * 5000, "2026-13-45", "0x" + "f" * 9000, "1e99999"])
@pytest.mark.parametrize("name", ["huifang.toml", "any.toml"])
def test_values_that_toml_itself_stumbles_over(folder: Path, name: str, value: str) -> None:
    """The same of the other format, which a company file has, too."""
    path = write(folder / name, f"title = {value}\n")
    (load_any_company if name == "huifang.toml" else load_any_survey)(path)
