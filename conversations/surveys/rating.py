"""The rating after a delivery: one message, one tap is a complete response, everything else is a gift.

1. Every tap is saved at once; a survey left halfway counts for what was answered.
2. Old keyboards stay valid: a tap on an earlier question changes that answer and goes on from there.
3. A low rating offers a complaint on every screen until it is filed or declined; what somebody decided is not asked again.
4. What is saved is exactly what counts: an answer whose question no longer applies is taken out of the storage, and comes back with
   its question. The state remembers it meanwhile, so a slip of the finger costs nobody what they wrote.
5. An anonymous survey (S11) is saved once, at its end: see `anonymously`.
"""

from collections.abc import Mapping

import msgspec

from conversations.buttons import (
    ChangeRating,
    FileComplaint,
    NoThanks,
    Opt,
    Pick,
    Picked,
    Praise,
    Rate,
    Recommend,
    SurveyBack,
    SurveyEnd,
    SurveySkip,
    TakeBack,
    YesNo,
)
from conversations.protocol import (
    NOT_UNDERSTOOD,
    Attached,
    Begin,
    Conversation,
    Effect,
    Event,
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
    Toast,
    Words,
    done,
    goto,
)
from conversations.surveys import questions
from conversations.surveys.rating_states import (
    About,
    Answered,
    Asking,
    ComplaintDeclined,
    ComplaintFiled,
    Completed,
    Recounted,
    State,
    Thanked,
)
from domain.surveys.survey import Answer, Kind, Labels, Question, Survey, words

NAME = "rating"
BEST = 5


def begin(survey: Survey, invitation: int, waybill: str = "", delivery: int = 0, *, on_behalf: bool = False) -> State:
    about = About(invitation, survey.name, waybill, delivery, on_behalf)
    return Asking(about, survey.questions[0].id)


def topic(invitation: int) -> str:
    """The name of this dialogue among those of a lane."""
    return f"rate:{invitation}"


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
        lambda state, language: screen(surveys[state.about.survey], state, language, low),
        lambda state, event: (anonymously if surveys[state.about.survey].anonymous else step)(
            surveys[state.about.survey], state, event, low
        ),
    )


def anonymously(survey: Survey, state: State, event: Event, _low: int = 0) -> Step[State]:
    """A step in an anonymous survey: nothing is saved before its end, nothing offered that would say who answers, and its end is final."""
    taken = step(survey, state, event, low=0)
    if taken.state is None or any(isinstance(effect, Begin) for effect in taken.effects):
        return NOT_UNDERSTOOD
    effects = tuple(effect for effect in taken.effects if isinstance(effect, Say | Toast))
    if not isinstance(taken.state, Thanked):
        return goto(taken.state, *effects)
    counted = survey.counted(taken.state.answers)
    return done(*effects, Save(Completed(state.about, counted))) if counted else NOT_UNDERSTOOD


def step(survey: Survey, state: State, event: Event, low: int) -> Step[State]:  # noqa: PLR0911 -- one return per event
    about = state.about
    match event:
        case Pressed(Rate() | Recommend() | YesNo() | Opt() | Pick() | TakeBack() as button):
            question = _applying(survey, state, button.question) if button.invitation == about.invitation else None
            given = state.answers.get(question.id) if question else None
            answer = questions.pressed(question, button, given) if question else None
            return (
                NOT_UNDERSTOOD if question is None or answer is None else _answer(survey, state, question, answer, low)
            )
        case Pressed(Picked(invitation, at)) if invitation == about.invitation:
            question = _applying(survey, state, at)
            complete = question is not None and question.kind not in questions.GOES_ON
            return _onward(survey, state, question.id) if question and complete else NOT_UNDERSTOOD
        case Pressed(SurveyBack(invitation, at)) if invitation == about.invitation and 0 <= at < len(survey.questions):
            earlier = survey.before(survey.questions[at].id, state.answers) or survey.questions[0]
            return goto(Asking(about, earlier.id, state.answers, state.offer))
        case Pressed(SurveySkip(invitation, at)) if invitation == about.invitation and 0 <= at < len(survey.questions):
            return _onward(survey, state, survey.questions[at].id)
        case Pressed(SurveyEnd(invitation, _)) if invitation == about.invitation and state.answers:
            return goto(Thanked(about, state.answers, state.offer))
        case Pressed(ChangeRating(invitation)) if invitation == about.invitation:
            return goto(Asking(about, survey.questions[0].id, state.answers, state.offer))
        case Pressed(FileComplaint() | NoThanks() as button) if button.invitation == about.invitation:
            return _decided(state, button)
        case Pressed(Praise(invitation)) if invitation == about.invitation:
            return goto(state, Begin("praise", invitation))
        case Said() | Attached() | Shared() if isinstance(state, Asking):
            return _told(survey, state, event, low)
        case _:
            return NOT_UNDERSTOOD


