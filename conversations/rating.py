"""The rating after a delivery: one message, one tap is a complete response, everything else is a gift.

1. Every tap is saved at once; a survey left halfway counts for what was answered.
2. Old keyboards stay valid: a tap on an earlier question changes that answer and goes on from there.
3. A low rating offers a complaint on every screen until it is filed or declined; what somebody decided is not asked again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from conversations.buttons import (
    ChangeRating,
    FileComplaint,
    NoThanks,
    Pick,
    Picked,
    Praise,
    Rate,
    SurveyBack,
    SurveySkip,
)
from conversations.protocol import (
    NOT_UNDERSTOOD,
    Begin,
    Conversation,
    Effect,
    Event,
    Key,
    Pressed,
    Row,
    Said,
    Save,
    Screen,
    Step,
    Text,
    Toast,
    Words,
    goto,
)
from domain.survey import Answer, Kind, Question, Survey, words

NAME = "rating"
WORDS_LIMIT = 4096
BEST = 5
FACES = ("😡", "🙁", "😐", "🙂", "😍")


class About(msgspec.Struct, frozen=True):
    """Which delivery is rated: `survey` is key@version; no `waybill` and no `delivery` where none is meant.

    `on_behalf`: staff write down what the customer says on the phone, and are not spoken to as if they were the customer.
    """

    invitation: int
    survey: str
    waybill: str = ""
    delivery: int = 0
    on_behalf: bool = False


Offer = str
"""Whether a complaint is offered: '' not yet, 'open', 'filed' or 'declined'."""


class Asking(msgspec.Struct, frozen=True, tag="asking"):
    about: About
    question: str
    answers: dict[str, int | str | tuple[str, ...]] = {}
    offer: Offer = ""


class Thanked(msgspec.Struct, frozen=True, tag="thanked"):
    about: About
    answers: dict[str, int | str | tuple[str, ...]] = {}
    offer: Offer = ""


State = Asking | Thanked


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer; `before` is what it replaces. `low` means that a complaint is now offered for the first time.

    `first` is the first answer of all: from now on there is a response.
    """

    about: About
    question: str
    answer: Answer
    before: Answer | None = None
    low: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class ComplaintFiled:
    """One tap on a low rating."""

    about: About
    answers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class ComplaintDeclined:
    about: About


def begin(survey: Survey, invitation: int, waybill: str = "", delivery: int = 0, *, on_behalf: bool = False) -> State:
    about = About(invitation, f"{survey.key}@{survey.version}", waybill, delivery, on_behalf)
    return Asking(about, survey.questions[0].id)


def filed(state: State) -> State:
    """The low rating became a case by itself: nothing is offered any more."""
    return msgspec.structs.replace(state, offer="filed")


def is_touched(state: State) -> bool:
    """Whether anything was answered or decided."""
    return bool(state.answers) or isinstance(state, Thanked) or bool(state.offer)


def conversation(surveys: Mapping[str, Survey], low: int) -> Conversation[State]:
    """The dialogue over these surveys, by key@version; a rating of at most `low` offers a complaint."""
    return Conversation(
        NAME,
        State,
        lambda state, language: screen(surveys[state.about.survey], state, language),
        lambda state, event: step(surveys[state.about.survey], state, event, low),
    )


def step(survey: Survey, state: State, event: Event, low: int) -> Step[State]:  # noqa: PLR0911, PLR0912, C901 -- one case per event
    about = state.about
    match event:
        case Pressed(Rate(invitation, at, score)) if invitation == about.invitation and 1 <= score <= 5:  # noqa: PLR2004
            question = _at(survey, at, Kind.RATING)
            return _answer(survey, state, question, score, low) if question else NOT_UNDERSTOOD
        case Pressed(Pick(invitation, at, option)) if invitation == about.invitation:
            question = _at(survey, at, Kind.CHOICES)
            if question is None or not 0 <= option < len(question.options):
                return NOT_UNDERSTOOD
            return _pick(state, question, question.options[option].key)
        case Pressed(Picked(invitation, at)) if invitation == about.invitation:
            question = _at(survey, at, Kind.CHOICES)
            return _onward(survey, state, question.id) if question else NOT_UNDERSTOOD
        case Pressed(SurveyBack(invitation, at)) if invitation == about.invitation and 0 <= at < len(survey.questions):
            earlier = survey.before(survey.questions[at].id, state.answers) or survey.questions[0]
            return goto(Asking(about, earlier.id, state.answers, state.offer))
        case Pressed(SurveySkip(invitation, at)) if invitation == about.invitation and 0 <= at < len(survey.questions):
            return _onward(survey, state, survey.questions[at].id)
        case Pressed(ChangeRating(invitation)) if invitation == about.invitation:
            return goto(Asking(about, survey.questions[0].id, state.answers, state.offer))
        case Pressed(FileComplaint(invitation)) if invitation == about.invitation:
            if not state.offer:
                return NOT_UNDERSTOOD
            if state.offer == "filed":
                return goto(state, Toast(Text("rating-already-filed")))
            return goto(msgspec.structs.replace(state, offer="filed"), Save(ComplaintFiled(about, state.answers)))
        case Pressed(NoThanks(invitation)) if invitation == about.invitation:
            if state.offer != "open":
                return goto(state)
            declined = msgspec.structs.replace(state, offer="declined")
            return goto(declined, Save(ComplaintDeclined(about)), Toast(_to(about, "rating-declined")))
        case Pressed(Praise(invitation)) if invitation == about.invitation:
            return goto(state, Begin("praise", invitation))
        case Said(text) if isinstance(state, Asking):
            question = survey.question(state.question)
            if question is None or question.kind is not Kind.TEXT or not text.strip():
                return NOT_UNDERSTOOD
            return _answer(survey, state, question, text[:WORDS_LIMIT], low)
        case _:
            return NOT_UNDERSTOOD


