"""Rating dialogue after a delivery: one message; one tap is a complete response, everything else is a gift.

1. Every tap is saved at once; a survey left halfway counts for what was answered.
2. Old keyboards stay valid: a tap on an earlier question changes that answer and goes on from there.
3. A low rating offers a complaint on every screen until it is filed or declined; once decided, it is not offered again.
4. What is saved is exactly what counts: an answer whose question no longer applies is removed from storage, and comes
   back with its question. The state remembers it meanwhile, so a slip of the finger costs nobody what they wrote.
5. An anonymous survey (S11) is saved once, at its end: see `step_anonymously`.
"""

from collections.abc import Mapping
from typing import Protocol, TypeGuard

import msgspec

from conversations.buttons import (
    Button,
    ChangeRatingButton,
    FileComplaintButton,
    NoThanksButton,
    OptionButton,
    PickedButton,
    PraiseButton,
    RateButton,
    RecommendButton,
    SurveyBackButton,
    SurveyEndButton,
    SurveySkipButton,
    TakeBackPhotosButton,
    ToggleOptionButton,
    YesNoButton,
)
from conversations.protocol import (
    NOT_UNDERSTOOD,
    Attached,
    Begin,
    Conversation,
    Effect,
    Event,
    Keeps,
    Key,
    KeyboardRow,
    Pressed,
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
    go_on,
    goto,
)
from conversations.surveys import questions
from conversations.surveys.rating_states import (
    AnonymousSurveyCompleted,
    AnswerRecounted,
    AskingRating,
    ComplaintDeclined,
    ComplaintFiled,
    RatedDelivery,
    RatingAnswered,
    State,
    Thanked,
)
from domain.surveys.question_kinds import KINDS, QuestionKind
from domain.surveys.survey import Answer, Question, RatingLabels, Survey, localize

NAME = "rating"
BEST_RATING = 5

BUTTONS = (
    *questions.ANSWER_BUTTONS,
    SurveyBackButton,
    SurveySkipButton,
    SurveyEndButton,
    ChangeRatingButton,
    FileComplaintButton,
    NoThanksButton,
    PraiseButton,
)
"""The buttons of a survey: those that answer its questions, and those that move through it."""


class OfInvitation(Protocol):
    """A button under the survey of an invitation."""

    @property
    def invitation(self) -> int: ...


def is_of_survey(button: Button) -> TypeGuard[OfInvitation]:
    """Whether this button stands under a survey."""
    return isinstance(button, BUTTONS)


def begin(survey: Survey, invitation: int, waybill: str = "", delivery: int = 0, *, on_behalf: bool = False) -> State:
    about = RatedDelivery(invitation, survey.name, waybill, delivery, on_behalf)
    return AskingRating(about, survey.questions[0].id)


def dialogue_key(invitation: int) -> str:
    """The key of this dialogue among those of a lane."""
    return f"rate:{invitation}"


def mark_filed(state: State) -> State:
    """The low rating became a case automatically: nothing more is offered."""
    return msgspec.structs.replace(state, offer="filed")


def is_touched(state: State) -> bool:
    """Whether anything has been answered or decided."""
    return bool(state.answers) or isinstance(state, Thanked) or bool(state.offer)


def conversation(surveys: Mapping[str, Survey], low: int) -> Conversation[State]:
    """The dialogue over these surveys, by key@version; a rating of `low` or less offers a complaint."""
    return Conversation(
        NAME,
        State,
        lambda state, language: screen(surveys[state.about.survey], state, language, low),
        lambda state, event: (step_anonymously if surveys[state.about.survey].anonymous else step)(
            surveys[state.about.survey], state, event, low
        ),
    )


def step_anonymously(survey: Survey, state: State, event: Event, _low: int = 0) -> Step[State]:
    """A step in an anonymous survey: nothing is saved before its end, nothing is offered that would reveal who answers,
    and its end is final.
    """
    taken = step(survey, state, event, low=0)
    if taken.state is None or any(isinstance(effect, Begin) for effect in taken.effects):
        return NOT_UNDERSTOOD
    effects = tuple(effect for effect in taken.effects if isinstance(effect, Say | Toast))
    if not isinstance(taken.state, Thanked):
        return goto(taken.state, *effects)
    counted = survey.keep_asked(taken.state.answers)
    return done(*effects, Save(AnonymousSurveyCompleted(state.about, counted))) if counted else NOT_UNDERSTOOD