def screen(survey: Survey, state: State, language: str, low: int = 0) -> Screen:
    header: tuple[Text | Words, ...]
    header = (Text("rating-about", {"waybill": state.about.waybill}),) if state.about.waybill else ()
    header = (*header, Text("entered-on-behalf")) if state.about.on_behalf else header
    offer = _offer(state)
    told: tuple[Text, ...] = (_to(state.about, "rating-offer"),) if offer else ()
    if survey.anonymous and (survey.lowest(state.answers) or BEST) <= low:
        told = (Text("anonymous-low"),)
    match state:
        case Asking(about, key, answers):
            question = survey.question(key) or survey.questions[0]
            asked = survey.asked(answers)
            place = next((n for n, one in enumerate(asked, 1) if one.id == question.id), 1)
            progress = Text("rating-progress", {"place": place, "of": len(asked)})
            if survey.anonymous and question is survey.questions[0]:
                header = (*header, Text("anonymous-begins"))
            parts = (*header, *questions.parts(question, answers.get(question.id), language), progress, *told)
            rows = _rows(survey, question, state, language, (place, len(asked)))
            return Screen(parts, (*rows, *offer), asks=question.kind in questions.LISTENS)
        case Thanked() if survey.anonymous:
            return Screen((*header, Words(words(survey.thanks, language)), Text("anonymous-over"), *told))
        case Thanked(about, answers):
            change = (Key(_to(about, "rating-change"), ChangeRating(about.invitation)),)
            praise = about.waybill and not about.on_behalf and answers.get(survey.questions[0].id) == BEST
            below = ((Key(Text("rating-praise"), Praise(about.invitation)),), change) if praise else (change,)
            thanks = Text("behalf-thanks") if about.on_behalf else Words(words(survey.thanks, language))
            return Screen((*header, thanks, *_given(about, survey, answers), *told), (*offer, *below))


def listens_for_contact(survey: Survey, state: State) -> bool:
    """Whether a phone number that is shared now answers the question on the screen; whoever fills it in for another shares none."""
    question = survey.question(state.question) if isinstance(state, Asking) else None
    return question is not None and question.kind is Kind.CONTACT and not state.about.on_behalf


def _applying(survey: Survey, state: State, place: int) -> Question | None:
    """The question at this place, if it is one that applies."""
    question = survey.questions[place] if 0 <= place < len(survey.questions) else None
    if question is None or question.when is None:
        return question
    return question if question in survey.asked(state.answers) else None


def _told(survey: Survey, state: Asking, event: Said | Attached | Shared, low: int) -> Step[State]:
    question = survey.question(state.question)
    given = state.answers.get(state.question)
    answer = questions.told(question, event, given) if question else None
    if question is None or answer is None:
        return NOT_UNDERSTOOD
    full = (
        (Say(Text("answer-photos-full", {"count": questions.FILES_LIMIT})),) if questions.is_full(given, event) else ()
    )
    if question.kind is Kind.PHOTOS and answer == given:
        return goto(state, *full)
    answered = _answer(survey, state, question, answer, low)
    return goto(answered.state, *answered.effects, *full) if answered.state is not None else answered


def _answer(survey: Survey, state: State, question: Question, answer: Answer, low: int) -> Step[State]:
    """Keep the answer, and go on where it is complete."""
    answers = {**state.answers, question.id: answer}
    now = survey.counted(answers)
    lowest = survey.lowest_of(now)
    offer = "" if state.offer == "open" else state.offer
    if not offer and lowest is not None and lowest <= low:
        offer = "open"
    moved = Asking(state.about, question.id, answers, offer)
    fact = Answered(
        state.about,
        question.id,
        answer,
        state.answers.get(question.id),
        low=offer == "open" and not state.offer,
        first=not state.answers,
    )
    also = _recounted(survey, state, question, now)
    if question.kind in questions.GOES_ON:
        return _onward(survey, moved, question.id, Save(fact), *also)
    return goto(moved, Save(fact), *also)


def _recounted(survey: Survey, state: State, question: Question, now: Mapping[str, Answer]) -> list[Save]:
    """Earlier answers that count no more, or again, because this question is answered otherwise; only conditional ones can."""
    conditional = [one.id for one in survey.questions if one.when is not None and one.id in state.answers]
    if not conditional:
        return []
    before = survey.counted(state.answers)
    changed = [key for key in conditional if key != question.id and (key in before) != (key in now)]
    return [Save(Recounted(state.about, key, before.get(key), now.get(key))) for key in changed]


def _decided(state: State, button: FileComplaint | NoThanks) -> Step[State]:
    """What is to become of the low rating."""
    if isinstance(button, NoThanks):
        if state.offer != "open":
            return goto(state)
        declined = msgspec.structs.replace(state, offer="declined")
        return goto(declined, Save(ComplaintDeclined(state.about)), Toast(_to(state.about, "rating-declined")))
    if not state.offer:
        return NOT_UNDERSTOOD
    if state.offer == "filed":
        return goto(state, Toast(Text("rating-already-filed")))
    return goto(msgspec.structs.replace(state, offer="filed"), Save(ComplaintFiled(state.about, state.answers)))


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


def _given(about: About, survey: Survey, answers: Mapping[str, Answer]) -> tuple[Text, ...]:
    first = survey.questions[0]
    overall = answers.get(first.id)
    key = "rating-given-four" if first.labels is Labels.FOUR_LEVELS else "rating-given"
    return (_to(about, key, {"score": overall}),) if isinstance(overall, int) else ()


def _to(about: About, key: str, args: Mapping[str, int] | None = None) -> Text:
    """The sentence as the customer reads it, or as staff do who write on the customer's behalf."""
    return Text(f"{key}-behalf" if about.on_behalf else key, args or {})


def _rows(
    survey: Survey, question: Question, state: Asking, language: str, progress: tuple[int, int]
) -> tuple[Row, ...]:
    """What answers the question, and below it the way back and on; `progress` is its place among how many."""
    place, of = progress
    invitation, at = state.about.invitation, survey.questions.index(question)
    rows = questions.rows(question, invitation, at, state.answers.get(question.id), language)
    controls: list[Key] = []
    if place > 1:
        controls.append(Key(Text("back"), SurveyBack(invitation, at)))
    if at > 0:
        controls.append(Key(Text("skip"), SurveySkip(invitation, at)))
    if at > 0 and state.answers and place < of:
        controls.append(Key(Text("enough"), SurveyEnd(invitation, at)))
    return (*rows, tuple(controls)) if controls else rows
