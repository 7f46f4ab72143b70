"""The file on paper: its words can be found in it, nothing is markup, nothing is a box, long texts go on."""

from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from pypdf import PdfReader

from reports.paper.case_file import render_case_file, transliterate
from reports.wording.case_file import CaseFileAttachment, CaseFileEntry, CaseFileForm, CaseFileLine
from tests.reports.wording.test_case_file import FILE


def pages(**changes: object) -> list[str]:
    """The text of each page, without line breaks."""
    drawn = render_case_file(msgspec.structs.replace(FILE, **changes))
    assert drawn.startswith(b"%PDF-")
    return [page.extract_text().replace("\n", "") for page in PdfReader(BytesIO(drawn)).pages]


def test_every_word_is_in_it() -> None:
    """The three parts, the deadlines, the form with its signatures, the number and the note on the page."""
    (text,) = pages()
    for words in (
        *("C-261123-0042", "已答复", "投诉内容", "处理过程", "处理结果", "王**", "包裹湿了", "马上去", "2026-11-25"),
        *(
            "环节",
            "超时",
            "进行中",
            "处理满意度",
            "差评整改反馈表",
            "车坏了",
            "部门负责人",
            "签字、日期",
            "个人信息已脱敏。",
        ),
    ):
        assert words in text


def test_english() -> None:
    """Words are kept apart."""
    (text,) = pages(language="en", complaint=(CaseFileLine("In the customer's words", "The parcel was wet"),))
    assert "The parcel was wet" in text


def test_the_regulators_form_is_a_page_of_its_own() -> None:
    """With its own signatures."""
    more = CaseFileForm("监管申诉答复表", (CaseFileLine("收到日期", "2026-12-05"),), ("经办人",))
    first, second = pages(forms=(*FILE.forms, more))
    assert "监管申诉答复表" in second
    assert "经办人" in second
    assert "监管申诉答复表" not in first


def test_nothing_yet() -> None:
    """A case without a result says so."""
    (text,) = pages(forms=(), result=(), clocks=())
    assert "暂无。" in text
    assert "时限" not in text


def test_long_texts_go_on() -> None:
    """4,096 characters, in the complaint and in an entry, from page to page, to the last word; a word without end breaks."""
    long = "包裹" * 2040 + "最后的话"
    entry = CaseFileEntry(
        "2026-11-23 12:00", "x" * 200, "补充", (CaseFileLine("", long), CaseFileLine("期限", "y" * 400))
    )
    text = "".join(pages(complaint=(CaseFileLine("客户原话", long),), process=(entry,)))
    assert text.count("最后的话") == 2
    assert text.count("x") >= 200
    assert text.count("y") >= 400


@pytest.mark.parametrize(
    "words",
    ["#panic()", "$x^2$", "*bold* _it_ `raw`", "<label> @ref", '#read("/etc/passwd")', '"); #panic("', "{x: 1}"],
)
def test_words_are_never_markup(words: str) -> None:
    """What people write is drawn as they wrote it, and runs nothing."""
    (text,) = pages(complaint=(CaseFileLine("客户原话", words),))
    assert words.replace(" ", "") in text.replace(" ", "")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("湿了 ok é Привет\nnext", "湿了 ok é Привет\nnext"),
        ("😀!", "[grinning face]!"),
        ("👍🏽", "[thumbs up sign]"),
        ("👨\u200d👩", "[man][woman]"),
        ("🇨🇳", "[CN]"),
        ("a\u202eb\u202c\u200f\ufeff", "ab"),
        ("مرحبا 안녕", "[arabic, 5] [hangul, 2]"),
        ("a\x00\x07\ud800b", "ab"),
        ("e\u0301", "é"),
        ("\U000e0041", ""),
        ("", ""),
    ],
)
def test_what_the_typeface_lacks(written: str, said: str, font_points: frozenset[int]) -> None:
    """Signs by their names, letters of other scripts counted, what cannot be seen left out: never a box."""
    assert transliterate(written) == said
    assert {ord(one) for one in said} - {10} <= font_points


def test_same_in_same_out() -> None:
    """Drawn twice it says the same."""
    assert pages() == pages()


def test_photos_are_shown_and_everything_is_listed() -> None:
    """What is kept and can be drawn is; what is no picture, or is not there, is in the list only."""
    photo = (Path(__file__).parents[3] / "playground" / "company" / "photos" / "crushed.jpg").read_bytes()
    named = [CaseFileAttachment(f"C-1-{n}.jpg", "Wang", "9 KB", f"{n:064x}", n, is_picture=True) for n in range(1, 6)]
    listed = CaseFileAttachment("C-1-9 (video)", "Wang", "", "too large", 0)
    file = msgspec.structs.replace(
        FILE, attached_title="Photos", attached_heads=("a", "b", "c", "d"), attached=(*named, listed)
    )
    left = Path("/dev/shm/huifang-pictures-999999999-x")  # noqa: S108 -- of a process that was killed
    if left.parent.exists():
        left.mkdir()
    broken = {2: photo[:200], 3: b"\x89PNG\r\n\x1a\n<svg>", 4: b"<svg xmlns='http://www.w3.org/2000/svg'/>"}
    drawn = PdfReader(BytesIO(render_case_file(file, {1: photo, **broken})))
    assert sum(len(page.images) for page in drawn.pages) == 1
    assert not left.exists()
    text = "".join(page.extract_text().replace("\n", "") for page in drawn.pages)
    for words in ("Photos", "C-1-5.jpg", f"{4:064x}", "too large"):
        assert words in text
