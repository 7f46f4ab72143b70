"""Every preset is a company that works: set up by the command, started, asked about, complained to, in both languages."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.company.company import load_company
from bot.company.presets import PRESETS
from domain.company import Company
from playground.people.client import TelegramClient
from playground.people.seat import Seat
from playground.server import Server
from playground.shape.wire import Json
from tests.harness.bot_process import Bot, ask_around_the_clock, parse_start_parameter, run_huifang
from tests.harness.stage import find_case_number
from texts import Texts
from texts.length import plain

TEXTS = Texts()
WORDS = {"en": "The box is wet", "zh": "箱子湿了"}
"""The languages that a preset offers, and what their customers complain of."""


@pytest.mark.parametrize("preset", PRESETS)
async def test_a_preset_from_init_to_a_complaint(
    preset: str, server: Server, telegram: TelegramClient, database_url: str, tmp_path: Path
) -> None:
    """`init`, `check`, `run`; then a customer of each language rates a delivery and complains, and the lead department has the card."""
    folder = tmp_path / "company"
    folder.mkdir()
    bot = Bot(folder, server.url, database_url)
    code, _, why = await run_huifang(["init", "--yes", "--preset", preset], bot.environment)
    assert code == 0, why
    ask_around_the_clock(folder)
    code, said, _ = await run_huifang(["check"], bot.environment)
    assert code == 0, said
    assert "nothing is wrong" in said
    company = load_company(folder / "huifang.toml")
    async with bot:
        groups = await _bind(telegram, bot, company)
        for language, words in WORDS.items():
            customer = telegram.private(await telegram.user("Wang", language=language))
            await _answer_the_survey(customer, bot, company, language)
            number = await _complain(customer, company, language, words)
            lead = company.route(next(iter(company.categories))).lead
            await telegram.wait_for(groups[lead], _is_card_of(number, words))
        assert not [call for call in await telegram.calls() if not call["ok"]]
        assert "Traceback" not in bot.log()


def _is_card_of(number: str, words: str) -> Callable[[Json], bool]:
    return lambda m: bool(m["sent_by_bot"]) and number in m.get("text", "") and words in m.get("text", "")


async def _bind(telegram: TelegramClient, bot: Bot, company: Company) -> dict[str, int]:
    boss = await telegram.user("Boss")
    await telegram.private(boss).start(bot.manager_code)
    await telegram.private(boss).see("first manager")
    groups = {}
    for department in company.departments:
        groups[department] = await telegram.group(department, [boss])
        await telegram.say(groups[department], boss, f"/bind {department}")
        await telegram.seat(groups[department], boss).see("This group now belongs to")
    return groups


async def _answer_the_survey(customer: Seat, bot: Bot, company: Company, language: str) -> None:
    """Every question that everybody is asked, from the first to the thanks; what asks for words is skipped."""
    delivery = {"waybill": f"SF{language}", "delivered_at": bot.now().isoformat(), "customer": {"ref": language}}
    (result,) = await bot.deliver([delivery])
    await customer.start(parse_start_parameter(result["link"]))
    assert company.survey is not None
    for question in company.survey.questions:
        if not question.when:
            await customer.see(question.text[language])
            await customer.press({"rating": "5", "nps": "10"}.get(question.kind) or TEXTS.plain(language, "skip"))
    await customer.see(company.survey.thanks[language])


async def _complain(customer: Seat, company: Company, language: str, words: str) -> str:
    """The number of a complaint of the first category, about the delivery."""
    category = next(iter(company.categories.values()))
    reason = next(iter(category.reasons.values()))
    await customer.say("/complain")
    steps = (
        ("complaint-delivery", f"SF{language}"),
        ("complaint-category", category.name[language]),
        ("complaint-reason", reason.name[language]),
        ("complaint-description", None),
        ("complaint-files", TEXTS.plain(language, "done")),
        ("complaint-wanted", TEXTS.plain(language, "skip")),
        ("complaint-contact", TEXTS.plain(language, "skip")),
        ("complaint-summary", TEXTS.plain(language, "confirm")),
    )
    for shown, label in steps:
        await customer.see(plain(TEXTS.html(language, shown, {"count": 0} if shown == "complaint-files" else {})))
        await (customer.say(words) if label is None else customer.press(label))
    filed = await customer.telegram.wait_for(
        customer.chat, lambda m: re.search(r"C-\d{6}-\d{4}", m.get("text", "")) is not None
    )
    return find_case_number(filed)
