"""Headings of files of deliveries: read in both languages, however they are written, as the company wants them."""

import pytest

from domain.deliveries.columns import Columns, Field, understand
from texts.words import vocabulary

KNOWN = vocabulary().headings

ENGLISH = [
    "Waybill", "Delivered_At", "Phone", "Customer Ref", "Name", "Type", "Language", "Department", "Courier ID", "Courier Name", "Route",
    "Station", "Service", "Priority", "declared_value",
]  # fmt: skip
CHINESE = [
    "运单号", "签收时间", "手机号", "客户编号", "收件人", "客户类型", "语言", "部门", "快递员编号", "快递员", "线路", "网点",
    "产品类型", "优先级", "声明价值",
]  # fmt: skip


@pytest.mark.parametrize("headings", [ENGLISH, CHINESE, [field.value for field in Field]])
def test_every_field_in_both_languages(headings: list[str]) -> None:
    """Each heading of these is one field, in the order of the fields."""
    assert dict(understand(headings, {}, KNOWN).places) == {field: (n,) for n, field in enumerate(Field)}


@pytest.mark.parametrize(
    "heading",
    ["waybill", "WAYBILL", " Way Bill ", "way_bill", "Waybill No.", "waybill-no", "运 单 号", "运单号（必填）", "*运单号", "运单号【文本】",
     "ＷＡＹＢＩＬＬ", "Tracking #", "快递单号"],
)  # fmt: skip
def test_how_a_heading_is_written_does_not_matter(heading: str) -> None:
    """Case, spaces, marks, full width, remarks in brackets."""
    assert understand([heading], {}, KNOWN).places == {Field.WAYBILL: (0,)}


def test_unknown_headings_mean_nothing() -> None:
    """Nor do empty ones, nor what is nothing but a remark."""
    assert understand(["订单号", "remark", "", " ", "(phone)", "phone"], {}, KNOWN).places == {Field.PHONE: (5,)}


def test_several_columns_of_one_field() -> None:
    """Both are kept, in the file's order."""
    columns = understand(["收件人电话", "运单号", "收件人手机"], {}, KNOWN)
    assert columns.places[Field.PHONE] == (0, 2)
    assert columns.name_field(Field.PHONE) == "收件人电话 / 收件人手机"
    assert columns.name_field(Field.ROUTE) == "route"


def test_the_company_has_the_last_word() -> None:
    """Its headings count whatever they look like, and a field that it names is read from there alone."""
    own = {"Sendungs-Nr.": "waybill", "name": "ignore", "Telefon": "phone"}
    columns = understand(["waybill", "sendungs nr", "NAME", "phone", "收件人"], own, KNOWN)
    assert columns.places == {Field.WAYBILL: (1,), Field.PHONE: (3,), Field.NAME: (4,)}


@pytest.mark.parametrize(
    ("headings", "missing"),
    [
        (["运单号", "签收时间", "手机号"], ()),
        (["waybill", "delivered_at", "ref"], ()),
        (["waybill"], ("delivered_at", "phone or ref")),
        ([], ("waybill", "delivered_at", "phone or ref")),
    ],
)
def test_what_is_missing(headings: list[str], missing: tuple[str, ...]) -> None:
    """A waybill, a moment, and something to know the customer by."""
    columns = understand(headings, {}, KNOWN)
    assert isinstance(columns, Columns)
    assert columns.missing == missing
