"""Complaint intake: delivery, category and reason, what happened, pictures, wanted outcome, contact, a summary to confirm.

1. Only the category and a description are required; everything else can be skipped. Back and Cancel are on every
   screen.
2. Media are accepted at every step from the description on, in any order: an album is one contribution however its
   parts arrive.
3. A draft is kept for days, until it is confirmed or cancelled.
4. The question about the reason can be answered by describing what happened: a reason helps the department and is never
   a hurdle.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from conversations.buttons import DraftMoveButton, DraftOptionButton
from conversations.pieces import shorten
from conversations.protocol import (
    NOT_UNDERSTOOD,
    Attached,
    Conversation,
    Event,
    File,
    Key,
    KeyboardRow,
    MessageEdited,
    Pressed,
    Said,
    Save,
    Say,
    Screen,
    Shared,
    Step,
    Text,
    Words,
    done,
    goto,
)
from domain.company import Category
from domain.surveys.survey import localize

NAME = "complaint"
FILES_LIMIT = 50
SHOWN_CHARACTERS = 600
"""How many characters of a long description the summary shows; all of it is filed."""


class DescriptionMessage(msgspec.Struct, frozen=True, array_like=True):
    """One message of the description, so that a later edit finds its words."""

    message: int
    words: str = ""
    file: File | None = None


class ComplaintDraft(msgspec.Struct, frozen=True):
    """What is known so far; `choices` are the customer's recent deliveries as (id, waybill)."""

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
_DELIVERY, _CATEGORY, _REASON, _DESCRIPTION, _FILES, _WANTED, _CONTACT, _CONFIRM = range(len(STEPS))


@dataclass(frozen=True, slots=True)
class ComplaintConfirmed:
    """The customer has confirmed the complaint."""

    draft: ComplaintDraft


def begin(draft: int, choices: tuple[tuple[int, str], ...], about: tuple[int, str] | None = None) -> State:
    """A new draft; `about` is the delivery it is about, if known for certain."""
    if about is not None:
        return ChoosingCategory(ComplaintDraft(draft, choices, delivery=about[0], waybill=about[1]))
    return ChoosingDelivery(ComplaintDraft(draft, choices)) if choices else ChoosingCategory(ComplaintDraft(draft))


Categories = Mapping[str, Category]


def conversation(categories: Categories) -> Conversation[State]:
    """The dialogue over the company's categories, by key, in the company's order."""
    return Conversation(
        NAME,
        State,
        lambda state, language: screen(categories, state, language),
        lambda state, event: step(categories, state, event),
    )


def step(categories: Categories, state: State, event: Event) -> Step[State]:  # noqa: PLR0911 -- one return per event
    draft = state.draft
    match event:
        case Pressed(DraftMoveButton(id_, _, "x")) if id_ == draft.id:
            return done(last=Screen((Text("complaint-cancelled"),)))
        case Pressed(DraftMoveButton(id_, at, "b")) if id_ == draft.id and 0 <= at < len(STEPS):
            return goto(_go_back(categories, draft, at))
        case Pressed(DraftMoveButton(id_, at, "s" | "d")) if id_ == draft.id and 0 <= at < len(STEPS):
            return goto(_go_forward(categories, draft, at))
        case Pressed(DraftMoveButton(id_, _, "y")) if id_ == draft.id:
            if not (draft.category and draft.description):
                return goto(_go_forward(categories, draft, -1))
            return done(Save(ComplaintConfirmed(draft)))
        case Pressed(DraftOptionButton(id_, at, option)) if id_ == draft.id:
            return _choose(categories, draft, at, option)
        case Said(text, message) if text.strip():
            return _take_words(categories, state, text, message)
        case Shared(phone) if isinstance(state, Contacting):
            return goto(ConfirmingComplaint(msgspec.structs.replace(draft, contact=phone)))
        case Attached(file, caption, message):
            return _take_file(state, file, caption, message)
        case MessageEdited(message, text):
            return _apply_edit(state, message, text)
        case _:
            return NOT_UNDERSTOOD


def _choose(categories: Categories, draft: ComplaintDraft, at: int, option: int) -> Step[State]:
    reasons = tuple(categories[draft.category].reasons) if draft.category in categories else ()
    match at:
        case 0 if option < len(draft.choices):
            delivery, waybill = draft.choices[option]
            chosen = msgspec.structs.replace(draft, delivery=delivery, waybill=waybill)
        case 1 if option < len(categories):
            category = tuple(categories)[option]
            reason = draft.reason if category == draft.category else ""
            chosen = msgspec.structs.replace(draft, category=category, reason=reason)
        case 2 if option < len(reasons):
            chosen = msgspec.structs.replace(draft, reason=reasons[option])
        case _:
            return NOT_UNDERSTOOD
    return goto(_go_forward(categories, chosen, at))