def step(survey: Survey, state: State, event: Event, low: int) -> Step[State]:  # noqa: PLR0911 -- one return per event
    about = state.about
    match event:
        case Pressed(
            RateButton()
            | RecommendButton()
            | YesNoButton()
            | OptionButton()
            | ToggleOptionButton()
            | TakeBackPhotosButton() as button
        ):
            question = _find_question(survey, state, button.question) if button.invitation == about.invitation else None
            given = state.answers.get(question.id) if question else None
            answer = questions.read_press(question, button, given) if question else None
            return (
                NOT_UNDERSTOOD
                if question is None or answer is None
                else _record_answer(survey, state, question, answer, low)
            )
        case Pressed(PickedButton(invitation, at)) if invitation == about.invitation:
            question = _find_question(survey, state, at)
            complete = question is not None and not KINDS[question.kind].is_one_step
            return _go_on(survey, state, question.id) if question and complete else NOT_UNDERSTOOD
        case Pressed(SurveyBackButton(invitation, at)) if invitation == about.invitation and 0 <= at < len(
            survey.questions
        ):
            earlier = survey.before(survey.questions[at].id, state.answers) or survey.questions[0]
            return goto(AskingRating(about, earlier.id, state.answers, state.offer))
        case Pressed(SurveySkipButton(invitation, at)) if invitation == about.invitation and 0 <= at < len(
            survey.questions
        ):
            return _go_on(survey, state, survey.questions[at].id)
        case Pressed(SurveyEndButton(invitation, _)) if invitation == about.invitation and state.answers:
            return goto(Thanked(about, state.answers, state.offer))
        case Pressed(ChangeRatingButton(invitation)) if invitation == about.invitation:
            return goto(AskingRating(about, survey.questions[0].id, state.answers, state.offer))
        case Pressed(FileComplaintButton() | NoThanksButton() as button) if button.invitation == about.invitation:
            return _decide_offer(state, button)
        case Pressed(PraiseButton(invitation)) if invitation == about.invitation:
            return goto(state, Begin("praise", invitation))
        case Said() | Attached() | Shared() if isinstance(state, AskingRating):
            return _take_message(survey, state, event, low)
        case _:
            return NOT_UNDERSTOOD


def screen(survey: Survey, state: State, language: str, low: int = 0) -> Screen:
    header: tuple[Text | Words, ...]
    header = (Text("rating-about", {"waybill": state.about.waybill}),) if state.about.waybill else ()
    header = (*header, Text("entered-on-behalf")) if state.about.on_behalf else header
    offer = _draw_offer(state)
    told: tuple[Text, ...] = (_draw_sentence(state.about, "rating-offer"),) if offer else ()
    if survey.anonymous and (survey.find_lowest(state.answers) or BEST_RATING) <= low:
        told = (Text("anonymous-low"),)
    match state:
        case AskingRating(about, key, answers):
            question = survey.question(key) or survey.questions[0]
            asked = survey.list_asked(answers)
            place = next((n for n, one in enumerate(asked, 1) if one.id == question.id), 1)
            progress = Text("rating-progress", {"place": place, "of": len(asked)})
            if survey.anonymous and question is survey.questions[0]:
                header = (*header, Text("anonymous-begins"))
            parts = (*header, *questions.draw_question(question, answers.get(question.id), language), progress, *told)
            rows = _draw_rows(survey, question, state, language, (place, len(asked)))
            written = KINDS[question.kind].is_written
            keeps = Keeps.SENT if written and not (about.on_behalf or survey.anonymous) else Keeps.NOTHING
            return Screen(parts, (*rows, *offer), asks=written, keeps=keeps)
        case Thanked() if survey.anonymous:
            return Screen((*header, Words(localize(survey.thanks, language)), Text("anonymous-over"), *told))
        case Thanked(about, answers):
            change = (Key(_draw_sentence(about, "rating-change"), ChangeRatingButton(about.invitation)),)
            praise = about.waybill and not about.on_behalf and answers.get(survey.questions[0].id) == BEST_RATING
            below = ((Key(Text("rating-praise"), PraiseButton(about.invitation)),), change) if praise else (change,)
            thanks = Text("behalf-thanks") if about.on_behalf else Words(localize(survey.thanks, language))
            return Screen((*header, thanks, *_draw_given(about, survey, answers), *told), (*offer, *below))


def listens_for_contact(survey: Survey, state: State) -> bool:
    """Whether a phone number shared now answers the question on the screen; never when staff fill it in on the customer's behalf."""
    question = survey.question(state.question) if isinstance(state, AskingRating) else None
    return question is not None and question.kind is QuestionKind.CONTACT and not state.about.on_behalf


def _find_question(survey: Survey, state: State, place: int) -> Question | None:
    """The question at this position, if it applies."""
    question = survey.questions[place] if 0 <= place < len(survey.questions) else None
    if question is None or question.when is None:
        return question
    return question if question in survey.list_asked(state.answers) else None


