"""Courier reports: a courier reports a delivery at the door in chat and gets a QR code for the customer to scan.

1. Only if the company allows it (`couriers_report`), and only for couriers: the id that a manager granted is the one
   that is rated.
2. A known waybill is shown to its own courier and to nobody else; an unknown one becomes a delivery of the source
   `courier`.
3. Reporting the same waybill again gives the same link.
"""

import re
import unicodedata

import msgspec

from domain.deliveries.delivery import PLACE_DETAILS, Delivery, Fate
from handlers.deliveries import deliveries as intake
from handlers.turns import totals
from handlers.turns.turn import Turn
from storage.deliveries import deliveries
from storage.engine.database import lock
from storage.queue import outbox
from storage.queue.outbox import OwedCall

SOURCE = intake.COURIER_SOURCE
_WAYBILL = re.compile(r"(?=[^0-9]*[0-9])[A-Za-z0-9][A-Za-z0-9._/-]{1,63}")
_WITH_ID = 2
_BLANK_VALUES = dict.fromkeys(PLACE_DETAILS, "")


async def on_command(turn: Turn, args: str) -> None:
    """`/delivered <waybill>`, followed by the courier's id if the person has several."""
    if not turn.company.invitations.couriers_report:
        turn.say("delivered-elsewhere")
        return
    mine = turn.person.couriers
    if not mine:
        turn.say("delivered-couriers-only")
        return
    waybill, *more = unicodedata.normalize("NFKC", args).split() or [""]
    if not _WAYBILL.fullmatch(waybill) or len(more) >= _WITH_ID or not mine.issuperset(more):
        turn.say("delivered-how", ids=", ".join(sorted(mine)))
        return
    await lock(turn.tx, [f"deliveries:{SOURCE}"])
    known = [
        one
        for text in dict.fromkeys((waybill, waybill.upper()))
        for one in await deliveries.list_by_waybill(turn.tx, text)
    ]
    own = next((one for one in known if one.courier in mine), None)
    if own is None and known:
        turn.say("delivered-not-yours", waybill=waybill)
    elif own is None and len(mine) > 1 and not more:
        turn.say("delivered-which", waybill=waybill, ids=", ".join(sorted(mine)))
    else:
        _show_link(turn, own or await _add_delivery(turn, waybill, (*more, *mine)[0]))


async def _add_delivery(turn: Turn, waybill: str, courier: str) -> Delivery:
    """Add a delivery of which only the courier and the time are known; the first person to open the link is its customer."""
    departments = turn.person.departments
    new = Delivery(
        id=turn.services.next_id(),
        waybill=waybill,
        source=SOURCE,
        delivered_at=turn.now,
        department=next(iter(departments)) if len(departments) == 1 else "",
        courier=courier,
    )
    row = {name: getattr(new, name) for name in ("id", "waybill", "source", "delivered_at", "department", "courier")}
    facts = {"fate": Fate.UNREACHABLE, "fingerprint": turn.services.keyring.digest(f"{SOURCE}:{waybill}:{courier}")}
    await deliveries.add(turn.tx, [row | facts | {"created_at": turn.now}])
    totals.record_changes(turn.batch, [(None, intake.make_delivery_fact(_BLANK_VALUES | row | facts))])
    turn.batch.record(turn.person.id, "delivery.reported", f"delivery:{new.id}", None, courier)
    return new


def _show_link(turn: Turn, delivery: Delivery) -> None:
    """Show the QR code as a picture, and the link under it."""
    link = intake.make_link(turn.services, delivery.id, turn.now)
    caption = turn.text("delivered-shown", waybill=delivery.waybill, link=link)
    body = {"caption": caption, "parse_mode": "HTML", "qr": link}
    call = OwedCall(turn.services.next_id(), turn.chat, outbox.PICTURE, msgspec.json.encode(body).decode(), fresh=True)
    turn.batch.owe(call)
