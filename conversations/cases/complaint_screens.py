"""Screens of complaint intake: a question with its choices, or the whole complaint, to be confirmed."""

from collections.abc import Mapping

from conversations.buttons import DraftMoveButton, DraftOptionButton
from conversations.cases.complaint_states import (
    STEPS,
    AttachingToComplaint,
    ChoosingCategory,
    ChoosingDelivery,
    ChoosingReason,
    ComplaintDraft,
    ConfirmingComplaint,
    Contacting,
    Describing,
    State,
    Wanting,
)
from conversations.delivery_labels import label_option
from conversations.pieces import shorten
from conversations.protocol import Keeps, Key, KeyboardRow, Screen, Text, Words
from domain.company import Category
from domain.surveys.survey import localize

SHOWN_CHARACTERS = 600
"""How many characters of a long description the summary shows; all of it is filed."""

Categories = Mapping[str, Category]


def screen(categories: Categories, state: State, language: str) -> Screen:
    draft, at = state.draft, STEPS.index(type(state))
    match state:
        case ChoosingDelivery():
            rows = [
                (Key(label_option(str(id_), waybill, draft.days), DraftOptionButton(draft.id, 0, n)),)
                for n, (id_, waybill) in enumerate(draft.choices)
            ]
            return Screen(
                (*_draw_told(draft), Text("complaint-delivery")),
                (*rows, *_draw_controls(draft, at, skip=Text("complaint-no-delivery"))),
            )
        case ChoosingCategory():
            rows = [
                (Key(Words(localize(category.name, language)), DraftOptionButton(draft.id, 1, n)),)
                for n, category in enumerate(categories.values())
            ]
            return Screen(
                (*_draw_told(draft), Text("complaint-category")),
                (*rows, *_draw_controls(draft, at, skip=_draw_skip(draft.category))),
            )
        case ChoosingReason():
            reasons = categories[draft.category].reasons if draft.category in categories else {}
            rows = [
                (Key(Words(localize(one.name, language)), DraftOptionButton(draft.id, 2, n)),)
                for n, one in enumerate(reasons.values())
            ]
            below = _draw_controls(draft, at, skip=Text("skip"))
            return Screen((Text("complaint-reason"),), (*rows, *below), asks=True)
        case Describing():
            rows_below = _draw_controls(draft, at, skip=_draw_skip(draft.description))
            return Screen((Text("complaint-description"),), rows_below, asks=True)
        case AttachingToComplaint():
            finish = ((Key(Text("done"), DraftMoveButton(draft.id, at, "d")),),)
            return Screen(
                (Text("complaint-files", {"count": len(draft.files)}),), finish + _draw_controls(draft, at), asks=True
            )
        case Wanting():
            return Screen((Text("complaint-wanted"),), _draw_controls(draft, at, skip=Text("skip")), asks=True)
        case Contacting():
            return Screen((Text("complaint-contact"),), _draw_controls(draft, at, skip=Text("skip")), asks=True)
        case ConfirmingComplaint():
            rows = [(Key(Text("confirm"), DraftMoveButton(draft.id, at, "y")),)]
            below = (*rows, *_draw_controls(draft, at))
            return Screen(_draw_summary(categories, draft, language), below, keeps=Keeps.CONFIRMED)


def _draw_told(draft: ComplaintDraft) -> tuple[Text, ...]:
    """That nothing is lost of what was said before it was asked for."""
    return (Text("complaint-told"),) if draft.told else ()


def _draw_controls(draft: ComplaintDraft, at: int, skip: Text | None = None) -> tuple[KeyboardRow, ...]:
    row = []
    first = 0 if draft.choices else 1
    if at > first:
        row.append(Key(Text("back"), DraftMoveButton(draft.id, at, "b")))
    if skip is not None:
        row.append(Key(skip, DraftMoveButton(draft.id, at, "s")))
    row.append(Key(Text("cancel"), DraftMoveButton(draft.id, at, "x")))
    return (tuple(row),)


def _draw_skip(known: str) -> Text | None:
    """A customer who went back can go on without repeating it."""
    return Text("skip") if known else None


def _draw_summary(categories: Categories, draft: ComplaintDraft, language: str) -> tuple[Text | Words, ...]:
    parts: list[Text | Words] = [Text("complaint-summary")]
    if draft.waybill:
        parts.append(Text("complaint-summary-waybill", {"waybill": draft.waybill}))
    category = categories.get(draft.category)
    name = localize(category.name, language) if category else ""
    parts.append(Text("complaint-summary-category", {"category": name}))
    if category is not None and draft.reason in category.reasons:
        parts.append(
            Text("complaint-summary-reason", {"reason": localize(category.reasons[draft.reason].name, language)})
        )
    parts.append(Text("complaint-summary-description", {"description": shorten(draft.description, SHOWN_CHARACTERS)}))
    if draft.files:
        parts.append(Text("complaint-summary-files", {"count": len(draft.files)}))
    if draft.wanted:
        parts.append(Text("complaint-summary-wanted", {"wanted": shorten(draft.wanted, SHOWN_CHARACTERS)}))
    if draft.contact:
        parts.append(Text("complaint-summary-contact", {"contact": shorten(draft.contact, SHOWN_CHARACTERS)}))
    return tuple(parts)
