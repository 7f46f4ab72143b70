"""What `huifang check` says of the privacy notice, of legal thresholds, and of older secrets."""

from dataclasses import replace

import pytest

from bot.checks.finding import State, look, ok
from bot.checks.privacy import check_notice, check_persons, check_sealing, judge_persons
from domain.privacy import PrivacyRules
from storage.privacy.counting import PersonCounts
from tests.bot.checks.conftest import MakeInspection
from tests.harness.in_process import COMPANY, WANG, Desk


def test_the_notice() -> None:
    """A company that says everything; one that says nothing hears what is missing, for which law, and where to write it."""
    own = replace(COMPANY.privacy, controller={"en": "Ours Ltd."}, officer="Wang", contact="privacy@ours.example")
    assert [one.state for one in check_notice(replace(COMPANY, privacy=own))] == [State.OK]
    (finding,) = check_notice(replace(COMPANY, privacy=PrivacyRules(contact="privacy@ours.example")))
    assert finding.state is State.LOOK
    assert "controller: " in finding.said
    assert "PIPL article 17" in finding.said
    assert "contact: " not in finding.said
    assert "[privacy]" in finding.cure


def test_nobody_goes_live_with_the_examples_notice() -> None:
    """The invented company of the example answers for nobody's data: whatever of it is left is named."""
    (finding,) = check_notice(COMPANY)
    assert finding == look(
        "privacy notice", "/privacy still names the example's controller, officer, contact", finding.cure
    )
    (finding,) = check_notice(replace(COMPANY, privacy=replace(COMPANY.privacy, controller={"en": "Ours Ltd."})))
    assert finding.said == "/privacy still names the example's officer, contact"


@pytest.mark.parametrize(
    ("kept", "in_chat", "said"),
    [
        (79_000, 79_000, []),
        (900_000, 79_000, ["900,000 are near 1,000,000: PIPL"]),
        (900_000, 80_000, ["80,000 are near 100,000", "900,000 are near 1,000,000: PIPL"]),
        (
            9_000_000,
            1_000_000,
            ["are over 100,000", "over 1,000,000: CAC", "over 1,000,000: PIPL", "near 10", "near 10"],
        ),
    ],
)
def test_the_thresholds(kept: int, in_chat: int, said: list[str]) -> None:
    """From four fifths on each is told with its law; what goes abroad is counted by those in chat."""
    first, *others = judge_persons(PersonCounts(kept, in_chat))
    assert first == ok("persons", f"{kept:,} of whom something is kept, {in_chat:,} of them in chat")
    assert len(others) == len(said)
    for finding, words in zip(others, said, strict=True):
        assert words in finding.said
        assert finding.state is State.LOOK


async def test_persons_and_seals_of_a_database(inspect: MakeInspection, desk: Desk) -> None:
    """One person who has written; with an older secret in the list, whether it is still needed."""
    await desk.say(WANG, "/start")
    secret = "24ce91df1f47dc9ce757af6d1b9fb25fbd53ccde64de81d46ad0bf1be74eb608"
    async with desk.database.read() as tx:
        assert await check_persons(tx, inspect()) == [ok("persons", "1 of whom something is kept, 1 of them in chat")]
        assert await check_sealing(tx, inspect(SECRET=secret)) == []
        (finding,) = await check_sealing(tx, inspect(SECRET=f"{secret},{secret[::-1]}"))
    assert finding == look("older secrets", "no row needs one any more", finding.cure)
