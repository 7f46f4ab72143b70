"""Complaint intake: delivery, category and reason, what happened, pictures, wanted outcome, contact, a summary to confirm.

1. Only the category and a description are required; everything else can be skipped. Back and Cancel are on every
   screen.
2. Words and media are kept at every step, in any order: an album is one contribution however its parts arrive.
3. A draft is kept for days, until it is confirmed or cancelled.
4. The question about the reason can be answered by describing what happened: a reason helps the department and is never
   a hurdle.
5. What the customer wrote before it was asked for is the description already, and is not asked for again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from conversations.buttons import DraftMoveButton, DraftOptionButton
from conversations.cases.complaint_screens import Categories, screen
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
    DescriptionMessage,
    State,
    Wanting,
)
from conversations.pieces import Piece, continues_album, join_words, list_files
from conversations.protocol import (
    NOT_UNDERSTOOD,
    Attached,
    Conversation,
    Event,
    File,
    MessageEdited,
    Pressed,
    Said,
    Save,
    Say,
    Screen,
    Shared,
    Step,
    Text,
    done,
    go_on,
    goto,
)

NAME = "complaint"
FILES_LIMIT = 50
_DELIVERY, _CATEGORY, _REASON, _DESCRIPTION, _FILES, _WANTED, _CONTACT, _CONFIRM = range(len(STEPS))


@dataclass(frozen=True, slots=True)
class ComplaintConfirmed:
    """The customer has confirmed the complaint."""

    draft: ComplaintDraft


def begin(
    draft: int,
    choices: tuple[tuple[int, str], ...],
    about: tuple[int, str] | None = None,
    days: Mapping[str, str] | None = None,
) -> State:
    """A new draft; `about` is the delivery it is about, if known for certain, `days` when each delivery came."""
    empty = ComplaintDraft(draft, choices, days=dict(days or {}))
    if about is not None:
        return ChoosingCategory(msgspec.structs.replace(empty, delivery=about[0], waybill=about[1]))
    return ChoosingDelivery(empty) if choices else ChoosingCategory(empty)


def keep(state: State, pieces: tuple[Piece, ...]) -> State:
    """The draft with what the customer had written before it; where it stands, nothing is asked that has been said."""
    draft = msgspec.structs.replace(state.draft, told=True)
    words = "\n".join(filter(None, (draft.description, join_words(pieces))))
    files = tuple(dict.fromkeys((*draft.files, *list_files(pieces))))[:FILES_LIMIT]
    draft = msgspec.structs.replace(draft, description=words, files=files)
    for piece in pieces:
        draft = _note_message(draft, piece.message, piece.words, piece.file)
    return msgspec.structs.replace(state, draft=draft)


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


def _take_words(categories: Categories, state: State, text: str, message: int) -> Step[State]:
    draft = state.draft
    match state:
        case ChoosingReason() | Describing():
            said = f"{draft.description}\n{text}" if draft.told and draft.description else text
            described = _note_message(msgspec.structs.replace(draft, description=said), message, text)
            return goto(_go_forward(categories, described, _DESCRIPTION))
        case AttachingToComplaint():
            more = msgspec.structs.replace(draft, description=f"{draft.description}\n{text}")
            return goto(AttachingToComplaint(_note_message(more, message, text)))
        case Wanting():
            return goto(_go_forward(categories, msgspec.structs.replace(draft, wanted=text), _WANTED))
        case Contacting():
            return goto(_go_forward(categories, msgspec.structs.replace(draft, contact=text), _CONTACT))
        case ChoosingDelivery() | ChoosingCategory() | ConfirmingComplaint():
            named = _find_named(categories, state, text.strip())
            if named is not None:
                return _choose(categories, draft, STEPS.index(type(state)), named)
            return goto(keep(state, (Piece(message, text),)))


def _find_named(categories: Categories, state: State, text: str) -> int | None:
    """Which of the choices on the screen was written instead of pressed."""
    match state:
        case ChoosingDelivery():
            labels = [{waybill} for _, waybill in state.draft.choices]
        case ChoosingCategory():
            labels = [set(category.name.values()) for category in categories.values()]
        case _:
            return None
    return next((n for n, names in enumerate(labels) if text in names), None)


def _take_file(state: State, file: File, caption: str, message: int) -> Step[State]:
    """Keep the file at whatever step the customer is; a caption is used only while a description is missing."""
    draft = state.draft
    if isinstance(state, ChoosingReason) and not draft.description:
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
    move = go_on if continues_album(state.draft.files, file) else goto
    if isinstance(state, ChoosingDelivery | ChoosingCategory):
        draft = msgspec.structs.replace(draft, told=True)
    draft = _note_message(draft, message, caption, file)
    if isinstance(state, Describing) and draft.description:
        return move(AttachingToComplaint(draft), *full)
    return move(msgspec.structs.replace(state, draft=draft), *full)


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
    if following is Describing and draft.told and draft.description:
        following = AttachingToComplaint
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
