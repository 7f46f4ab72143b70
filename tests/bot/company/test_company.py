"""huifang.toml and the survey: accepted as `init` writes them, and every mistake told with file, line and cure."""

from pathlib import Path

import pytest

from bot.company.company import load_company
from tests.harness.company_files import KEY, TOML, YAML, change_text, find_mistakes, write_company
from texts import LANGUAGES

NO = "is no department; there are transport, service, sales, aftersales, quality, management"


def test_the_example_is_accepted(folder: Path) -> None:
    """With a byte order mark and Windows' line ends too, which the Notepad of some writes."""
    plain = load_company(folder / "huifang.toml")
    assert plain.survey is not None
    assert (plain.language, plain.quality, len(plain.departments), len(plain.categories)) == ("zh", "quality", 6, 5)
    for name in ("huifang.toml", "surveys/delivery.yaml"):
        text = (folder / name).read_text("utf-8")
        (folder / name).write_bytes(("\ufeff" + text.replace("\n", "\r\n")).encode())
    again = load_company(folder / "huifang.toml")
    assert again.survey is not None
    assert again.categories == plain.categories
    assert again.survey.questions == plain.survey.questions


LONG, NAME, REASONS = "x" * 33, "{ en = 'X', zh = 'X' }", "categories.product.reasons"
NO_SWITCH = "Input should be a valid boolean, unable to interpret input"
NEW = f"[categories.{LONG}]\nname = {NAME}\nlead = 'sales'\n[categories.other]"
COMPANY = [
    ('quality = "quality"', "", "1", "quality: is missing; add it"),
    ('quality = "quality"', 'quality = "q"', "0", f"quality: 'q' {NO}"),
    ('management = "management"', 'management = "m"', "0", f"management: 'm' {NO}"),
    ('quality = "quality"', "quality = 5", "0", "quality: Input should be a valid string"),
    ('quality = "quality"', 'quality = "quality"\ncolour = 1', "1 more", "colour: is not known here; check the spelling or remove it"),
    ("phone_region", "phone_regoin", "0", "company.phone_regoin: is not known here; check the spelling or remove it"),
    ('"CN"', '"cn"', "0", "company.phone_region: 'cn' is no region; write one like CN"),
    ("Asia/Shanghai", "Mars/Olympus", "0", "company.timezone: 'Mars/Olympus' is no time zone; write one like Asia/Shanghai"),
    ("Asia/Shanghai", "../zoneinfo", "0", "company.timezone: '../zoneinfo' is no time zone; write one like Asia/Shanghai"),
    ('["zh", "en"]', '"zh"', "0", "company.languages: Input should be a valid tuple"),
    ('zh = "示例速运"', 'zh = " "', "0", "company.name: has no text in zh"),
    ('{ en = "Sales", zh = "销售部", zh-TW = "業務部" }', '{ en = "Sales" }', "0", "departments.sales.name: has no text in zh"),
    ("[departments.sales]", f'[departments."s les"]\nname = {NAME}\n[departments.sales]', "0", f"departments.s les: a department's {KEY} 32"),
    ("[categories.other]", NEW, "0", f"categories.{LONG}: a category's {KEY} 32"),
    ("[severities.high]", "[severities.astonishingly_high]\n[severities.high]", "0", f"severities.astonishingly_high: a severity's {KEY} 16"),
    ('配送與物流" }\nlead = "transport"', '配送" }\nlead = "moon"', "1 more", f"categories.delivery.lead: 'moon' {NO}"),
    ('配送與物流" }\nlead = "transport"', '配送" }\nlead = ""', "1 more", f"categories.delivery.lead: '' {NO}"),
    ('cooperating = ["transport"]', 'cooperating = ["moon"]', "0", f"categories.product.cooperating: 'moon' {NO}"),
    ('"未經同意代簽收" }, lead = "transport"', '"未" }, lead = "moon"', "0", f"{REASONS}.unsigned.lead: 'moon' {NO}"),
    ('cooperating = ["sales"]', 'cooperating = ["moon"]', "0", f"{REASONS}.wrong.cooperating: 'moon' {NO}"),
    ('}, severity = "high"', '}, severity = "dire"', "0", f"{REASONS}.lost.severity: 'dire' is no severity; there are normal, high"),
    ("lost = {", '"lost it" = {', "0", f"{REASONS}.lost it: a reason's {KEY} 32"),
    (', zh = "丢失或短少"', "", "0", f"{REASONS}.lost.name: has no text in zh"),
    ('}, severity = "high"', '}, weight = "high"', "0", f"{REASONS}.lost.weight: is not known here; check the spelling or remove it"),
    ('severity = "normal"', 'severity = "mild"', "0", "categories.product.severity: 'mild' is no severity; there are normal, high"),
    ("second_review = true", 'second_review = "maybe"', "0", f"severities.high.second_review: {NO_SWITCH}"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "where", "why"), COMPANY, ids=lambda value: str(value)[:40])
def test_one_mistake_in_the_company_file(folder: Path, old: str, new: str, where: str, why: str) -> None:
    """Exactly this line says exactly this, and nothing else is said."""
    mistakes, line = write_company(folder, old, new)
    line += {"1": 1 - line, "1 more": 1}.get(where, 0)
    assert mistakes == [f"huifang.toml:{line}: {why}"]


