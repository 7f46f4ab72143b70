"""What is known about a case is read once, with the people and cases that it names."""

from handlers.cases.file.snapshot import take_snapshot
from handlers.turns.batch import Batch
from storage.cases import cases
from tests.harness.case_actions import change_case, find_first_case, set_up_accepted_case
from tests.harness.in_process import Desk


async def test_everything_is_there(desk: Desk) -> None:
    """History, what was filed, the log; names of who acted, numbers of cases it is linked with."""
    await set_up_accepted_case(desk)
    first = await find_first_case(desk)
    await desk.file_complaint(waybill="SF2")
    await change_case(desk, linked=first + 1)

    async def work(batch: Batch) -> None:
        case = await cases.get(batch.tx, first)
        assert case is not None
        known = await take_snapshot(batch, case, "zh")
        assert [one.event for one in known.history] == ["file", "accept"]
        assert known.first is not None
        assert known.first.words == case.description
        assert [one.what for one in known.changes] == ["case.file", "case.accept"]
        assert known.words.who(case.owner) == "Li"
        assert known.words.who(case.customer) == "客户"
        assert known.words.numbers == {first + 1: "C-261123-0002"}

    await desk.batch(work)
