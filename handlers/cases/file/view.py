"""Case view, `/case`: its three parts in one message (C12), the log (P3), the media, the file as a document; History and Full text.

1. Anyone not allowed to see a case gets the same answer as for a number that does not exist.
2. What a button shows is decided at the press, by who presses and where (see `visibility`).
"""

from dataclasses import replace

from conversations.buttons import CaseViewButton
from domain.cases.case import Case, ContributionSide
from domain.cases.evidence import EvidenceState
from handlers.access import visibility
from handlers.access.case_rights import CaseRight, may
from handlers.cases.file import case_file, case_lists, pages
from handlers.cases.file.snapshot import take_snapshot
from handlers.cases.life import cards, telling
from handlers.cases.messages import threads
from handlers.turns import attachments
from handlers.turns.turn import Turn
from storage.cases import cases, evidence, search
from storage.cases import contributions as contribution_rows
from texts import escape
from texts.length import trim

TAKEN = "case.document"
"""Its name in the log when somebody takes the file away."""

_SEQUENCE_DIGITS = 6


async def on_command(turn: Turn, args: str) -> None:
    """`/case N`, or `/case` in reply to a message about a case."""
    number = args.strip().upper()
    if not number:
        meant = await threads.find_case(turn, turn.heard)
        if meant is None or not await visibility.may_see(turn, meant):
            turn.say("look-how")
        else:
            await pages.show_page(turn, meant, "c", 0, fresh=True)
        return
    matches = await _list_by_number(turn, number)
    if not matches:
        turn.say("look-unknown", number=trim(number, 64))
    elif len(matches) == 1:
        await pages.show_page(turn, matches[0], "c", 0, fresh=True)
    else:
        await case_lists.on_search_command(turn, number)


async def on_press(turn: Turn, button: CaseViewButton) -> None:
    """A press on a button of a list or of a case's file."""
    case = await cases.get(turn.tx, button.case)
    if case is None or not await visibility.may_see(turn, case):
        turn.toast("not-yours", alert=True)
        return
    match button.part:
        case "o":
            await pages.show_page(turn, case, "c", 0, fresh=True)
        case "f":
            await _send_files(turn, case)
        case "m":
            await _send_files_in_private(turn, case)
        case "d":
            await _send_document(turn, case)
        case "a" if not await may(turn, CaseRight.READ_LOG, case):
            turn.toast("look-no-audit", alert=True)
        case "c" | "p" | "r" | "a" as part:
            await pages.show_page(turn, case, part, button.page, fresh=False)
        case _:
            turn.toast("not-now")


async def show_under_card(turn: Turn, case: Case, name: str) -> None:
    """The card's History and Full text, as messages under the card."""
    known = await take_snapshot(turn.batch, case, turn.language)
    if name == "history":
        lines = [turn.text("history-head", number=case.number)]
        for entry in case_file.draw_entries(known, nudges=False):
            lines += pages.draw_entry(turn, entry, "history-line")
        telling.say_under_card(turn.batch, turn.chat, case, "\n".join(lines))
        return
    telling.say_under_card(turn.batch, turn.chat, case, turn.text("full-text-head", number=case.number))
    for contribution in known.contributions:
        if contribution.side == ContributionSide.CUSTOMER and contribution.words.strip():
            telling.say_under_card(turn.batch, turn.chat, case, escape(contribution.words))
    others = replace(known, contributions=[one for one in known.contributions if one.side != ContributionSide.CUSTOMER])
    since = [one for one in case_file.draw_entries(others, nudges=False) if one.lines]
    wanted = known.case.wanted
    lines = [turn.text("look-line", label=turn.plain("dossier-wanted"), text=wanted)] if wanted else []
    lines += [line for one in since for line in pages.draw_entry(turn, one, "look-entry")]
    if lines:
        telling.say_under_card(turn.batch, turn.chat, case, "\n".join(lines))


async def _list_by_number(turn: Turn, number: str) -> list[Case]:
    """The cases with this number, or ending in it, that may be seen here."""
    if number.isdecimal() and number.isascii() and len(number) <= _SEQUENCE_DIGITS:
        year = turn.now.astimezone(turn.company.zone).strftime("%y")
        return await search.list_by_sequence(
            turn.tx, int(number), year, await visibility.find_departments(turn), case_lists.PAGE
        )
    case = await cases.fetch_by_number(turn.tx, number)
    return [case] if case is not None and await visibility.may_see(turn, case) else []


# --- media and paper -------------------------------------------------------------------------------------------------


async def _send_files(turn: Turn, case: Case) -> None:
    """Send everything attached once more."""
    files = await _list_files(turn, case)
    if not files:
        turn.toast("look-no-files", number=case.number)
        return
    telling.forward_files(turn.batch, turn.chat, case, files)
    turn.toast("look-files-coming", number=case.number, count=len(files))


async def _send_files_in_private(turn: Turn, case: Case) -> None:
    """The group does not allow them: send them to the person who pressed. It is in the log who took them."""
    files = await _list_files(turn, case)
    if not turn.person.reachable:
        turn.toast("look-open-chat", bot=turn.services.bot, alert=True)
    elif not files:
        turn.toast("look-no-files", number=case.number)
    else:
        telling.forward_files(turn.batch, turn.person.telegram_id, case, files)
        turn.batch.record(turn.person.id, "case.files", f"case:{case.id}")
        turn.toast("look-files-in-private", number=case.number)


async def _list_files(turn: Turn, case: Case) -> list[tuple[str, str]]:
    """Everything attached, but what is infected."""
    kept_away = {
        file.file_id for file in await evidence.list_by_case(turn.tx, case.id) if file.state is EvidenceState.INFECTED
    }
    written = await contribution_rows.list_contributions(turn.tx, case.id)
    return [(kind, id_) for one in written for kind, id_, _album in one.files if id_ not in kept_away]


async def _send_document(turn: Turn, case: Case) -> None:
    """The file as PDF: what is to be drawn is owed, and drawn when its turn to be sent comes. It is in the log who took it."""
    unmasked = turn.private and await may(turn, CaseRight.TAKE_UNMASKED, case)
    known = await take_snapshot(turn.batch, case, turn.language, unmasked=unmasked)
    facts = await case_file.draw_case_file(turn.batch, known, unmasked=unmasked)
    caption = turn.text("look-pdf-caption", title=facts.title, number=case.number, state=facts.state)
    attachments.send_file(
        turn.batch,
        turn.chat,
        "case",
        facts,
        filename=f"{case.number}.pdf",
        language=turn.language,
        name=f"c:{case.id}:{turn.services.next_id()}",
        caption=caption,
        reply_to="" if turn.private else cards.card_name(case.id),
        topic=case.id,
        priority=pages.choose_priority(turn),
    )
    turn.batch.record(turn.person.id, TAKEN, f"case:{case.id}", None, "unmasked" if unmasked else "masked")
    turn.toast("look-pdf-coming", number=case.number)
