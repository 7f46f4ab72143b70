"""A complaint from the customer's chat: drafted, filed, added to, looked at, judged."""

from typing import Any

from sqlalchemy import select

from conversations.buttons import Mine, OpenComplaint, Verdict
from domain.people import Role
from storage.models import audit, cases, contributions
from tests.inside import GROUP, LI, WANG, ZHAO, Desk, body, data_of, said

PHOTO: dict[str, Any] = {"file_unique_id": "u", "width": 1, "height": 1}


async def drafted(desk: Desk) -> str:
    """A complaint as far as its summary; the data of its Confirm."""
    shown = await desk.say(WANG, "/complain")
    if "Which delivery" in said(shown)[0]:
        shown = await desk.press(WANG, data_of(shown, "SF1"))
    shown = await desk.press(WANG, data_of(shown, "Delivery and logistics"))
    await desk.say(WANG, "It came <late> & wet")
    for n in (1, 2):
        shown = await desk.say(WANG, photo=[PHOTO | {"file_id": f"p{n}"}], media_group_id="a")
    shown = await desk.press(WANG, data_of(shown, "Done"))
    shown = await desk.say(WANG, "My money back")
    shown = await desk.press(WANG, data_of(shown, "Skip"))
    return data_of(shown, "Confirm")


async def test_a_complaint_is_filed_with_everything(desk: Desk) -> None:
    """Number and date to the customer, the card and the photos to the lead department, all in the same transaction."""
    await desk.bind("transport")
    calls = await desk.press(WANG, await drafted(desk))
    (case,) = await desk.rows(select(cases.c.number, cases.c.category, cases.c.description, cases.c.wanted))
    assert tuple(case) == ("C-261123-0001", "delivery", "It came <late> & wet", "My money back")
    assert case.number in said(calls, WANG.id)[-1]
    card, *others = [call for call in calls if call.chat_id == GROUP]
    assert "It came &lt;late&gt; &amp; wet" in said([card])[0]
    assert [(call.method, call.reply_to) for call in others] == [("sendMediaGroup", card.name)]


async def test_a_draft_is_offered_again_where_it_stands(desk: Desk) -> None:
    """Left in the middle, /complain goes on; with another delivery's button it begins anew."""
    shown = await desk.say(WANG, "/complain")
    shown = await desk.press(WANG, data_of(shown, "Other"))
    assert said(await desk.say(WANG, "/complain")) == said(shown)
    assert said(await desk.press(WANG, OpenComplaint(0))) == said(shown)


async def test_a_second_complaint_joins_the_open_one(desk: Desk) -> None:
    """One case, two contributions; the department reads the new words (C4)."""
    await desk.bind("transport")
    await desk.filed()
    calls = await desk.press(WANG, await drafted(desk))
    assert len(await desk.rows(select(cases.c.id))) == 1
    assert len(await desk.rows(select(contributions.c.id))) == 2
    assert any("My money back" in text for text in said(calls, GROUP))
    assert said(calls, WANG.id)[-1] == desk.text("complaint-joined", number="C-261123-0001")


async def test_an_album_is_one_contribution(desk: Desk) -> None:
    """Three photos of one album, added to a case: one row, shown together once they have settled."""
    await desk.bind("transport")
    await desk.filed()
    for n in (2, 0, 1):
        calls = await desk.say(WANG, photo=[PHOTO | {"file_id": f"p{n}"}], media_group_id="a")
        assert said(calls, GROUP) == []
    assert len(await desk.rows(select(contributions.c.id))) == 2
    shown = [call for call in await desk.ring(seconds=1.5) if call.chat_id == GROUP]
    (album,) = [call for call in shown if call.method == "sendMediaGroup"]
    assert [item["media"] for item in body(album)["media"]] == ["p2", "p0", "p1"]
    assert await desk.ring(minutes=1) == []


async def test_only_the_own_cases(desk: Desk) -> None:
    """A list of one's own, a timeline of one's own; another's number opens nothing and judges nothing."""
    assert said(await desk.say(LI, "/mycases")) == [desk.text("mycases-none")]
    await desk.filed()
    shown = await desk.say(WANG, "/mycases")
    timeline = await desk.press(WANG, _first(shown))
    assert "filed and passed on" in said(timeline)[0]
    ((case,),) = await desk.rows(select(cases.c.id))
    for forged in (Mine(case, "t"), Mine(case, "a"), Mine(7, "t"), Verdict(case, 1, solved=True)):
        (answer,) = await desk.press(LI, forged)
        assert body(answer)["text"] == desk.plain("not-yours")


def _first(calls: list[Any]) -> str:
    return str(body(calls[-1])["reply_markup"]["inline_keyboard"][0][0]["callback_data"])


async def answered(desk: Desk) -> list[Any]:
    """A case that Li resolved and Zhao approved; what the approval shows."""
    await desk.bind("transport")
    await desk.grant(ZHAO, Role.HEAD, "transport")
    filed = await desk.filed()
    accepted = await desk.acting(LI, "Accept", filed)
    asked = await desk.acting(LI, "Resolve", accepted)
    for words in ("The van was late", "We retrained the driver"):
        asked = await desk.say(LI, words, GROUP, reply_to_message=_prompt(asked))
    asked = await desk.press(LI, data_of(asked, "Skip"), GROUP)
    asked = await desk.press(LI, data_of(asked, "At fault"), GROUP)
    review = await desk.press(LI, data_of(asked, "Confirm"), GROUP)
    return await desk.acting(ZHAO, "Approve", review)


def _prompt(_calls: list[Any]) -> dict[str, Any]:
    from tests.inside import BOT_USER, chat_of

    return {"message_id": 700, "date": 1, "chat": chat_of(GROUP), "from": BOT_USER}


async def test_solved_is_the_customers_word(desk: Desk) -> None:
    """The answer in the resolver's words, Solved closes it, and the old button is late."""
    shown = await answered(desk)
    assert any("We retrained the driver" in text for text in said(shown, WANG.id))
    solved = data_of(shown, "Solved")
    calls = await desk.press(WANG, solved)
    assert desk.text("case-solved", number="C-261123-0001") in said(calls, WANG.id)
    assert [row.state for row in await desk.rows(select(cases.c.state))] == ["closed"]
    (late,) = await desk.press(WANG, solved)
    assert body(late)["text"] == desk.plain("verdict-late", number="C-261123-0001")
    (over,) = await desk.press(WANG, Mine(await _id(desk), "a"))
    assert body(over)["text"] == desk.plain("case-over")


async def test_not_solved_asks_why_and_begins_a_round(desk: Desk) -> None:
    """The reason reaches the department, and a verdict on the first answer counts no more."""
    shown = await answered(desk)
    await desk.press(WANG, data_of(shown, "Not solved"))
    calls = await desk.say(WANG, "Still broken")
    assert any("Still broken" in text for text in said(calls, GROUP))
    (row,) = await desk.rows(select(cases.c.state, cases.c.round))
    assert (row.state, row.round) == ("assigned", 2)
    (late,) = await desk.press(WANG, data_of(shown, "Solved"))
    assert body(late)["text"] == desk.plain("verdict-late", number="C-261123-0001")
    logged = await desk.rows(select(audit.c.what).where(audit.c.subject == f"case:{await _id(desk)}"))
    assert sorted(row.what for row in logged) == sorted(
        ["case.file", "case.accept", "case.resolve", "case.approve", "case.not_satisfied"]
    )


async def _id(desk: Desk) -> int:
    ((case,),) = await desk.rows(select(cases.c.id))
    return int(case)