def _take_message(survey: Survey, state: AskingRating, event: Said | Attached | Shared, low: int) -> Step[State]:
    question = survey.question(state.question)
    given = state.answers.get(state.question)
    answer = questions.read_message(question, event, given) if question else None
    if question is None or answer is None:
        return NOT_UNDERSTOOD
    full = (
        (Say(Text("answer-photos-full", {"count": questions.FILES_LIMIT})),) if questions.is_full(given, event) else ()
    )
    album = event.file.album if isinstance(event, Attached) else ""
    move = go_on if album and album == state.album else goto
    if question.kind is QuestionKind.PHOTOS and answer == given:
        return move(state, *full)
    answered = _record_answer(survey, state, question, answer, low)
    moved = answered.state
    if moved is None:
        return answered
    if isinstance(moved, AskingRating):
        moved = msgspec.structs.replace(moved, album=album)
    return move(moved, *answered.effects, *full)


def _record_answer(survey: Survey, state: State, question: Question, answer: Answer, low: int) -> Step[State]:
    """Keep the answer, and go on once it is complete."""
    answers = {**state.answers, question.id: answer}
    now = survey.keep_asked(answers)
    lowest = survey.find_lowest_counted(now)
    offer = "" if state.offer == "open" else state.offer
    if not offer and lowest is not None and lowest <= low:
        offer = "open"
    moved = AskingRating(state.about, question.id, answers, offer)
    fact = RatingAnswered(
        state.about,
        question.id,
        answer,
        state.answers.get(question.id),
        low=offer == "open" and not state.offer,
        first=not state.answers,
    )
    also = _recount(survey, state, question, now)
    if KINDS[question.kind].is_one_step:
        return _go_on(survey, moved, question.id, Save(fact), *also)
    return goto(moved, Save(fact), *also)


def _recount(survey: Survey, state: State, question: Question, now: Mapping[str, Answer]) -> list[Save]:
    """Earlier answers that no longer count, or count again, because this answer changed; only conditional questions are affected."""
    conditional = [one.id for one in survey.questions if one.when is not None and one.id in state.answers]
    if not conditional:
        return []
    before = survey.keep_asked(state.answers)
    changed = [key for key in conditional if key != question.id and (key in before) != (key in now)]
    return [Save(AnswerRecounted(state.about, key, before.get(key), now.get(key))) for key in changed]


def _decide_offer(state: State, button: FileComplaintButton | NoThanksButton) -> Step[State]:
    """Decide what becomes of the low rating."""
    if isinstance(button, NoThanksButton):
        if state.offer != "open":
            return goto(state)
        declined = msgspec.structs.replace(state, offer="declined")
        return goto(
            declined, Save(ComplaintDeclined(state.about)), Toast(_draw_sentence(state.about, "rating-declined"))
        )
    if not state.offer:
        return NOT_UNDERSTOOD
    if state.offer == "filed":
        return goto(state, Toast(Text("rating-already-filed")))
    return goto(msgspec.structs.replace(state, offer="filed"), Save(ComplaintFiled(state.about, state.answers)))


def _go_on(survey: Survey, state: State, key: str, *effects: Effect) -> Step[State]:
    following = survey.after(key, state.answers)
    if following is None:
        return goto(Thanked(state.about, state.answers, state.offer), *effects)
    return goto(AskingRating(state.about, following.id, state.answers, state.offer), *effects)


def _draw_offer(state: State) -> tuple[KeyboardRow, ...]:
    if state.offer != "open":
        return ()
    invitation = state.about.invitation
    return (
        (
            Key(Text("rating-file"), FileComplaintButton(invitation)),
            Key(Text("rating-no-thanks"), NoThanksButton(invitation)),
        ),
    )


def _draw_given(about: RatedDelivery, survey: Survey, answers: Mapping[str, Answer]) -> tuple[Text, ...]:
    first = survey.questions[0]
    overall = answers.get(first.id)
    key = "rating-given-four" if first.labels is RatingLabels.FOUR_LEVELS else "rating-given"
    return (_draw_sentence(about, key, {"score": overall}),) if isinstance(overall, int) else ()


def _draw_sentence(about: RatedDelivery, key: str, args: Mapping[str, int] | None = None) -> Text:
    """The sentence as worded for the customer, or for staff who answer on the customer's behalf."""
    return Text(f"{key}-behalf" if about.on_behalf else key, args or {})


def _draw_rows(
    survey: Survey, question: Question, state: AskingRating, language: str, progress: tuple[int, int]
) -> tuple[KeyboardRow, ...]:
    """The answer buttons, and below them back and next; `progress` is (position, total)."""
    place, of = progress
    invitation, at = state.about.invitation, survey.questions.index(question)
    rows = questions.draw_buttons(question, invitation, at, state.answers.get(question.id), language)
    controls: list[Key] = []
    if place > 1:
        controls.append(Key(Text("back"), SurveyBackButton(invitation, at)))
    if at > 0:
        controls.append(Key(Text("skip"), SurveySkipButton(invitation, at)))
    if at > 0 and state.answers and place < of:
        controls.append(Key(Text("enough"), SurveyEndButton(invitation, at)))
    return (*rows, tuple(controls)) if controls else rows
