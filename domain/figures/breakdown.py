"""What figures are broken down by, and how a manager says so: `month by courier`, `本月 按快递员`."""

import enum
import re
import unicodedata


class By(enum.StrEnum):
    """ALL is no breakdown. CATEGORY is of complaints alone; HOUR is the weekday and hour of the delivery in company time."""

    ALL = "all"
    DEPARTMENT = "department"
    COURIER = "courier"
    ROUTE = "route"
    STATION = "station"
    SERVICE = "service"
    CUSTOMER_TYPE = "customer_type"
    CATEGORY = "category"
    PRIORITY = "priority"
    HOUR = "hour"


class BreakdownError(ValueError):
    """The text names no breakdown; `said` is what was said instead."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


_WORDS = {
    By.DEPARTMENT: ("department", "departments", "dept", "部门"),
    By.COURIER: ("courier", "couriers", "driver", "drivers", "快递员", "司机", "配送员"),
    By.ROUTE: ("route", "routes", "线路", "路线"),
    By.STATION: ("station", "stations", "branch", "网点", "站点"),
    By.SERVICE: ("service", "services", "product", "服务", "产品", "产品类型"),
    By.CUSTOMER_TYPE: ("customer type", "customer_type", "customer", "type", "客户类型", "客户"),
    By.CATEGORY: ("category", "categories", "类别", "投诉类别"),
    By.PRIORITY: ("priority", "priorities", "优先级"),
    By.HOUR: ("hour", "hours", "time", "时段", "小时"),
}
_KNOWN = {word: by for by, words in _WORDS.items() for word in words}
_ASKED = re.compile(r"(?:^|\s)by\s+(?P<en>.+)$|按\s*(?P<zh>.+)$", re.IGNORECASE)


def parse(text: str) -> tuple[str, By]:
    """What is left of the request (a period, or nothing), and the breakdown it ends with. Raises BreakdownError."""
    asked = unicodedata.normalize("NFKC", text).strip()
    found = _ASKED.search(asked)
    if found is None:
        return asked, By.ALL
    said = " ".join((found["en"] or found["zh"]).casefold().split())
    if said not in _KNOWN:
        raise BreakdownError(said)
    return asked[: found.start()].strip(), _KNOWN[said]
