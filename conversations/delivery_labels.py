"""Labels of deliveries to choose from: the waybill, and the day on which it came, in the reader's language."""

from collections.abc import Mapping
from datetime import date

from conversations.protocol import Text, Words


def label_delivery(waybill: str, day: str) -> Text | Words:
    """What the button of a delivery says; `day` is an ISO date, empty where nobody wrote it down."""
    if not day:
        return Words(waybill)
    came = date.fromisoformat(day)
    return Text("delivery-choice", {"waybill": waybill, "day": came.day, "month": came.month})


def label_option(key: str, label: str, days: Mapping[str, str]) -> Text | Words:
    """The same for something to choose that may be a delivery; `days` are those of the deliveries, by key."""
    return label_delivery(label, days.get(key, ""))
