"""The file of a case: everything that happened, in order, with deadlines, forms and results; masked unless it may be read."""

import pytest

from domain.cases.case import CaseEvent, Need
from storage.cases import contributions as contribution_rows
from storage.cases.contributions import Contribution
from tests.harness.case_actions import find_first_case, press, set_up_accepted_case, set_up_answered_case
from tests.harness.case_files import draw_case_file
from tests.harness.in_process import LI, NOON, Desk


async def contributed(desk: Desk, *new: tuple[str, str]) -> None:
    case = await find_first_case(desk)
    async with desk.database.begin() as tx:
        for n, (side, words) in enumerate(new):
            files = (("photo", "f", ""),) if side == "report" else ()
            contribution = Contribution(
                desk.services.next_id(), case, words, files, NOON.replace(hour=5, minute=n), "", side
            )
            await contribution_rows.add_contribution(tx, contribution)


async def test_the_process_holds_everything(desk: Desk) -> None:
    """Events, letters, notes and reports with their files, who looked at the contact, in order; what was filed is no entry of its own."""
    await set_up_accepted_case(desk)
    await press(desk, LI, "reveal")
    await contributed(desk, ("customer", "It is wet"), ("staff", "We look"), ("note", "Rude"), ("report", "Found"))
    file = await draw_case_file(desk, (CaseEvent.EXTEND, {Need.REASON: "Snow", Need.DUE: "2026-12-05T18:00:00+08:00"}))
    said = [(one.what, [f"{line.label}:{line.text}" for line in one.lines]) for one in file.process]
    assert said == [
        ("filed", []),
        ("accepted", []),
        ("extended", ["Reason:Snow", "Due:2026-12-05 18:00"]),
        ("saw the customer's contact", []),
        ("wrote", [":It is wet"]),
        ("wrote to the customer", [":We look"]),
        ("added an internal note", [":Rude"]),
        ("reported to the lead department", [":Found", "Files:1"]),
    ]


async def test_nudges_and_deadlines(desk: Desk) -> None:
    """Who was reminded when; a deadline that was missed says so, one that runs has no end."""
    await desk.bind("transport")
    await desk.file_complaint()
    await desk.ring(hours=30)
    file = await draw_case_file(desk)
    assert "reminder: Acceptance, 100% of the time used" in {one.what for one in file.process}
    assert [(one.stage, one.ended, one.kept, one.late) for one in file.clocks] == [
        ("Acceptance", "", "overdue", True),
        ("Answer", "", "in progress", False),
    ]


async def test_what_ended_keeps_what_was_said(desk: Desk) -> None:
    """A deadline that was kept stays kept, with the date of then."""
    await set_up_answered_case(desk)
    file = await draw_case_file(desk)
    assert {(one.stage, one.kept) for one in file.clocks} == {
        ("Acceptance", "on time"),
        ("Answer", "on time"),
        ("Review", "on time"),
    }
    assert file.clocks[0].due == "2026-11-23 15:00"


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_masked_or_not(desk: Desk, language: str) -> None:
    """Names and numbers are masked; in full only where somebody may read them, and then it says so."""
    await set_up_accepted_case(desk)
    shut, opened = (
        await draw_case_file(desk, language=language),
        await draw_case_file(desk, language=language, unmasked=True),
    )
    assert shut.note != opened.note
    assert not {"Wang", "+8613800138000"} & {line.text for line in shut.complaint}
    assert {"Wang", "+8613800138000"} <= {line.text for line in opened.complaint}
    assert "Wang" not in str(shut.process)


async def test_edits_are_kept(desk: Desk) -> None:
    """What a contribution said before stands beside it."""
    from storage.cases import messages

    await set_up_accepted_case(desk)
    await contributed(desk, ("customer", "It is wet"))
    async with desk.database.begin() as tx:
        (_, contribution) = await contribution_rows.list_contributions(tx, await find_first_case(desk))
        await messages.edit_contribution(
            tx, contribution.id, {"words": "It is wet", "files": []}, "It is dry", [], NOON
        )
    file = await draw_case_file(desk)
    assert [(line.label, line.text) for line in file.process[-1].lines] == [
        ("", "It is dry"),
        ("Before 2026-11-23 12:00", "It is wet"),
    ]
