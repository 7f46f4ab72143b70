"""Survey questions: how each is drawn, and how a press or a message is read as its answer.

1. An earlier answer is shown: a tick on the button, the words, how many photos.
2. Only an answer that the question allows is read; everything else is None.
3. A rating's buttons are in one row and end in their digit; the words of its set are a legend above.
"""

from collections.abc import Callable

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
from conversations.protocol import Attached, File, Key, KeyboardRow, Said, Shared, Text, Words
from domain.surveys.survey import Answer, Question, QuestionKind, localize

WORDS_LIMIT = 4096
FILES_LIMIT = 20
SHOWN_CHARACTERS = 600
"""How many characters of a written answer are shown again."""

FACES = ("😡", "🙁", "😐", "🙂", "😍")
TICK = "✓ "
FILE_KINDS = frozenset({"photo", "video", "document"})
"""What counts as a photo: people also send pictures as files, and some things are better filmed."""

WRITTEN_KINDS = frozenset({QuestionKind.TEXT, QuestionKind.PHOTOS, QuestionKind.CONTACT})
"""The kinds answered by writing or sending something."""

ONE_STEP_KINDS = frozenset(QuestionKind) - {QuestionKind.CHOICES, QuestionKind.PHOTOS}
"""The kinds whose answer is complete after one press or message."""

_SAID = "said:"
_NPS_ROW = 6


# --- what is shown ---------------------------------------------------------------------------------------------------


def draw_question(question: Question, given: Answer | None, language: str) -> tuple[Text | Words, ...]:
    """The question, the legend of its answers, its hint, and any answer already written."""
    shown: list[Text | Words] = [Words(localize(question.text, language))]
    match question.kind:
        case QuestionKind.RATING if question.labels is not None:
            shown.append(Text(f"labels-{question.labels.replace('_', '-')}"))
        case QuestionKind.NPS:
            shown.append(Text("answer-nps"))
        case QuestionKind.CONTACT:
            shown.append(Text("answer-contact"))
        case _:
            pass
    if hint := localize(question.hint, language):
        shown.append(Words(hint))
    if question.kind is QuestionKind.PHOTOS:
        shown.append(Text("answer-photos", {"count": len(list_files(given))}))
    if spoken := join_words(given):
        shown.append(Text("answer-wrote", {"words": _shorten(spoken)}))
    return tuple(shown)


def draw_buttons(
    question: Question, invitation: int, at: int, given: Answer | None, language: str
) -> tuple[KeyboardRow, ...]:
    """The buttons that answer it; `at` is its position in the survey."""
    match question.kind:
        case QuestionKind.RATING:
            marks = [TICK if given == score else f"{FACES[score - 1]} " for score in question.scores]
            keys = zip(marks, question.scores, strict=True)
            return (tuple(Key(Words(f"{mark}{score}"), RateButton(invitation, at, score)) for mark, score in keys),)
        case QuestionKind.NPS:
            row = [
                Key(Words(f"{TICK if given == score else ''}{score}"), RecommendButton(invitation, at, score))
                for score in question.scores
            ]
            return tuple(row[:_NPS_ROW]), tuple(row[_NPS_ROW:])
        case QuestionKind.YESNO:
            return (
                (
                    Key(
                        Text("answer-yes", {"tick": TICK if given == 1 else ""}), YesNoButton(invitation, at, yes=True)
                    ),
                    Key(
                        Text("answer-no", {"tick": TICK if given == 0 else ""}), YesNoButton(invitation, at, yes=False)
                    ),
                ),
            )
        case QuestionKind.CHOICE:
            return _draw_options(question, given, language, (TICK, "○ "), lambda n: OptionButton(invitation, at, n))
        case QuestionKind.CHOICES:
            listed = _draw_options(
                question, given, language, ("☑ ", "☐ "), lambda n: ToggleOptionButton(invitation, at, n)
            )
            return (*listed, *([(Key(Text("rating-picked"), PickedButton(invitation, at)),)] if given else []))
        case QuestionKind.PHOTOS if given:
            finish = (Key(Text("rating-picked"), PickedButton(invitation, at)),)
            return finish, (Key(Text("answer-take-back"), TakeBackPhotosButton(invitation, at)),)
        case QuestionKind.PHOTOS | QuestionKind.TEXT | QuestionKind.CONTACT:
            return ()


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
    match question.kind, button:
        case (QuestionKind.RATING, RateButton(score=score)) | (QuestionKind.NPS, RecommendButton(score=score)) if (
            score in question.scores
        ):
            return score
        case QuestionKind.YESNO, YesNoButton(yes=yes):
            return int(yes)
        case QuestionKind.CHOICE, OptionButton(option=option) if option < len(question.options):
            return (question.options[option].key,)
        case QuestionKind.CHOICES, ToggleOptionButton(option=option) if option < len(question.options):
            key = question.options[option].key
            chosen = given if isinstance(given, tuple) else ()
            return tuple(one.key for one in question.options if (one.key in chosen) != (one.key == key))
        case QuestionKind.PHOTOS, TakeBackPhotosButton():
            return ()
        case _:
            return None


def read_message(question: Question, event: Said | Attached | Shared, given: Answer | None) -> Answer | None:
    """The answer that a message gives to this question, None if it gives none."""
    match question.kind, event:
        case ((QuestionKind.TEXT | QuestionKind.CONTACT), Said(text)) if text.strip():
            return text[:WORDS_LIMIT]
        case QuestionKind.CONTACT, Shared(phone):
            return f"+{phone.lstrip('+')}"
        case QuestionKind.PHOTOS, Said(text) if text.strip():
            return _add_to_answer(given, None, text)
        case QuestionKind.PHOTOS, Attached(file, caption) if file.kind in FILE_KINDS:
            return _add_to_answer(given, file, caption)
        case _:
            return None


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


def _draw_options(
    question: Question, given: Answer | None, language: str, marks: tuple[str, str], button: Callable[[int], Button]
) -> tuple[KeyboardRow, ...]:
    """One row per option, marked by whether it was chosen."""
    chosen = given if isinstance(given, tuple) else ()
    return tuple(
        (Key(Words(marks[option.key not in chosen] + localize(option.label, language)), button(n)),)
        for n, option in enumerate(question.options)
    )


def _shorten(text: str) -> str:
    return text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS] + "…"
