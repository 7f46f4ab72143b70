"""Who somebody is: grants hold where they were given, and masks hide what they should."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.people import Grant, Person, Role, mask_name, mask_phone, mask_phones, mask_words
from tests.harness.text_fragments import VOCABULARY

TOLD = VOCABULARY.told


def person(*grants: Grant, id_: int = 1) -> Person:
    return Person(id_, 1001, "en", grants=frozenset(grants))


def test_a_head_is_staff_too() -> None:
    """Anyone who heads a department works in it, and in no other."""
    head = person(Grant(Role.HEAD, "transport"))
    assert head.is_head_of("transport")
    assert head.is_staff_of("transport")
    assert not head.is_staff_of("service")
    assert not person(Grant(Role.STAFF, "transport")).is_head_of("transport")


def test_departments_are_those_worked_in() -> None:
    """Quality and management span the company and are no department to work in."""
    many = person(
        Grant(Role.STAFF, "transport"), Grant(Role.HEAD, "service"), Grant(Role.QUALITY, "quality"), Grant(Role.MANAGER)
    )
    assert many.departments == {"transport", "service"}
    assert many.is_quality
    assert many.is_manager


def test_a_courier_is_known_by_the_companys_id() -> None:
    """Perhaps by several; a department is not one."""
    assert person(Grant(Role.COURIER, "k17"), Grant(Role.COURIER, "k18")).couriers == {"k17", "k18"}
    assert person(Grant(Role.STAFF, "k17"), Grant(Role.COURIER)).couriers == frozenset()
    assert person(Grant(Role.COURIER, "transport")).departments == frozenset()


def test_nobody_is_anything_without_a_grant() -> None:
    """A customer has no role."""
    nobody = person()
    assert not any([nobody.is_manager, nobody.is_quality, nobody.is_staff_of(""), nobody.departments])


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


def test_the_ids_of_a_courier() -> None:
    """Every id that was granted; a department is none, and neither is a courier's grant a department."""
    both = Person(
        1,
        1,
        "en",
        grants=frozenset({Grant(Role.COURIER, "k17"), Grant(Role.COURIER, "k18"), Grant(Role.STAFF, "transport")}),
    )
    assert both.couriers == {"k17", "k18"}
    assert both.departments == {"transport"}
    assert Person(2, 2, "en").couriers == frozenset()


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
        ("WX13800138000 or QQ123456789", "WX***8000 or QQ***6789"),
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