def test_a_name_that_is_missing_altogether(folder: Path) -> None:
    """Each of the company's languages is told; a mistyped field is both unknown and missing."""
    mistakes, line = write_company(folder, '{ en = "After-sales", zh = "售后", zh-TW = "售後服務" }', "{ }")
    assert mistakes == [
        f"huifang.toml:{line}: categories.aftersales.name: has no text in {code}" for code in ("zh", "en")
    ]
    mistakes, line = write_company(folder, 'name = { en = "Other"', 'nam = { en = "Other"')
    assert mistakes == [
        f"huifang.toml:{line - 1}: categories.other.name: is missing; add it",
        f"huifang.toml:{line}: categories.other.nam: is not known here; check the spelling or remove it",
    ]


def test_languages_that_there_are_not(folder: Path) -> None:
    """No texts in French, in the company and in the survey; and a company that speaks none."""
    mistakes, line = write_company(folder, '["zh", "en"]', '["zh", "fr"]')
    others = " and ".join(", ".join(LANGUAGES).rsplit(", ", 1))
    assert mistakes[0] == f"huifang.toml:{line}: company.languages: fr: no texts in this language; there are {others}"
    assert "surveys/delivery.yaml:4: title: has no text in fr" in mistakes
    mistakes, line = write_company(folder, '["zh", "en"]', "[]")
    assert mistakes == [f"huifang.toml:{line}: company.languages: name at least one language"]


def test_no_categories(folder: Path) -> None:
    """The tables are gone: the line is the file's first, and the survey's categories are told too."""
    (folder / "huifang.toml").write_text(
        TOML[: TOML.index("# What people can complain about")] + "[categories]\n", "utf-8"
    )
    mistakes = find_mistakes(folder)
    assert mistakes[0].endswith("categories: name at least one category")
    assert any("'delivery' is no category; there are " in mistake for mistake in mistakes)


def test_a_comment_behind_a_table_does_not_shift_the_lines(folder: Path) -> None:
    """Nor does one with an equals sign in it."""
    text, _ = change_text(TOML, "[survey]", "[survey] # x = [y]")
    (folder / "huifang.toml").write_text(text.replace("link_days = 60", "link_days = 0"), "utf-8")
    _, line = change_text(text, "link_days = 60", "")
    assert find_mistakes(folder) == [f"huifang.toml:{line}: survey.link_days: must be more than 0 and at most 3650"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("quality = ", "huifang.toml:1: is not TOML: Invalid value (at end of document)"),
        (
            "a = 1\nquality\n",
            "huifang.toml:2: is not TOML: Expected '=' after a key in a key/value pair (at line 2, column 8)",
        ),
        ("a = 1\na = 2\n", "huifang.toml:2: is not TOML: Cannot overwrite a value (at line 2, column 6)"),
    ],
)
def test_what_is_not_toml(folder: Path, text: str, message: str) -> None:
    """The line is told where the parser knows it."""
    (folder / "huifang.toml").write_text(text)
    (mistake,) = find_mistakes(folder)
    assert mistake in {message, message.replace(":1:", ":")}


def test_a_file_that_is_not_there_or_not_text(folder: Path) -> None:
    """With the way out, where there is one."""
    path = folder / "huifang.toml"
    path.write_bytes(b"quality = '\xff'")
    assert find_mistakes(folder)[0].startswith("huifang.toml: cannot be read as UTF-8 text: ")
    path.unlink()
    assert find_mistakes(folder) == ["huifang.toml: there is no such file; `huifang init` writes one"]
    path.mkdir()
    assert find_mistakes(folder)[0].startswith("huifang.toml: cannot be read as UTF-8 text: ")


def test_all_mistakes_of_both_files_at_once(folder: Path) -> None:
    """Nobody starts the bot five times to hear five mistakes."""
    text = (
        TOML.replace("link_days = 60", "link_days = 0")
        .replace('phone_region = "CN"', 'phone_region = "XX"')
        .replace('\nlead = "transport"', '\nlead = "x"')
    )
    (folder / "huifang.toml").write_text(text, "utf-8")
    (folder / "surveys" / "delivery.yaml").write_text(
        YAML.replace("en: Late, ", "").replace("id: overall", "id: a-b"), "utf-8"
    )
    mistakes = find_mistakes(folder)
    assert len(mistakes) == 5
    assert [mistake.partition(":")[0] for mistake in mistakes] == ["huifang.toml"] * 3 + ["surveys/delivery.yaml"] * 2


def test_ticked_reasons_have_their_reason(folder: Path) -> None:
    """Every option of the example's survey is a reason of its question's category, under the same key."""
    company = load_company(folder / "huifang.toml")
    assert company.survey is not None
    for question in company.survey.questions:
        for option in question.options:
            assert option.key in company.categories[question.category].reasons


def test_the_examples_severe_reasons(folder: Path) -> None:
    """What is lost or kept is answered sooner and reviewed twice."""
    company = load_company(folder / "huifang.toml")
    assert company.route("delivery", "lost").severity == company.route("attitude", "kept").severity == "high"
    assert company.route("product", "unsigned").lead == "transport"
