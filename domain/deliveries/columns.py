"""The columns of a file of deliveries: which heading means which of our fields.

1. Headings are compared without case, spaces, marks and what stands in brackets: "Waybill No.", waybill_no and "运单号（必填）" are read alike.
2. What the company file says of a heading counts before what we know ourselves; a field that the company names is read from there alone.
3. Where several columns mean one field, the first that says something in a row counts.
"""

import enum
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


class Field(enum.StrEnum):
    """What can be known of a delivery, as `[import.columns]` names it."""

    WAYBILL = "waybill"
    DELIVERED_AT = "delivered_at"
    PHONE = "phone"
    REF = "ref"
    NAME = "name"
    TYPE = "type"
    LANGUAGE = "language"
    DEPARTMENT = "department"
    COURIER_ID = "courier_id"
    COURIER_NAME = "courier_name"
    ROUTE = "route"
    STATION = "station"
    SERVICE = "service"
    PRIORITY = "priority"
    DECLARED_VALUE = "declared_value"


IGNORE = "ignore"
"""What `[import.columns]` says of a column that means nothing to us."""

_WHO_BRINGS = ("courier", "driver", "快递员", "司机", "配送员", "派送员", "派件员", "投递员", "业务员", "小件员")
_WHO_RECEIVES = ("客户", "收件人", "收件", "收货人", "收货", "收方", "")

HEADINGS: Mapping[Field, str] = {
    Field.WAYBILL: "waybill waybillno waybillnumber waybillid awb awbno tracking trackingno trackingnumber trackingid consignment "
    "consignmentno consignmentnumber parcelno parcelnumber 运单 运单号 运单编号 运单号码 快递单号 快递编号 物流单号 面单号 货运单号 单号 "
    "邮件号 邮件号码 包裹号 跟踪号 追踪号",
    Field.DELIVERED_AT: "deliveredat delivered deliveredon deliveredtime deliverytime deliverydate deliverydatetime signed signedat "
    "signedtime signtime receivedat podtime 签收时间 签收日期 实际签收时间 送达时间 送达日期 实际送达时间 妥投时间 妥投日期 投递时间 "
    "交付时间 交付日期 收货时间 派送完成时间",
    Field.PHONE: "phone phoneno phonenumber mobile mobileno mobilenumber mobilephone cell cellphone tel telno telephone "
    "telephonenumber customerphone customermobile recipientphone recipientmobile receiverphone receivermobile receivertel "
    "consigneephone contactphone contactnumber 电话号码 联系手机 "
    + " ".join(f"{who}{what}" for who in _WHO_RECEIVES for what in ("电话", "手机", "手机号", "手机号码", "联系电话", "联系方式")),
    Field.REF: "ref reference customerref customerreference customerid customerno customernumber customercode clientid clientno "
    "客户编号 客户号 客户号码 客户代码 客户编码 客户id 会员号 会员编号",
    Field.NAME: "name customer customername recipient recipientname receiver receivername consignee consigneename addressee 姓名 客户 "
    "客户名 客户名称 客户姓名 收件人 收件人姓名 收件姓名 收货人 收货人姓名 收方 收方姓名 联系人",
    Field.TYPE: "type customertype customergroup customersegment segment clienttype 客户类型 客户类别 客户分类 客户等级 客户性质 会员等级",
    Field.LANGUAGE: "language lang locale customerlanguage 语言 语种 客户语言",
    Field.DEPARTMENT: "department dept departmentcode departmentkey division 部门 部门名称 部门编号 部门代码 责任部门 派送部门 所属部门",
    Field.COURIER_ID: "工号 员工号 员工编号 "
    + " ".join(f"{who}{what}" for who in _WHO_BRINGS for what in ("id", "no", "number", "code", "编号", "工号", "代码", "号")),
    Field.COURIER_NAME: " ".join(f"{who}{what}" for who in _WHO_BRINGS for what in ("", "name", "姓名", "名称")),
    Field.ROUTE: "route routeno routecode routename line 线路 线路编号 线路名称 路线 路由",
    Field.STATION: "station stationcode stationname branch depot hub outlet 网点 网点名称 网点编号 站点 站点名称 派送网点 派件网点 营业部 "
    "营业点 服务点 分拨中心",
    Field.SERVICE: "service servicetype servicecode servicename product producttype productname 服务 服务类型 产品 产品类型 产品名称 "
    "业务类型 快件类型",
    Field.PRIORITY: "priority prio 优先级 优先级别 重要程度",
    Field.DECLARED_VALUE: "declaredvalue declared value insuredvalue 声明价值 声明金额 申报价值 保价 保价金额 货值",
}  # fmt: skip
"""Headings as they are after `plain`."""

_FIELD_OF = {heading: field for field, headings in HEADINGS.items() for heading in headings.split()}
_REMARK = re.compile(r"[(\[【].*?[)\]】]")
_MARKS = re.compile(r"[\s_\-./#:*'\"]+")


def plain(heading: str) -> str:
    """The heading as it is compared."""
    return _MARKS.sub("", _REMARK.sub("", unicodedata.normalize("NFKC", heading).casefold()))


@dataclass(frozen=True, slots=True)
class Columns:
    """The headings of a file, and where each field stands among them."""

    headings: tuple[str, ...]
    places: Mapping[Field, tuple[int, ...]]

    def named(self, field: Field) -> str:
        """What the file calls this field, for whoever reads about it; ours where it has none."""
        return " / ".join(self.headings[place] for place in self.places.get(field, ())) or field.value

    @property
    def missing(self) -> tuple[str, ...]:
        """What a delivery cannot do without, and this file does not have."""
        needed = [field.value for field in (Field.WAYBILL, Field.DELIVERED_AT) if field not in self.places]
        if Field.PHONE not in self.places and Field.REF not in self.places:
            needed.append(f"{Field.PHONE} or {Field.REF}")
        return tuple(needed)


def understand(headings: Sequence[str], own: Mapping[str, str]) -> Columns:
    """What these headings mean; `own` is the company's mapping, heading to field or `ignore`."""
    named = {plain(heading): field for heading, field in own.items()}
    claimed = {named[key] for heading in headings if (key := plain(heading)) in named}
    places: dict[Field, list[int]] = {}
    for place, heading in enumerate(headings):
        key = plain(heading)
        field = named.get(key) or _FIELD_OF.get(key)
        if field is None or field == IGNORE or (key not in named and field in claimed):
            continue
        places.setdefault(Field(field), []).append(place)
    return Columns(tuple(headings), {field: tuple(found) for field, found in places.items()})
