"""Taking a complaint: delivery, category, what happened, pictures, wanted outcome, contact, a summary to confirm.

1. Required are the category and a description; everything else can be skipped. Back and Cancel stand on every screen.
2. Media are taken at every step from the description on, in any order: an album is one contribution however its parts arrive.
3. A draft waits for days; what was said is kept until it is confirmed or cancelled.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from conversations.buttons import Choose, Move
from conversations.protocol import (
    NOT_UNDERSTOOD,
    Attached,
    Conversation,
    Event,
    File,
    Key,
    Pressed,
    Row,
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
from domain.survey import Words as Labels
from domain.survey import words

NAME = "complaint"
FILES_LIMIT = 50
SHOWN = 600
"""How much of a long description the summary shows; the whole is filed."""


class Draft(msgspec.Struct, frozen=True):
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


class ChoosingDelivery(msgspec.Struct, frozen=True, tag="delivery"):
    draft: Draft


class ChoosingCategory(msgspec.Struct, frozen=True, tag="category"):
    draft: Draft


class Describing(msgspec.Struct, frozen=True, tag="description"):
    draft: Draft


class Attaching(msgspec.Struct, frozen=True, tag="files"):
    draft: Draft


class Wanting(msgspec.Struct, frozen=True, tag="wanted"):
    draft: Draft


class Contacting(msgspec.Struct, frozen=True, tag="contact"):
    draft: Draft


class Confirming(msgspec.Struct, frozen=True, tag="confirm"):
    draft: Draft


State = ChoosingDelivery | ChoosingCategory | Describing | Attaching | Wanting | Contacting | Confirming
STEPS = (ChoosingDelivery, ChoosingCategory, Describing, Attaching, Wanting, Contacting, Confirming)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The customer files this."""

    draft: Draft


def begin(draft: int, choices: tuple[tuple[int, str], ...], about: tuple[int, str] | None = None) -> State:
    """A new draft; `about` is the delivery it is certainly about."""
    if about is not None:
        return ChoosingCategory(Draft(draft, choices, delivery=about[0], waybill=about[1]))
    return ChoosingDelivery(Draft(draft, choices)) if choices else ChoosingCategory(Draft(draft))


def conversation(categories: Mapping[str, Labels]) -> Conversation[State]:
    """The dialogue over the company's categories, by key, in the company's order."""
    return Conversation(
        NAME,
        State,
        lambda state, language: screen(categories, state, language),
        lambda state, event: step(tuple(categories), state, event),
    )


def step(categories: tuple[str, ...], state: State, event: Event) -> Step[State]:  # noqa: PLR0911 -- one return per event
    draft = state.draft
    match event:
        case Pressed(Move(id_, _, "x")) if id_ == draft.id:
            return done(last=Screen((Text("complaint-cancelled"),)))
        case Pressed(Move(id_, at, "b")) if id_ == draft.id and 0 <= at < len(STEPS):
            return goto(_back(draft, at))
        case Pressed(Move(id_, at, "s" | "d")) if id_ == draft.id and 0 <= at < len(STEPS):
            return goto(_next(draft, at))
        case Pressed(Move(id_, _, "y")) if id_ == draft.id:
            if not (draft.category and draft.description):
                return goto(_next(draft, -1))
            return done(Save(Confirmed(draft)))
        case Pressed(Choose(id_, 0, option)) if id_ == draft.id and 0 <= option < len(draft.choices):
            delivery, waybill = draft.choices[option]
            return goto(_next(msgspec.structs.replace(draft, delivery=delivery, waybill=waybill), 0))
        case Pressed(Choose(id_, 1, option)) if id_ == draft.id and 0 <= option < len(categories):
            return goto(_next(msgspec.structs.replace(draft, category=categories[option]), 1))
        case Said(text) if text.strip():
            return _said(state, text)
        case Shared(phone) if isinstance(state, Contacting):
            return goto(Confirming(msgspec.structs.replace(draft, contact=phone)))
        case Attached(file, caption):
            return _attached(state, file, caption)
        case _:
            return NOT_UNDERSTOOD


