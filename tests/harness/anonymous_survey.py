"""An anonymous survey, and a desk at which it is the one after every delivery."""

from dataclasses import replace

from bot.app import build_dialogues
from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import Condition, Option, Question, Survey
from storage.queue.outbox import OwedCall
from storage.surveys import ratings
from tests.harness.in_process import Desk, TelegramUser, find_button_data
from tests.harness.text_fragments import VOCABULARY


def _both(text: str) -> dict[str, str]:
    return {"en": text, "zh": text}


SURVEY = Survey(
    "quiet",
    "0a1b2c3d",
    _both("Quiet"),
    (
        Question("overall", QuestionKind.RATING, _both("How was it overall?"), "overall", "delivery"),
        Question("why", QuestionKind.CHOICE, _both("Why?"), options=(Option("late", _both("Late")), Option("rude", _both("Rude"))),
                 when=Condition("overall", at_most=2)),
        Question("recommend", QuestionKind.NPS, _both("Would you recommend us?")),
        Question("comment", QuestionKind.TEXT, _both("Anything else?")),
    ),
    _both("Thank you very much."),
    anonymous=True,
)  # fmt: skip


async def use_anonymous_survey(desk: Desk) -> Desk:
    """From now on deliveries are followed by the anonymous survey."""
    company = replace(desk.services.company, survey=SURVEY, surveys={SURVEY.key: SURVEY}, by_service={})
    surveys = {**desk.services.surveys, SURVEY.name: SURVEY}
    async with desk.database.begin() as tx:
        await ratings.record_survey(tx, SURVEY, desk.clock.now())
    services = replace(
        desk.services, company=company, surveys=surveys, dialogues=build_dialogues(company, surveys, VOCABULARY)
    )
    desk.services = desk.worker._services = services
    return desk


def make_customers(count: int) -> list[TelegramUser]:
    return [TelegramUser(1000 + n, f"Customer{n}") for n in range(count)]


async def open_survey(desk: Desk, who: TelegramUser, waybill: str) -> list[OwedCall]:
    """Somebody opens the link of a delivery of theirs and sees the first question."""
    return await desk.open_survey(who, waybill=waybill, customer={"ref": waybill})


async def answer_survey(
    desk: Desk, who: TelegramUser, shown: list[OwedCall], overall: int, recommend: int, comment: str
) -> list[OwedCall]:
    """All questions, to the last screen."""
    shown = await desk.press(who, find_button_data(shown, str(overall)))
    if overall <= 2:
        shown = await desk.press(who, find_button_data(shown, "Rude"))
    shown = await desk.press(who, find_button_data(shown, str(recommend)))
    return await desk.say(who, comment)
