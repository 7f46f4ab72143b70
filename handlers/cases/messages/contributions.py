"""Contributions to a case: stored, mapped to the messages they came in, updated when one of those is edited."""

from collections.abc import Sequence
from dataclasses import replace

from conversations.protocol import File
from domain.cases.case import Case, ContributionSide
from handlers.cases.life import card_chats
from handlers.cases.messages import copies
from handlers.turns.turn import Turn
from storage.cases import cases, messages
from storage.cases import contributions as contribution_rows
from storage.cases.contributions import Contribution
from storage.cases.messages import FileKey, KnownMessage, SourceMessage
from storage.cases.word_index import owe_words


def make_source_message(message: int, words: str = "", file: File | None = None) -> SourceMessage:
    """What one message of a contribution said."""
    if file is None:
        return SourceMessage(message, words)
    return SourceMessage(message, words, (file.kind, file.id, file.album), file.unique)


async def record_contribution(
    turn: Turn,
    case: Case,
    words: str,
    said: Sequence[SourceMessage],
    *,
    side: str = ContributionSide.CUSTOMER,
    album: str = "",
    files: Sequence[FileKey] = (),
    shown_in: int | None = None,
) -> tuple[Contribution, bool]:
    """Store a contribution with the messages it came in; True if it is new, False if it continues an album.

    `files` default to those of the messages.
    """
    files = tuple(files) or tuple(one.file for one in said if one.file is not None)
    new = Contribution(
        turn.services.next_id(), case.id, words, files, turn.now, album, side, turn.person.id, (), shown_in
    )
    is_new = await contribution_rows.add_contribution(turn.tx, new)
    if not is_new:
        known = await contribution_rows.find_album(turn.tx, case.id, album)
        new = await contribution_rows.fetch_contribution(turn.tx, known or 0) or new
    await messages.record_messages(turn.tx, turn.chat, case.id, new.id, said)
    return new, is_new


async def record_first_messages(turn: Turn, case: Case, said: Sequence[SourceMessage]) -> None:
    """Record that what was filed came in these messages."""
    first = (await contribution_rows.list_contributions(turn.tx, case.id, ContributionSide.CUSTOMER))[0]
    await messages.record_messages(turn.tx, turn.chat, case.id, first.id, said)


async def apply_edit(turn: Turn, known: KnownMessage, words: str, file: File | None) -> None:
    """A message of a contribution was edited: replace its part of the words, or its file."""
    case = await cases.get(
        turn.tx, known.case, for_update=True
    )  # what waits is shown by the transaction that holds the case
    contribution = await contribution_rows.fetch_contribution(turn.tx, known.contribution)
    if contribution is None or case is None:
        return
    was = known.said
    other = _find_changed_file(was, file)
    if words == was.words and other is None:
        return
    before = {"words": contribution.words, "files": contribution.files}
    now = replace(
        contribution,
        words=_replace_words(contribution.words, was.words, words),
        files=_replace_file(contribution, was, other),
        edits=(before,),
    )
    await messages.edit_contribution(turn.tx, contribution.id, before, now.words, now.files, turn.now)
    await owe_words(turn.tx, contribution.id)
    said = make_source_message(was.message, words, file) if file is not None else replace(was, words=words)
    await messages.record_messages(turn.tx, turn.chat, case.id, contribution.id, [said])
    turn.batch.record(turn.person.id, "case.edit", f"case:{case.id}", contribution.words, now.words)
    if contribution.side == ContributionSide.NOTE and case.note == contribution.words:
        await messages.set_note(turn.tx, case.id, now.words)
        case = replace(case, note=now.words)
    if words != was.words:
        await copies.update_copies(turn.batch, case, now)
    if other is not None:
        await copies.show_changed_file(turn.batch, case, now, other)
    await card_chats.refresh_cards(turn.batch, case)


# --- what an edit changes --------------------------------------------------------------------------------------------


def _find_changed_file(was: SourceMessage, file: File | None) -> File | None:
    """The file, if it differs from the one the message had before."""
    if file is None:
        return None
    same = was.file is not None and (
        was.unique == file.unique if was.unique and file.unique else was.file[1] == file.id
    )
    return None if same else file


def _replace_words(words: str, before: str, after: str) -> str:
    """The contribution's words with this message's part replaced."""
    before, after = before.strip(), after.strip()
    changed = words.replace(before, after, 1) if before and before in words else f"{words}\n{after}"
    return changed.strip("\n")


def _replace_file(
    contribution: Contribution, was: SourceMessage, file: File | None
) -> tuple[tuple[str, str, str], ...]:
    if file is None:
        return contribution.files
    new = (file.kind, file.id, file.album)
    if was.file is None or was.file not in contribution.files:
        return (*contribution.files, new)
    return tuple(new if known == was.file else known for known in contribution.files)
