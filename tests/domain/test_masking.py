"""Masks hide who and where somebody is, however it is written, and leave what everybody works with."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.masking import mask_name, mask_phone, mask_phones, mask_words
from tests.harness.text_fragments import VOCABULARY

TOLD = VOCABULARY.told


@pytest.mark.parametrize(
    ("name", "masked"),
    [("王小明", "王**"), ("Anna", "A***"), (" Bo ", "B*"), ("X", "X*"), ("  ", ""), ("Maximilian", "M***")],
)
def test_names_keep_their_first_character(name: str, masked: str) -> None:
    """One character is left, and the mask does not tell how long the name is."""
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"), [("+8613800138000", "***8000"), ("010-1234 5678", "***5678"), ("12", "***12"), ("none", "")]
)
def test_phones_keep_their_last_digits(phone: str, masked: str) -> None:
    """Four digits are left."""
    assert mask_phone(phone) == masked


@given(st.text())
def test_masks_never_say_more(text: str) -> None:
    """Whatever is masked, at most one character of a name and four digits of a phone remain."""
    assert len(mask_name(text).replace("*", "")) <= 1
    assert sum(character.isdigit() for character in mask_phone(text)) <= 4


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("call 13800138000 before noon", "call ***8000 before noon"),
        ("138 0013 8000", "***8000"),
        ("+86 (571) 8888-1234, ext. 5", "***1234, ext. 5"),
        ("010-88881234/13912345678", "***1234/***5678"),
        ("１３８００１３８０００", "***８０００"),
        ("due 2026-10-08 17:00, 30 boxes, 6-12 h", "due 2026-10-08 17:00, 30 boxes, 6-12 h"),
        ("", ""),
    ],
)
def test_phones_in_words_are_hidden(written: str, shown: str) -> None:
    """Whatever their groups; dates, times and counts stay."""
    assert mask_phones(written) == shown


@given(st.text(), st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.text())
def test_no_mobile_number_gets_through(before: str, number: str, after: str) -> None:
    """In whatever words it stands."""
    assert number not in mask_phones(f"{before} {number} {after}")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Please call 138 0013 8000", "Please call ***8000"),
        ("电话13800138000，微信同号", "电话***8000，微信同号"),
        ("WX13800138000 or QQ123456789", "WX*** or QQ***"),
        ("write to anna.mueller@example.co.uk", "write to a***@***"),
        ("I live at 12 River Road, flat 5b", "I live at *** Road, flat ***"),
        ("221B, Baker Street", "*** Street"),
        ("北京市朝阳区建国路88号3栋2单元1502室", "北京市朝阳区建国路***号***栋***单元***室"),
        ("台北市忠孝東路四段123號", "台北市忠孝東路四段***號"),
        ("我家在幸福小区5号楼", "我家在幸福小区***号楼"),
        ("SF1234567890 and C-261123-0001, see RR123456789CN", "SF1234567890 and C-261123-0001, see RR123456789CN"),
        ("5号送到的，3号线旁边，等了2个小时", "5号送到的，3号线旁边，等了2个小时"),
        ("It came on 2026-11-23 at 10:15, 3 of 5 boxes", "It came on 2026-11-23 at 10:15, 3 of 5 boxes"),
        ("parcel 773012345678901 is late", "parcel 773012345678901 is late"),
        ("", ""),
    ],
)
def test_a_customers_own_words_do_not_tell_where_they_are(written: str, shown: str) -> None:
    """Phones, e-mail addresses, house and door; numbers of cases and waybills, dates and counts stay."""
    assert mask_words(written, TOLD, "773012345678901") == shown


def test_a_place_on_a_map_is_an_address() -> None:
    """It is masked to the end of its line, the map included."""
    link = "https://www.openstreetmap.org/?mlat=31.230416&mlon=121.473701"
    written = f"Left here:\n📍 31.230416, 121.473701 · {link}\nNot at my door"
    assert mask_words(written, TOLD) == "Left here:\n📍***\nNot at my door"


@given(st.text(), st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.text())
def test_no_mobile_number_gets_through_in_own_words(before: str, number: str, after: str) -> None:
    """In whatever words it stands, but as the waybill of the case itself."""
    assert number not in mask_words(f"{before} {number} {after}", TOLD, "SF1")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("身份证11010519491231002X，麻烦核对", "身份证***，麻烦核对"),
        ("ID 110105 19491231 0021", "ID ***"),
        ("卡号6222 0212 3456 7890 123", "卡号***0123"),
        ("微信:anna_2020", "微信:***"),
        ("加我微信 anna-wang88 谢谢", "加我微信 *** 谢谢"),
        ("vx：wxid_abc123", "vx：***"),
        ("my WeChat is anna_m or @anna_mueller", "my WeChat is *** or ***"),
        ("1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣!", "***8000!"),
        ("1\u200b3\u200b8\u200b00138\u200d000", "***8000"),
        ("⓵ 一三八零零一三八零零零", "⓵ ***"),
        ("138   0013   8000", "***8000"),
        ("0571-88881234 转 5", "***1234 转 5"),
        ("+49 (0)30 1234567", "***4567"),
        ("上海市浦东新区世纪大道 １００ 号Ａ座五零二室", "上海市浦东新区世纪大道*** 号***座***室"),
        ("三号楼二单元", "***号楼***单元"),
        ("Hauptstraße 12a, 12 rue de la Paix", "Hauptstraße ***, ***rue de la Paix"),
        ("12 river road, PO Box 1234", "*** road, PO Box ***"),
    ],
)
def test_hostile_and_foreign_ways_of_writing_it(written: str, shown: str) -> None:
    """Papers, cards, accounts, other scripts, invisible characters, gaps, streets abroad."""
    assert mask_words(written, TOLD) == shown


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-23 2026-11-24, 23.11.2026, 20261123, 10:15",
        "¥1234567.50 and $1,234,567, 12345678元, 1234567 CNY",
        "运单号 773012345678901, waybill 1Z9999999999999999, tracking number: 420123456789",
        "C-261123-0042 SF1234567890 JD0012345678901",
        "微信群里说的，微信支付，line 3 of the form",
        "一座桥，第二天，3号线，二楼大厅",
    ],
)
def test_what_tells_nothing_about_anybody_stays(written: str) -> None:
    """Dates, amounts, numbers of cases, waybills that say that they are one."""
    assert mask_words(written, TOLD) == written


GAPS = st.sampled_from(["", " ", "-", "\u200b", "\u2060", ". ", "\ufe0f", "·"])


@given(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.lists(GAPS, min_size=11, max_size=11), st.sampled_from("0０")
)
def test_a_mobile_number_in_pieces_is_one(number: str, gaps: list[str], zero: str) -> None:
    """Whatever stands between the digits, seen or unseen; in digits of full width, too."""
    digits = number.translate({ord("0") + n: ord(zero) + n for n in range(10)})
    shown = mask_words("".join(map("".join, zip(digits, gaps, strict=True))), TOLD)
    assert sum(character.isdigit() for character in shown) <= 4


@given(st.text())
def test_words_that_tell_nothing_are_left_as_written(text: str) -> None:
    """Invisible characters and other scripts stay in them; masking twice says nothing more."""
    once = mask_words(text, TOLD)
    assert once == text or "***" in once
    assert sum(map(str.isdigit, mask_words(once, TOLD))) <= sum(map(str.isdigit, once))


def test_the_time_grows_with_the_length_of_the_text() -> None:
    """Nothing that could be tried again from the next place repeats without a bound: a phone number and a place on a map take what they see."""
    unbounded = re.findall(r"(?:[*+]|\{\d+,\})(?=[\\[(|)^$A-Za-z]|$)", re.sub(r"\[[^]]*\]|\\.", "x", TOLD.pattern))
    assert unbounded == ["+", "{6,}"]
