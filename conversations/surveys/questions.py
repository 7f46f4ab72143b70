"""One question of a survey: how it is drawn, and what a press or a message answers to it.

1. Whatever was answered before is shown: a tick on the button, the words, how many photos.
2. What is read is only ever an answer that the question allows; everything else is None.
3. A rating's buttons stand in one row and end in their digit; the words of its set are a legend above.
"""

from collections.abc import Callable

from conversations.buttons import Button, Opt, Pick, Picked, Rate, Recommend, TakeBack, YesNo
from conversations.protocol import Attached, File, Key, Row, Said, Shared, Text, Words
from domain.surveys.survey import Answer, Kind, Question, words

WORDS_LIMIT = 4096
FILES_LIMIT = 20
SHOWN = 600
"""How much of what somebody wrote is shown again."""

FACES = ("😡", "🙁", "😐", "🙂", "😍")
TICK = "✓ "
FILES = frozenset({"photo", "video", "document"})
"""What counts as a photo: people send pictures as files too, and some things are better filmed."""

LISTENS = frozenset({Kind.TEXT, Kind.PHOTOS, Kind.CONTACT})
"""The kinds that are answered by writing or sending something."""

GOES_ON = frozenset(Kind) - {Kind.CHOICES, Kind.PHOTOS}
"""The kinds whose answer is complete with one press or message."""

_SAID = "said:"
_NPS_ROW = 6


# --- what is shown ---------------------------------------------------------------------------------------------------


def parts(question: Question, given: Answer | None, language: str) -> tuple[Text | Words, ...]:
    """The question, the words its answers are read in, its hint, and what was answered to it by writing."""
    shown: list[Text | Words] = [Words(words(question.text, language))]
    match question.kind:
        case Kind.RATING if question.labels is not None:
            shown.append(Text(f"labels-{question.labels.replace('_', '-')}"))
        case Kind.NPS:
            shown.append(Text("answer-nps"))
        case Kind.CONTACT:
            shown.append(Text("answer-contact"))
        case _:
            pass
    if hint := words(question.hint, language):
        shown.append(Words(hint))
    if question.kind is Kind.PHOTOS:
        shown.append(Text("answer-photos", {"count": len(files(given))}))
    if spoken := said(given):
        shown.append(Text("answer-wrote", {"words": _short(spoken)}))
    return tuple(shown)


def rows(question: Question, invitation: int, at: int, given: Answer | None, language: str) -> tuple[Row, ...]:
    """The buttons that answer it; `at` is its place in the survey."""
    match question.kind:
        case Kind.RATING:
            marks = [TICK if given == score else f"{FACES[score - 1]} " for score in question.scores]
            keys = zip(marks, question.scores, strict=True)
            return (tuple(Key(Words(f"{mark}{score}"), Rate(invitation, at, score)) for mark, score in keys),)
        case Kind.NPS:
            row = [
                Key(Words(f"{TICK if given == score else ''}{score}"), Recommend(invitation, at, score))
                for score in question.scores
            ]
            return tuple(row[:_NPS_ROW]), tuple(row[_NPS_ROW:])
        case Kind.YESNO:
            return (
                (
                    Key(Text("answer-yes", {"tick": TICK if given == 1 else ""}), YesNo(invitation, at, yes=True)),
                    Key(Text("answer-no", {"tick": TICK if given == 0 else ""}), YesNo(invitation, at, yes=False)),
                ),
            )
        case Kind.CHOICE:
            return _options(question, given, language, (TICK, "○ "), lambda n: Opt(invitation, at, n))
        case Kind.CHOICES:
            listed = _options(question, given, language, ("☑ ", "☐ "), lambda n: Pick(invitation, at, n))
            return (*listed, *([(Key(Text("rating-picked"), Picked(invitation, at)),)] if given else []))
        case Kind.PHOTOS if given:
            finish = (Key(Text("rating-picked"), Picked(invitation, at)),)
            return finish, (Key(Text("answer-take-back"), TakeBack(invitation, at)),)
        case Kind.PHOTOS | Kind.TEXT | Kind.CONTACT:
            return ()


def files(given: Answer | None) -> tuple[tuple[str, str], ...]:
    """The files of an answer of photos, as (kind, Telegram's id)."""
    refs = given if isinstance(given, tuple) else ()
    return tuple((ref.partition(":")[0], ref.partition(":")[2]) for ref in refs if not ref.startswith(_SAID))


def said(given: Answer | None) -> str:
    """The words of an answer, those under photos included."""
    if isinstance(given, str):
        return given
    items = given if isinstance(given, tuple) else ()
    return "\n".join(item.removeprefix(_SAID) for item in items if item.startswith(_SAID))


# --- what is answered ------------------------------------------------------------------------------------------------


def pressed(question: Question, button: Button, given: Answer | None) -> Answer | None:
    """The answer that this button gives to this question, None where it gives none."""
    match question.kind, button:
        case (Kind.RATING, Rate(score=score)) | (Kind.NPS, Recommend(score=score)) if score in question.scores:
            return score
        case Kind.YESNO, YesNo(yes=yes):
            return int(yes)
        case Kind.CHOICE, Opt(option=option) if option < len(question.options):
            return (question.options[option].key,)
        case Kind.CHOICES, Pick(option=option) if option < len(question.options):
            key = question.options[option].key
            chosen = given if isinstance(given, tuple) else ()
            return tuple(one.key for one in question.options if (one.key in chosen) != (one.key == key))
        case Kind.PHOTOS, TakeBack():
            return ()
        case _:
            return None


def told(question: Question, event: Said | Attached | Shared, given: Answer | None) -> Answer | None:
    """The answer that a message gives to this question, None where it gives none."""
    match question.kind, event:
        case ((Kind.TEXT | Kind.CONTACT), Said(text)) if text.strip():
            return text[:WORDS_LIMIT]
        case Kind.CONTACT, Shared(phone):
            return f"+{phone.lstrip('+')}"
        case Kind.PHOTOS, Said(text) if text.strip():
            return _with(given, None, text)
        case Kind.PHOTOS, Attached(file, caption) if file.kind in FILES:
            return _with(given, file, caption)
        case _:
            return None


def is_full(given: Answer | None, event: Said | Attached | Shared) -> bool:
    """Whether this file is one more than an answer keeps."""
    is_new = isinstance(event, Attached) and (event.file.kind, event.file.id) not in files(given)
    return is_new and len(files(given)) >= FILES_LIMIT


def _with(given: Answer | None, file: File | None, text: str) -> tuple[str, ...]:
    """What was sent so far and this, as long as there is room; what was written stands at the end, as one."""
    refs = [f"{kind}:{id_}" for kind, id_ in files(given)]
    if file is not None and f"{file.kind}:{file.id}" not in refs and len(refs) < FILES_LIMIT:
        refs.append(f"{file.kind}:{file.id}")
    spoken = "\n".join(filter(None, (said(given), text.strip())))[:WORDS_LIMIT]
    return (*refs, *([f"{_SAID}{spoken}"] if spoken else []))


def _options(
    question: Question, given: Answer | None, language: str, marks: tuple[str, str], button: Callable[[int], Button]
) -> tuple[Row, ...]:
    """A row an option, marked by whether it was chosen."""
    chosen = given if isinstance(given, tuple) else ()
    return tuple(
        (Key(Words(marks[option.key not in chosen] + words(option.label, language)), button(n)),)
        for n, option in enumerate(question.options)
    )


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
