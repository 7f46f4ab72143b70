"""What came of a case: forms, verdicts, the regulator's answer."""

from domain.cases.case import Event, Need
from tests.harness.acting import accepted
from tests.harness.filing import lines, told
from tests.harness.inside import ZHAO, Desk


async def test_the_forms_and_the_result(desk: Desk) -> None:
    """The rectification form with its plan; the regulator's beside it after an appeal; the customer's verdicts."""
    await accepted(desk)
    plan = {Need.MEASURE: "A van", Need.DUE: "2026-11-25T18:00:00+08:00", Need.GOAL: "On time"}
    resolved = {Need.ROOT_CAUSE: "Snow", Need.ACTION: "Sorry", Need.VALID: "yes"}
    file = await told(desk, (Event.PLAN, plan), (Event.RESOLVE, resolved))
    (form,) = file.forms
    assert lines(form)["Measure"] == "A van"
    assert lines(form)["Root cause"] == "Snow"
    assert "Approved" not in lines(form)
    assert form.signed == ("Owner", "Head of department", "Quality")
    answer = resolved | {Need.ROOT_CAUSE: "Ice", Need.SATISFIED: "no", Need.HANDLER: "Zhao, 138"}
    file = await told(
        desk,
        (Event.APPROVE, {}),
        (Event.APPEAL, {Need.RECEIVED: "2026-11-23", Need.REFERENCE: "R-7"}),
        (Event.RESOLVE, answer),
        (Event.APPROVE, {}),
        (Event.SATISFIED, {}),
    )
    first, regulator = file.forms
    assert lines(first)["Root cause"] == "Snow"
    assert "Root cause" not in lines(regulator)
    assert lines(regulator) | {
        "Received": "2026-11-23",
        "Reference": "R-7",
        "Findings": "Ice",
        "Customer": "Not satisfied",
        "Handled by": "Zhao, 138",
    } == lines(regulator)
    assert [line.text for line in file.result] == ["solved, says the customer"]


async def test_a_file_without_result(desk: Desk) -> None:
    """Nothing yet: no form and no line, and the words for that."""
    await accepted(desk)
    file = await told(desk)
    assert (file.forms, file.result, file.nothing) == ((), (), "Nothing yet.")
    assert ZHAO.name not in str(file)