def screen(categories: Categories, state: State, language: str) -> Screen:
    draft, at = state.draft, STEPS.index(type(state))
    match state:
        case ChoosingDelivery():
            rows = [
                (Key(Words(waybill), DraftOptionButton(draft.id, 0, n)),)
                for n, (_, waybill) in enumerate(draft.choices)
            ]
            return Screen(
                (Text("complaint-delivery"),), (*rows, *_draw_controls(draft, at, skip=Text("complaint-no-delivery")))
            )
        case ChoosingCategory():
            rows = [
                (Key(Words(localize(category.name, language)), DraftOptionButton(draft.id, 1, n)),)
                for n, category in enumerate(categories.values())
            ]
            return Screen(
                (Text("complaint-category"),), (*rows, *_draw_controls(draft, at, skip=_draw_skip(draft.category)))
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
            return Screen(_draw_summary(categories, draft, language), (*rows, *_draw_controls(draft, at)))


def _take_words(categories: Categories, state: State, text: str, message: int) -> Step[State]:
    draft = state.draft
    match state:
        case ChoosingReason() | Describing():
            described = _note_message(msgspec.structs.replace(draft, description=text), message, text)
            return goto(_go_forward(categories, described, _DESCRIPTION))
        case AttachingToComplaint():
            more = msgspec.structs.replace(draft, description=f"{draft.description}\n{text}")
            return goto(AttachingToComplaint(_note_message(more, message, text)))
        case Wanting():
            return goto(_go_forward(categories, msgspec.structs.replace(draft, wanted=text), _WANTED))
        case Contacting():
            return goto(_go_forward(categories, msgspec.structs.replace(draft, contact=text), _CONTACT))
        case ChoosingDelivery() | ChoosingCategory() | ConfirmingComplaint():
            return NOT_UNDERSTOOD


def _take_file(state: State, file: File, caption: str, message: int) -> Step[State]:
    """Keep the file at whatever step the customer is; a caption is used only while a description is missing."""
    draft = state.draft
    if isinstance(state, ChoosingDelivery | ChoosingCategory):
        return NOT_UNDERSTOOD
    if isinstance(state, ChoosingReason):
        state = Describing(draft)
    full: tuple[Say, ...] = ()
    if file not in draft.files:
        if len(draft.files) < FILES_LIMIT:
            draft = msgspec.structs.replace(draft, files=(*draft.files, file))
        else:
            full = (Say(Text("complaint-files-full", {"count": FILES_LIMIT})),)
    if caption.strip():
        joined = f"{draft.description}\n{caption}" if draft.description else caption
        draft = msgspec.structs.replace(draft, description=joined)
    draft = _note_message(draft, message, caption, file)
    if isinstance(state, Describing) and draft.description:
        return goto(AttachingToComplaint(draft), *full)
    return goto(msgspec.structs.replace(state, draft=draft), *full)


def _note_message(draft: ComplaintDraft, message: int, words: str, file: File | None = None) -> ComplaintDraft:
    """Note which message said this, if it has a number that is not noted yet."""
    if not message or len(draft.spoken) >= 2 * FILES_LIMIT:
        return draft
    others = tuple(one for one in draft.spoken if one.message != message)
    return msgspec.structs.replace(draft, spoken=(*others, DescriptionMessage(message, words, file)))


def _apply_edit(state: State, message: int, text: str) -> Step[State]:
    """A message of the description was edited: replace its words in place."""
    draft = state.draft
    was = next((one for one in draft.spoken if one.message == message), None)
    if was is None or not was.words or not text.strip() or was.words not in draft.description:
        return NOT_UNDERSTOOD
    spoken = tuple(DescriptionMessage(message, text, one.file) if one is was else one for one in draft.spoken)
    description = draft.description.replace(was.words, text, 1)
    draft = msgspec.structs.replace(draft, description=description, spoken=spoken)
    return goto(msgspec.structs.replace(state, draft=draft))


def _go_forward(categories: Categories, draft: ComplaintDraft, at: int) -> State:
    following = STEPS[min(at + 1, len(STEPS) - 1)]
    if following is ChoosingDelivery and not draft.choices:
        following = ChoosingCategory
    if STEPS.index(following) > _CATEGORY and not draft.category:
        following = ChoosingCategory
    elif STEPS.index(following) > _DESCRIPTION and not draft.description:
        following = Describing
    if following is ChoosingReason and not _has_reasons(categories, draft):
        following = Describing
    return following(draft)


def _has_reasons(categories: Categories, draft: ComplaintDraft) -> bool:
    return draft.category in categories and bool(categories[draft.category].reasons)


def _go_back(categories: Categories, draft: ComplaintDraft, at: int) -> State:
    before = STEPS[max(at - 1, 0)]
    if before is ChoosingReason and not _has_reasons(categories, draft):
        before = ChoosingCategory
    if before is ChoosingDelivery and not draft.choices:
        before = ChoosingCategory
    return before(draft)


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
