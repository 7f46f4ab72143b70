"""How what was told becomes a case."""

from sqlalchemy import select

from domain.cases.case import CaseKind
from storage.models import cases, contributions, talk
from tests.harness.in_process import COMPANY, GROUP, WANG, Desk, find_button_data, list_texts

PHOTO = {"file_id": "p1", "file_unique_id": "u", "width": 1, "height": 1}


async def test_everything_that_was_told(desk: Desk) -> None:
    """Words and pictures, with the messages that said them, so that an edit finds its place; the department sees both."""
    await desk.bind("service")
    await desk.say(WANG, "/suggest")
    await desk.say(WANG, "Open at six")
    shown = await desk.say(WANG, photo=[PHOTO], caption="like here")
    shown = await desk.press(WANG, find_button_data(await desk.press(WANG, find_button_data(shown, "Done")), "Skip"))
    calls = await desk.press(WANG, find_button_data(shown, "Confirm"))
    (row,) = await desk.rows(select(cases.c.description, cases.c.kind))
    description, kind = tuple(row)
    assert (description, kind) == ("Open at six\nlike here", CaseKind.SUGGESTION.value)
    assert [call.method for call in calls if call.chat_id == GROUP][-1] == "sendPhoto"
    assert "1 file" in list_texts(calls, GROUP)[0]
    assert len(await desk.rows(select(contributions.c.id))) == 1
    assert len(await desk.rows(select(talk.c.message_id))) == 2


def test_the_company_of_the_example_has_a_place_for_it() -> None:
    """The category of what nobody sorted leads to a department that answers."""
    assert COMPANY.route("other").lead in COMPANY.case_departments