def screen(categories: Mapping[str, Labels], state: State, language: str) -> Screen:
    draft, at = state.draft, STEPS.index(type(state))
    match state:
        case ChoosingDelivery():
            rows = [(Key(Words(waybill), Choose(draft.id, 0, n)),) for n, (_, waybill) in enumerate(draft.choices)]
            return Screen(
                (Text("complaint-delivery"),), (*rows, *_controls(draft, at, skip=Text("complaint-no-delivery")))
            )
        case ChoosingCategory():
            rows = [
                (Key(Words(words(labels, language)), Choose(draft.id, 1, n)),)
                for n, labels in enumerate(categories.values())
            ]
            return Screen((Text("complaint-category"),), (*rows, *_controls(draft, at, skip=_keep(draft.category))))
        case Describing():
            rows_below = _controls(draft, at, skip=_keep(draft.description))
            return Screen((Text("complaint-description"),), rows_below, asks=True)
        case Attaching():
            finish = ((Key(Text("done"), Move(draft.id, at, "d")),),)
            return Screen(
                (Text("complaint-files", {"count": len(draft.files)}),), finish + _controls(draft, at), asks=True
            )
        case Wanting():
            return Screen((Text("complaint-wanted"),), _controls(draft, at, skip=Text("skip")), asks=True)
        case Contacting():
            return Screen((Text("complaint-contact"),), _controls(draft, at, skip=Text("skip")), asks=True)
        case Confirming():
            rows = [(Key(Text("confirm"), Move(draft.id, at, "y")),)]
            return Screen(_summary(categories, draft, language), (*rows, *_controls(draft, at)))


def _said(state: State, text: str) -> Step[State]:
    draft = state.draft
    match state:
        case Describing():
            return goto(_next(msgspec.structs.replace(draft, description=text), 2))
        case Attaching():
            return goto(Attaching(msgspec.structs.replace(draft, description=f"{draft.description}\n{text}")))
        case Wanting():
            return goto(_next(msgspec.structs.replace(draft, wanted=text), 4))
        case Contacting():
            return goto(_next(msgspec.structs.replace(draft, contact=text), 5))
        case ChoosingDelivery() | ChoosingCategory() | Confirming():
            return NOT_UNDERSTOOD


def _attached(state: State, file: File, caption: str) -> Step[State]:
    """Keep the file wherever the customer is; a caption speaks only where a description is still missing."""
    draft = state.draft
    if isinstance(state, ChoosingDelivery | ChoosingCategory):
        return NOT_UNDERSTOOD
    full: tuple[Say, ...] = ()
    if file not in draft.files:
        if len(draft.files) < FILES_LIMIT:
            draft = msgspec.structs.replace(draft, files=(*draft.files, file))
        else:
            full = (Say(Text("complaint-files-full", {"count": FILES_LIMIT})),)
    if caption.strip():
        joined = f"{draft.description}\n{caption}" if draft.description else caption
        draft = msgspec.structs.replace(draft, description=joined)
    if isinstance(state, Describing) and draft.description:
        return goto(Attaching(draft), *full)
    return goto(msgspec.structs.replace(state, draft=draft), *full)


def _next(draft: Draft, at: int) -> State:
    following = STEPS[min(at + 1, len(STEPS) - 1)]
    if following is ChoosingDelivery and not draft.choices:
        following = ChoosingCategory
    if STEPS.index(following) > 1 and not draft.category:
        following = ChoosingCategory
    elif STEPS.index(following) > 2 and not draft.description:  # noqa: PLR2004 -- the description's place in STEPS
        following = Describing
    return following(draft)


def _back(draft: Draft, at: int) -> State:
    before = STEPS[max(at - 1, 0)]
    if before is ChoosingDelivery and not draft.choices:
        before = ChoosingCategory
    return before(draft)


def _controls(draft: Draft, at: int, skip: Text | None = None) -> tuple[Row, ...]:
    row = []
    first = 0 if draft.choices else 1
    if at > first:
        row.append(Key(Text("back"), Move(draft.id, at, "b")))
    if skip is not None:
        row.append(Key(skip, Move(draft.id, at, "s")))
    row.append(Key(Text("cancel"), Move(draft.id, at, "x")))
    return (tuple(row),)


def _keep(known: str) -> Text | None:
    """Whoever went back may go on without saying it again."""
    return Text("skip") if known else None


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def _summary(categories: Mapping[str, Labels], draft: Draft, language: str) -> tuple[Text | Words, ...]:
    parts: list[Text | Words] = [Text("complaint-summary")]
    if draft.waybill:
        parts.append(Text("complaint-summary-waybill", {"waybill": draft.waybill}))
    category = words(categories.get(draft.category, {}), language)
    parts.append(Text("complaint-summary-category", {"category": category}))
    parts.append(Text("complaint-summary-description", {"description": _short(draft.description)}))
    if draft.files:
        parts.append(Text("complaint-summary-files", {"count": len(draft.files)}))
    if draft.wanted:
        parts.append(Text("complaint-summary-wanted", {"wanted": _short(draft.wanted)}))
    if draft.contact:
        parts.append(Text("complaint-summary-contact", {"contact": _short(draft.contact)}))
    return tuple(parts)
