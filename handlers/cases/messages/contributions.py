"""What people contribute to a case: kept, mapped to the messages that said it, changed when one of them is edited."""

from collections.abc import Sequence
from dataclasses import replace

from conversations.protocol import File
from domain.cases.case import Case
from handlers.cases.life import cases as case_work
from handlers.cases.messages import copies
from handlers.turns.batch import Turn
from storage.cases import cases, talk
from storage.cases.cases import CUSTOMER, NOTE, Contribution
from storage.cases.talk import FileKey, Known, Spoken
from storage.cases.words import index as index_words


def spoken(message: int, words: str = "", file: File | None = None) -> Spoken:
    """What one message of a contribution said."""
    if file is None:
        return Spoken(message, words)
    return Spoken(message, words, (file.kind, file.id, file.album), file.unique)


async def keep(
    turn: Turn,
    case: Case,
    words: str,
    said: Sequence[Spoken],
    *,
    side: str = CUSTOMER,
    album: str = "",
    files: Sequence[FileKey] = (),
) -> tuple[Contribution, bool]:
    """Write a contribution down with the messages that made it; True where it is new, False where an album goes on.

    `files` are those of the messages, where nothing else is said.
    """
    files = tuple(files) or tuple(one.file for one in said if one.file is not None)
    new = Contribution(turn.services.next_id(), case.id, words, files, turn.now, album, side, turn.person.id)
    is_new = await cases.contribute(turn.tx, new)
    if not is_new:
        known = await cases.album_of(turn.tx, case.id, album)
        new = await cases.contribution(turn.tx, known or 0) or new
    await talk.remember(turn.tx, turn.chat, case.id, new.id, said)
    return new, is_new


async def remember_first(turn: Turn, case: Case, said: Sequence[Spoken]) -> None:
    """These messages made what was filed."""
    first = (await cases.contributed(turn.tx, case.id, CUSTOMER))[0]
    await talk.remember(turn.tx, turn.chat, case.id, first.id, said)


async def change(turn: Turn, known: Known, words: str, file: File | None) -> None:
    """A message of a contribution was edited: its part of the words, or its file, is another one from now on."""
    one, case = await cases.contribution(turn.tx, known.contribution), await cases.get(turn.tx, known.case)
    if one is None or case is None:
        return
    was = known.said
    other = _other_file(was, file)
    if words == was.words and other is None:
        return
    before = {"words": one.words, "files": one.files}
    now = replace(one, words=_instead(one.words, was.words, words), files=_swapped(one, was, other), edits=(before,))
    await talk.edit(turn.tx, one.id, before, now.words, now.files, turn.now)
    await index_words(turn.tx, case.id, words)
    said = spoken(was.message, words, file) if file is not None else replace(was, words=words)
    await talk.remember(turn.tx, turn.chat, case.id, one.id, [said])
    turn.batch.record(turn.person.id, "case.edit", f"case:{case.id}", one.words, now.words)
    if one.side == NOTE and case.note == one.words:
        await talk.set_note(turn.tx, case.id, now.words)
        case = replace(case, note=now.words)
    if words != was.words:
        await copies.show_again(turn.batch, case, now)
    if other is not None:
        await copies.forward_changed(turn.batch, case, now, other)
    await case_work.refresh(turn.batch, case)


# --- what an edit changes --------------------------------------------------------------------------------------------


def _other_file(was: Spoken, file: File | None) -> File | None:
    """The file, if it is not the one the message carried before."""
    if file is None:
        return None
    same = was.file is not None and (
        was.unique == file.unique if was.unique and file.unique else was.file[1] == file.id
    )
    return None if same else file


def _instead(words: str, before: str, after: str) -> str:
    """The contribution's words with this message's part exchanged."""
    before, after = before.strip(), after.strip()
    changed = words.replace(before, after, 1) if before and before in words else f"{words}\n{after}"
    return changed.strip("\n")


def _swapped(one: Contribution, was: Spoken, file: File | None) -> tuple[tuple[str, str, str], ...]:
    if file is None:
        return one.files
    new = (file.kind, file.id, file.album)
    if was.file is None or was.file not in one.files:
        return (*one.files, new)
    return tuple(new if known == was.file else known for known in one.files)
