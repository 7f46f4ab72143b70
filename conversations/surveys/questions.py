"""Survey questions: how each is drawn, and how a press or a message is read as its answer.

1. An earlier answer is shown: a tick on the button, the words, how many photos.
2. Only an answer that the question allows is read; everything else is None.
3. A rating's buttons are in one row and end in their digit; the words of its set are a legend above.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from conversations.buttons import (
    Button,
    OptionButton,
    PickedButton,
    RateButton,
    RecommendButton,
    TakeBackPhotosButton,
    ToggleOptionButton,
    YesNoButton,
)
from conversations.pieces import shorten
from conversations.protocol import Attached, File, Key, KeyboardRow, Said, Shared, Text, Words
from domain.masking import mask_name, mask_phone
from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import Answer, Question, RatingLabels, localize

WORDS_LIMIT = 4096
FILES_LIMIT = 20
SHOWN_CHARACTERS = 600
"""How many characters of a written answer are shown again."""

FACES = ("😡", "🙁", "😐", "🙂", "😍")
TICK = "✓ "
FILE_KINDS = frozenset({"photo", "video", "document"})
"""What counts as a photo: people also send pictures as files, and some things are better filmed."""

_SAID = "said:"
_NPS_ROW = 6


# --- what is shown ---------------------------------------------------------------------------------------------------


def draw_question(question: Question, given: Answer | None, language: str) -> tuple[Text | Words, ...]:
    """The question, the legend of its answers, its hint, and any answer already written."""
    shown: list[Text | Words] = [Words(localize(question.text, language))]
    form = FORMS[question.kind]
    if legend := form.legend(question):
        shown.append(legend)
    if hint := localize(question.hint, language):
        shown.append(Words(hint))
    if form.takes_files:
        shown.append(Text("answer-photos", {"count": len(list_files(given))}))
    if spoken := join_words(given):
        shown.append(Text("answer-wrote", {"words": shorten(spoken, SHOWN_CHARACTERS)}))
    return tuple(shown)


def draw_buttons(
    question: Question, invitation: int, at: int, given: Answer | None, language: str
) -> tuple[KeyboardRow, ...]:
    """The buttons that answer it; `at` is its position in the survey."""
    return FORMS[question.kind].draw(_Place(question, invitation, at, language), given)


def word_answer(question: Question, given: Answer, language: str) -> tuple[Text | Words, ...]:
    """The answer in words for the staff who must act on it, in pieces; of a contact only the last digits."""
    return FORMS[question.kind].word(question, given, language)


def list_files(given: Answer | None) -> tuple[tuple[str, str], ...]:
    """The files of a photo answer, as (kind, Telegram's id)."""
    refs = given if isinstance(given, tuple) else ()
    return tuple((ref.partition(":")[0], ref.partition(":")[2]) for ref in refs if not ref.startswith(_SAID))


def join_words(given: Answer | None) -> str:
    """The words of an answer, including captions of photos."""
    if isinstance(given, str):
        return given
    items = given if isinstance(given, tuple) else ()
    return "\n".join(item.removeprefix(_SAID) for item in items if item.startswith(_SAID))


# --- what is answered ------------------------------------------------------------------------------------------------


def read_press(question: Question, button: Button, given: Answer | None) -> Answer | None:
    """The answer that this button gives to this question, None if it gives none."""
    form = FORMS[question.kind]
    return form.press(question, button, given) if isinstance(button, form.buttons) else None


def read_message(question: Question, event: Said | Attached | Shared, given: Answer | None) -> Answer | None:
    """The answer that a message gives to this question, None if it gives none."""
    return FORMS[question.kind].hear(event, given)


def is_full(given: Answer | None, event: Said | Attached | Shared) -> bool:
    """Whether this file would exceed what an answer can hold."""
    is_new = isinstance(event, Attached) and (event.file.kind, event.file.id) not in list_files(given)
    return is_new and len(list_files(given)) >= FILES_LIMIT


def _add_to_answer(given: Answer | None, file: File | None, text: str) -> tuple[str, ...]:
    """The answer so far plus this, while there is room; everything written comes last, as one."""
    refs = [f"{kind}:{id_}" for kind, id_ in list_files(given)]
    if file is not None and f"{file.kind}:{file.id}" not in refs and len(refs) < FILES_LIMIT:
        refs.append(f"{file.kind}:{file.id}")
    spoken = "\n".join(filter(None, (join_words(given), text.strip())))[:WORDS_LIMIT]
    return (*refs, *([f"{_SAID}{spoken}"] if spoken else []))


# --- the kinds -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """A question where it is asked: `at` is its position in the survey of `invitation`."""

    question: Question
    invitation: int
    at: int
    language: str


def _draw_rating(place: _Place, given: Answer | None) -> tuple[KeyboardRow, ...]:
    scores = place.question.scores
    marks = [TICK if given == score else f"{FACES[score - 1]} " for score in scores]
    return (
        tuple(
            Key(Words(f"{mark}{score}"), RateButton(place.invitation, place.at, score))
            for mark, score in zip(marks, scores, strict=True)
        ),
    )


def _draw_nps(place: _Place, given: Answer | None) -> tuple[KeyboardRow, ...]:
    row = [
        Key(Words(f"{TICK if given == score else ''}{score}"), RecommendButton(place.invitation, place.at, score))
        for score in place.question.scores
    ]
    return tuple(row[:_NPS_ROW]), tuple(row[_NPS_ROW:])


def _draw_yesno(place: _Place, given: Answer | None) -> tuple[KeyboardRow, ...]:
    yes, no = (TICK if given == answer else "" for answer in (1, 0))
    return (
        (
            Key(Text("answer-yes", {"tick": yes}), YesNoButton(place.invitation, place.at, yes=True)),
            Key(Text("answer-no", {"tick": no}), YesNoButton(place.invitation, place.at, yes=False)),
        ),
    )


def _draw_choice(place: _Place, given: Answer | None) -> tuple[KeyboardRow, ...]:
    return _draw_options(place, given, (TICK, "○ "), OptionButton)


def _draw_choices(place: _Place, given: Answer | None) -> tuple[KeyboardRow, ...]:
    listed = _draw_options(place, given, ("☑ ", "☐ "), ToggleOptionButton)
    return (*listed, *([_draw_finish(place)] if given else []))


def _draw_photos(place: _Place, given: Answer | None) -> tuple[KeyboardRow, ...]:
    if not given:
        return ()
    return _draw_finish(place), (Key(Text("answer-take-back"), TakeBackPhotosButton(place.invitation, place.at)),)


def _draw_nothing(_place: _Place, _given: Answer | None) -> tuple[KeyboardRow, ...]:
    return ()


def _draw_finish(place: _Place) -> KeyboardRow:
    return (Key(Text("rating-picked"), PickedButton(place.invitation, place.at)),)


def _draw_options(
    place: _Place, given: Answer | None, marks: tuple[str, str], button: Callable[[int, int, int], Button]
) -> tuple[KeyboardRow, ...]:
    """One row per option, marked by whether it was chosen."""
    chosen = given if isinstance(given, tuple) else ()
    return tuple(
        (
            Key(
                Words(marks[option.key not in chosen] + localize(option.label, place.language)),
                button(place.invitation, place.at, n),
            ),
        )
        for n, option in enumerate(place.question.options)
    )


def _press_score(question: Question, button: Button, _given: Answer | None) -> Answer | None:
    match button:
        case RateButton(score=score) | RecommendButton(score=score) if score in question.scores:
            return score
        case YesNoButton(yes=yes):
            return int(yes)
        case _:
            return None


def _press_option(question: Question, button: Button, given: Answer | None) -> Answer | None:
    match button:
        case OptionButton(option=option) if option < len(question.options):
            return (question.options[option].key,)
        case ToggleOptionButton(option=option) if option < len(question.options):
            key = question.options[option].key
            chosen = given if isinstance(given, tuple) else ()
            return tuple(one.key for one in question.options if (one.key in chosen) != (one.key == key))
        case _:
            return None


def _press_take_back(_question: Question, button: Button, _given: Answer | None) -> Answer | None:
    return () if isinstance(button, TakeBackPhotosButton) else None


def _press_nothing(_question: Question, _button: Button, _given: Answer | None) -> Answer | None:
    return None


def _hear_words(event: Said | Attached | Shared, _given: Answer | None) -> Answer | None:
    return event.text[:WORDS_LIMIT] if isinstance(event, Said) and event.text.strip() else None


def _hear_contact(event: Said | Attached | Shared, given: Answer | None) -> Answer | None:
    return f"+{event.phone.lstrip('+')}" if isinstance(event, Shared) else _hear_words(event, given)


def _hear_photos(event: Said | Attached | Shared, given: Answer | None) -> Answer | None:
    match event:
        case Said(text) if text.strip():
            return _add_to_answer(given, None, text)
        case Attached(file, caption) if file.kind in FILE_KINDS:
            return _add_to_answer(given, file, caption)
        case _:
            return None


def _hear_nothing(_event: Said | Attached | Shared, _given: Answer | None) -> Answer | None:
    return None


def _draw_labels(question: Question) -> Text | None:
    return Text(f"labels-{question.labels.replace('_', '-')}") if question.labels is not None else None


def _draw_no_legend(_question: Question) -> Text | None:
    return None


def _word_score(question: Question, given: Answer, _language: str) -> tuple[Text | Words, ...]:
    if question.labels is RatingLabels.FOUR_LEVELS and isinstance(given, int):
        return (Text("words-four-levels", {"score": given}),)
    return (Words(f"{given}/{question.scores[-1]}"),)


def _word_yesno(_question: Question, given: Answer, _language: str) -> tuple[Text | Words, ...]:
    return (Text("words-yes" if given else "words-no"),)


def _word_options(question: Question, given: Answer, language: str) -> tuple[Text | Words, ...]:
    chosen = given if isinstance(given, tuple) else ()
    return (Words(", ".join(localize(one.label, language) for one in question.options if one.key in chosen)),)


def _word_photos(_question: Question, given: Answer, _language: str) -> tuple[Text | Words, ...]:
    count, said = len(list_files(given)), join_words(given)
    told = (Text("words-photos", {"count": count}),) if count else ()
    return (*told, *((Words(said),) if said else ()))


def _word_contact(_question: Question, given: Answer, _language: str) -> tuple[Text | Words, ...]:
    return (Text("words-contact", {"masked": mask_phone(str(given)) or mask_name(str(given))}),)


def _word_as_written(_question: Question, given: Answer, _language: str) -> tuple[Text | Words, ...]:
    return (Words(str(given)),)


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """How one kind is shown, pressed, said and worded.

    Its buttons and how they are drawn; what a press or a message answers; the `legend` under the question; how staff read an answer
    (`word`); `takes_files`: the question shows how many files it has been given.
    """

    buttons: tuple[type[Button], ...]
    draw: Callable[[_Place, Answer | None], tuple[KeyboardRow, ...]]
    press: Callable[[Question, Button, Answer | None], Answer | None] = _press_nothing
    hear: Callable[[Said | Attached | Shared, Answer | None], Answer | None] = _hear_nothing
    legend: Callable[[Question], Text | None] = _draw_no_legend
    word: Callable[[Question, Answer, str], tuple[Text | Words, ...]] = _word_as_written
    takes_files: bool = False


FORMS: Mapping[QuestionKind, QuestionForm] = {
    QuestionKind.RATING: QuestionForm((RateButton,), _draw_rating, _press_score, legend=_draw_labels, word=_word_score),
    QuestionKind.NPS: QuestionForm(
        (RecommendButton,), _draw_nps, _press_score, legend=lambda _: Text("answer-nps"), word=_word_score
    ),
    QuestionKind.YESNO: QuestionForm((YesNoButton,), _draw_yesno, _press_score, word=_word_yesno),
    QuestionKind.CHOICE: QuestionForm((OptionButton,), _draw_choice, _press_option, word=_word_options),
    QuestionKind.CHOICES: QuestionForm(
        (ToggleOptionButton, PickedButton), _draw_choices, _press_option, word=_word_options
    ),
    QuestionKind.PHOTOS: QuestionForm(
        (TakeBackPhotosButton, PickedButton),
        _draw_photos,
        _press_take_back,
        _hear_photos,
        word=_word_photos,
        takes_files=True,
    ),
    QuestionKind.TEXT: QuestionForm((), _draw_nothing, hear=_hear_words),
    QuestionKind.CONTACT: QuestionForm(
        (), _draw_nothing, hear=_hear_contact, legend=lambda _: Text("answer-contact"), word=_word_contact
    ),
}

ANSWER_BUTTONS = tuple(dict.fromkeys(button for form in FORMS.values() for button in form.buttons))
"""Every button that answers a question of a survey."""
