"""What came of a case: forms, verdicts, the regulator's answer."""

from domain.cases.case import CaseEvent, Need
from tests.harness.case_actions import set_up_accepted_case
from tests.harness.case_files import draw_case_file, index_lines
from tests.harness.in_process import ZHAO, Desk


async def test_the_forms_and_the_result(desk: Desk) -> None:
    """The rectification form with its plan; the regulator's beside it after an appeal; the customer's verdicts."""
    await set_up_accepted_case(desk)
    plan = {Need.MEASURE: "A van", Need.DUE: "2026-11-25T18:00:00+08:00", Need.GOAL: "On time"}
    resolved = {Need.ROOT_CAUSE: "Snow", Need.ACTION: "Sorry", Need.VALID: "yes"}
    file = await draw_case_file(desk, (CaseEvent.PLAN, plan), (CaseEvent.RESOLVE, resolved))
    (form,) = file.forms
    assert index_lines(form)["Measure"] == "A van"
    assert index_lines(form)["Root cause"] == "Snow"
    assert "Approved" not in index_lines(form)
    assert form.signed == ("Owner", "Head of department", "Quality")
    answer = resolved | {Need.ROOT_CAUSE: "Ice", Need.SATISFIED: "no", Need.HANDLER: "Zhao, 138"}
    file = await draw_case_file(
        desk,
        (CaseEvent.APPROVE, {}),
        (CaseEvent.REGULATOR_COMPLAINT, {Need.RECEIVED: "2026-11-23", Need.REFERENCE: "R-7"}),
        (CaseEvent.RESOLVE, answer),
        (CaseEvent.APPROVE, {}),
        (CaseEvent.SATISFIED, {}),
    )
    first, regulator = file.forms
    assert index_lines(first)["Root cause"] == "Snow"
    assert "Root cause" not in index_lines(regulator)
    assert index_lines(regulator) | {
        "Received": "2026-11-23",
        "Reference": "R-7",
        "Findings": "Ice",
        "Customer": "Not satisfied",
        "Dealt with by": "Zhao, 138",
    } == index_lines(regulator)
    assert [line.text for line in file.result] == ["the customer says it is solved"]


async def test_a_file_without_result(desk: Desk) -> None:
    """Nothing yet: no form and no line, and the words for that."""
    await set_up_accepted_case(desk)
    file = await draw_case_file(desk)
    assert (file.forms, file.result, file.nothing) == ((), (), "Nothing yet.")
    assert ZHAO.name not in str(file)
