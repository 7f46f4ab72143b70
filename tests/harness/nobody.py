"""An anonymous survey, and a desk at which it is the one after every delivery."""

from dataclasses import replace

from bot.app import dialogues
from domain.surveys.survey import Condition, Kind, Option, Question, Survey
from storage.queue.outbox import Owed
from storage.surveys import ratings
from tests.harness.inside import Desk, Who, data_of


def _both(text: str) -> dict[str, str]:
    return {"en": text, "zh": text}


SURVEY = Survey(
    "quiet",
    "0a1b2c3d",
    _both("Quiet"),
    (
        Question("overall", Kind.RATING, _both("How was it overall?"), "overall", "delivery"),
        Question("why", Kind.CHOICE, _both("Why?"), options=(Option("late", _both("Late")), Option("rude", _both("Rude"))),
                 when=Condition("overall", at_most=2)),
        Question("recommend", Kind.NPS, _both("Would you recommend us?")),
        Question("comment", Kind.TEXT, _both("Anything else?")),
    ),
    _both("Thank you very much."),
    anonymous=True,
)  # fmt: skip


async def make_quiet(desk: Desk) -> Desk:
    """From now on deliveries are followed by the anonymous survey."""
    company = replace(desk.services.company, survey=SURVEY, surveys={SURVEY.key: SURVEY}, by_service={})
    surveys = {**desk.services.surveys, SURVEY.name: SURVEY}
    async with desk.database.begin() as tx:
        await ratings.keep_survey(tx, SURVEY, desk.clock.now())
    services = replace(desk.services, company=company, surveys=surveys, dialogues=dialogues(company, surveys))
    desk.services = desk.worker._services = services
    return desk


def customers(count: int) -> list[Who]:
    return [Who(1000 + n, f"Customer{n}") for n in range(count)]


async def asked(desk: Desk, who: Who, waybill: str) -> list[Owed]:
    """Somebody opens the link of a delivery of theirs and sees the first question."""
    return await desk.opened(who, waybill=waybill, customer={"ref": waybill})


async def answer(desk: Desk, who: Who, shown: list[Owed], overall: int, recommend: int, comment: str) -> list[Owed]:
    """All questions, to the last screen."""
    shown = await desk.press(who, data_of(shown, str(overall)))
    if overall <= 2:
        shown = await desk.press(who, data_of(shown, "Rude"))
    shown = await desk.press(who, data_of(shown, str(recommend)))
    return await desk.say(who, comment)
