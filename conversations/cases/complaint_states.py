"""States of complaint intake, in the order of its steps; the draft is carried from state to state."""

import msgspec

from conversations.protocol import File


class DescriptionMessage(msgspec.Struct, frozen=True, array_like=True):
    """One message of the description, so that a later edit finds its words."""

    message: int
    words: str = ""
    file: File | None = None


class ComplaintDraft(msgspec.Struct, frozen=True):
    """What is known so far; `choices` are the customer's recent deliveries as (id, waybill), `days` when
    each came, by id. `told`: the customer has said something before being asked what happened.
    """

    id: int
    choices: tuple[tuple[int, str], ...] = ()
    delivery: int | None = None
    waybill: str = ""
    category: str = ""
    description: str = ""
    files: tuple[File, ...] = ()
    wanted: str = ""
    contact: str = ""
    spoken: tuple[DescriptionMessage, ...] = ()
    reason: str = ""
    told: bool = False
    days: dict[str, str] = {}


class ChoosingDelivery(msgspec.Struct, frozen=True, tag="delivery"):
    draft: ComplaintDraft


class ChoosingCategory(msgspec.Struct, frozen=True, tag="category"):
    draft: ComplaintDraft


class ChoosingReason(msgspec.Struct, frozen=True, tag="reason"):
    draft: ComplaintDraft


class Describing(msgspec.Struct, frozen=True, tag="description"):
    draft: ComplaintDraft


class AttachingToComplaint(msgspec.Struct, frozen=True, tag="files"):
    draft: ComplaintDraft


class Wanting(msgspec.Struct, frozen=True, tag="wanted"):
    draft: ComplaintDraft


class Contacting(msgspec.Struct, frozen=True, tag="contact"):
    draft: ComplaintDraft


class ConfirmingComplaint(msgspec.Struct, frozen=True, tag="confirm"):
    draft: ComplaintDraft


State = (
    ChoosingDelivery
    | ChoosingCategory
    | ChoosingReason
    | Describing
    | AttachingToComplaint
    | Wanting
    | Contacting
    | ConfirmingComplaint
)
STEPS = (
    ChoosingDelivery,
    ChoosingCategory,
    ChoosingReason,
    Describing,
    AttachingToComplaint,
    Wanting,
    Contacting,
    ConfirmingComplaint,
)
