"""`/results`: how a survey was answered, for managers, and of an anonymous one what reveals nobody."""

from collections.abc import Mapping

import pytest

from domain.people import Role
from domain.surveys.survey import Answer
from storage.surveys import anonymous
from storage.surveys.anonymous import AnonymousAnswer
from tests.harness.anonymous_survey import SURVEY, use_anonymous_survey
from tests.harness.in_process import BOSS, GROUP, LI, WANG, Desk, find_button_data, list_texts


@pytest.fixture
async def managed(desk: Desk) -> Desk:
    await desk.grant(BOSS, Role.MANAGER)
    return desk


@pytest.fixture
async def quiet(managed: Desk) -> Desk:
    return await use_anonymous_survey(managed)


async def respond(desk: Desk, *responses: Mapping[str, Answer]) -> None:
    async with desk.database.begin() as tx:
        for answers in responses:
            number = desk.services.random_id()
            rows = [
                AnonymousAnswer(
                    number, one.id, SURVEY.name, None, one.dimension, one.kind, one.levels, answers[one.id], "2026-11"
                )
                for one in SURVEY.questions
                if one.id in answers
            ]
            await anonymous.record_response(tx, rows, desk.services.random_id())


async def shown(desk: Desk, text: str = "/results quiet") -> str:
    return "\n".join(list_texts(await desk.say(BOSS, text)))


async def test_a_named_survey(managed: Desk) -> None:
    """Each question with its n; few answers are counts without percent and mean; a changed answer counts once."""
    calls = await managed.open_survey(WANG)
    rated = await managed.press(WANG, find_button_data(calls, "4"))
    await managed.press(WANG, find_button_data(calls, "5"))
    assert rated
    text = await shown(managed, "/results delivery")
    assert "<b>" in text
    assert "1 response\n" in text
    assert "n = 1\n1: 0\n2: 0\n3: 0\n4: 0\n5: 1" in text
    assert "%" not in text
    assert "mean" not in text
    assert "Anonymous" not in text
    assert "fewer than" not in text


async def test_many_answers_have_percent_and_mean(managed: Desk) -> None:
    """From ten on."""
    for n in range(10):
        calls = await managed.open_survey(WANG, waybill=f"W{n}")
        await managed.press(WANG, find_button_data(calls, "5" if n else "1"))
    text = await shown(managed, "/results delivery")
    assert "1: 1 (10%)" in text
    assert "5: 9 (90%)" in text
    assert "mean 4.60" in text


async def test_which_surveys_there_are(managed: Desk) -> None:
    """Without a key they are listed, with a wrong one too, whatever was written."""
    for text in ("/results", "/results <b>no</b>"):
        listed = await shown(managed, text)
        assert "delivery · " in listed
        assert "<b>no" not in listed
    assert "Nobody has answered yet." in await shown(managed, "/results warehouse")


async def test_fewer_than_five_are_not_shown(quiet: Desk) -> None:
    """Four responses are fewer than five, and so is none."""
    assert "fewer than 5 answers" in await shown(quiet)
    await respond(quiet, *[{"overall": 5, "recommend": 9}] * 4)
    text = await shown(quiet)
    assert text.endswith("fewer than 5 answers")
    assert "Would you recommend us?" not in text


async def test_an_anonymous_survey(quiet: Desk) -> None:
    """Cells of fewer than five are hidden with the next smallest; a question that only few saw is hidden whole."""
    answers: list[dict[str, Answer]] = [{"overall": 5, "recommend": 10, "comment": "a"}] * 8
    answers += [{"overall": 4, "recommend": 7}] * 6
    answers += [{"overall": 1, "recommend": 0, "why": ("late",)}] * 3
    await respond(quiet, *answers)
    text = await shown(quiet)
    assert "17 responses" in text
    assert "1: hidden\n2: hidden\n3: hidden\n4: hidden\n5: 8 (47%)" in text
    assert "mean" not in text
    assert "<b>Why?</b>\nfewer than 5 answers" in text
    assert "9–10, promoters: 8 (47%)\n7–8, passives: hidden\n0–6, detractors: hidden" in text
    assert "NPS" not in text
    assert "<b>Anything else?</b>\nn = 8" in text


async def test_looking_twice_shows_no_single_response(quiet: Desk) -> None:
    """What was shown stays until five more have come."""
    await respond(quiet, *[{"overall": 5}] * 5, *[{"overall": 4}] * 6)
    first = await shown(quiet)
    await respond(quiet, *[{"overall": 3}] * 4)
    assert await shown(quiet) == first
    await respond(quiet, {"overall": 3})
    assert "11 responses" in first
    assert "16 responses" in await shown(quiet)


async def test_who_may_see_it(quiet: Desk) -> None:
    """Managers, alone or in management's group; nobody else, and no department's group."""
    await quiet.grant(LI, Role.HEAD, "transport")
    for who in (LI, WANG):
        assert list_texts(await quiet.say(who, "/results quiet")) == ["Only a manager can do that."]
    await quiet.bind("transport")
    await quiet.bind("management", GROUP - 1)
    assert list_texts(await quiet.say(BOSS, "/results quiet", GROUP)) == ["Only a manager can do that."]
    assert "Quiet" in list_texts(await quiet.say(BOSS, "/results quiet", GROUP - 1))[0]