def screen(survey: Survey, state: State, language: str) -> Screen:
    header: tuple[Text | Words, ...]
    header = (Text("rating-about", {"waybill": state.about.waybill}),) if state.about.waybill else ()
    header = (*header, Text("entered-on-behalf")) if state.about.on_behalf else header
    offer = _offer(state)
    told: tuple[Text, ...] = (_to(state.about, "rating-offer"),) if offer else ()
    match state:
        case Asking(about, key, answers):
            question = survey.question(key) or survey.questions[0]
            asked = survey.asked(answers)
            place = next((n for n, one in enumerate(asked, 1) if one.id == question.id), 1)
            progress = Text("rating-progress", {"place": place, "of": len(asked)})
            parts = (*header, Words(words(question.text, language)), *_hints(question, language), progress, *told)
            return Screen(parts, (*_rows(survey, question, state, language), *offer), asks=question.kind is Kind.TEXT)
        case Thanked(about, answers):
            rows: list[Row] = [(Key(_to(about, "rating-change"), ChangeRating(about.invitation)),)]
            if about.waybill and not about.on_behalf and answers.get(survey.questions[0].id) == BEST:
                rows.insert(0, (Key(Text("rating-praise"), Praise(about.invitation)),))
            given = _given(about, survey, answers)
            thanks = Text("behalf-thanks") if about.on_behalf else Words(words(survey.thanks, language))
            return Screen((*header, thanks, *given, *told), (*offer, *rows))


def _at(survey: Survey, place: int, kind: Kind) -> Question | None:
    question = survey.questions[place] if 0 <= place < len(survey.questions) else None
    return question if question is not None and question.kind is kind else None


def _answer(survey: Survey, state: State, question: Question, answer: Answer, low: int) -> Step[State]:
    answers = {**state.answers, question.id: answer}
    is_low = isinstance(answer, int) and answer <= low
    offer = "open" if is_low and not state.offer else state.offer
    if offer == "open" and (lowest := survey.lowest(answers)) is not None and lowest > low:
        offer = ""
    fact = Answered(
        state.about,
        question.id,
        answer,
        state.answers.get(question.id),
        low=offer == "open" and not state.offer,
        first=not state.answers,
    )
    moved = Asking(state.about, question.id, answers, offer)
    return _onward(survey, moved, question.id, Save(fact))


def _pick(state: State, question: Question, option: str) -> Step[State]:
    before = state.answers.get(question.id)
    chosen = before if isinstance(before, tuple) else ()
    answer = tuple(o.key for o in question.options if (o.key in chosen) != (o.key == option))
    fact = Answered(state.about, question.id, answer, before, first=not state.answers)
    return goto(Asking(state.about, question.id, {**state.answers, question.id: answer}, state.offer), Save(fact))


def _onward(survey: Survey, state: State, key: str, *effects: Effect) -> Step[State]:
    following = survey.after(key, state.answers)
    if following is None:
        return goto(Thanked(state.about, state.answers, state.offer), *effects)
    return goto(Asking(state.about, following.id, state.answers, state.offer), *effects)


def _offer(state: State) -> tuple[Row, ...]:
    if state.offer != "open":
        return ()
    invitation = state.about.invitation
    return ((Key(Text("rating-file"), FileComplaint(invitation)), Key(Text("rating-no-thanks"), NoThanks(invitation))),)


def _hints(question: Question, language: str) -> tuple[Words, ...]:
    hint = words(question.hint, language)
    return (Words(hint),) if hint else ()


def _given(about: About, survey: Survey, answers: Mapping[str, Answer]) -> tuple[Text, ...]:
    overall = answers.get(survey.questions[0].id)
    return (_to(about, "rating-given", {"score": overall}),) if isinstance(overall, int) else ()


def _to(about: About, key: str, args: Mapping[str, int] | None = None) -> Text:
    """The sentence as the customer reads it, or as staff do who write on the customer's behalf."""
    return Text(f"{key}-behalf" if about.on_behalf else key, args or {})


def _rows(survey: Survey, question: Question, state: Asking, language: str) -> tuple[Row, ...]:
    invitation, at = state.about.invitation, survey.questions.index(question)
    given = state.answers.get(question.id)
    rows: list[Row] = []
    match question.kind:
        case Kind.RATING:
            marks = ["✓" if given == score else FACES[score - 1] for score in range(1, 6)]
            rows.append(tuple(Key(Words(f"{marks[s - 1]} {s}"), Rate(invitation, at, s)) for s in range(1, 6)))
        case Kind.CHOICES:
            chosen = given if isinstance(given, tuple) else ()
            for n, option in enumerate(question.options):
                mark = "☑ " if option.key in chosen else "☐ "
                rows.append((Key(Words(mark + words(option.label, language)), Pick(invitation, at, n)),))
            if chosen:
                rows.append((Key(Text("rating-picked"), Picked(invitation, at)),))
        case _:
            pass
    controls: list[Key] = []
    if survey.before(question.id, state.answers) is not None:
        controls.append(Key(Text("back"), SurveyBack(invitation, at)))
    if at > 0:
        controls.append(Key(Text("skip"), SurveySkip(invitation, at)))
    return (*rows, tuple(controls)) if controls else tuple(rows)
