"""What a customer answers to a message about a case reaches the department, and only "passed on" with it."""

import json
from dataclasses import replace

from sqlalchemy import select

from domain.people import Role
from storage.cases import cases as rows
from storage.models import case_events, cases
from tests.harness.case_messages import (
    CARD,
    SHOWN,
    list_calls_to,
    list_contributions,
    make_picture,
    make_reply,
    place_message,
    set_up_owned_case,
)
from tests.harness.in_process import BOSS, GROUP, LI, WANG, Desk, list_texts, read_body

PASSED = "C-261123-0001"


async def letter(desk: Desk) -> int:
    """A letter of staff stands in Wang's chat; the case."""
    case = await set_up_owned_case(desk)
    await place_message(desk, WANG.id, f"c:{case}:77", SHOWN)
    return case


async def test_a_reply_reaches_the_department(desk: Desk) -> None:
    """Words under the card, the owner named; "passed on" is owed in the same transaction."""
    case = await letter(desk)
    calls = await desk.say(WANG, "It is <still> wet", **make_reply(SHOWN))
    assert list_texts(calls, WANG.id) == [desk.text("passed-on", number=PASSED)]
    under = next(one for one in list_calls_to(calls, GROUP) if one.name.startswith("said:"))
    assert "It is &lt;still&gt; wet" in read_body(under)["text"]
    assert f"tg://user?id={LI.id}" in read_body(under)["text"]
    assert under.reply_to == f"card:{case}"
    assert (await list_contributions(desk, "customer"))[-1] == ("customer", "It is <still> wet", "[]")


async def test_a_photo_and_its_words(desk: Desk) -> None:
    """The photo follows the words under the card, under a name that carries the case."""
    case = await letter(desk)
    calls = await desk.say(WANG, caption="See", **make_picture("p1"), **make_reply(SHOWN))
    photo = next(one for one in list_calls_to(calls, GROUP) if one.method == "sendPhoto")
    assert photo.name.startswith(f"c:{case}:")
    assert photo.reply_to == f"card:{case}"


async def test_an_album_is_one_contribution_and_passed_on_once(desk: Desk) -> None:
    """Said to be passed on only when it is: once the album has settled."""
    await letter(desk)
    for n in (2, 1, 3):
        calls = await desk.say(WANG, media_group_id="a", **make_picture(f"p{n}"), **make_reply(SHOWN))
        assert list_texts(calls) == []
    shown = await desk.ring(seconds=1.5)
    assert list_texts(shown, WANG.id) == [desk.text("passed-on", number=PASSED)]
    (album,) = [one for one in shown if one.method == "sendMediaGroup"]
    assert len(read_body(album)["media"]) == 3
    assert len(json.loads((await list_contributions(desk, "customer"))[-1][2])) == 3
    assert await desk.ring(seconds=10) == []


async def test_the_rest_of_an_album_follows_its_first_part(desk: Desk) -> None:
    """Also where only one part says what it answers, and while another dialogue waits; another album does not."""
    await letter(desk)
    await desk.say(WANG, "/complain")
    await desk.say(WANG, media_group_id="a", **make_picture("p1"), **make_reply(SHOWN))
    for n in (2, 3):
        assert list_texts(await desk.say(WANG, media_group_id="a", **make_picture(f"p{n}"))) == []
    await desk.say(WANG, media_group_id="b", **make_picture("p4"))
    assert len(json.loads((await list_contributions(desk, "customer"))[-1][2])) == 3


async def test_without_a_name_the_number_counts(desk: Desk) -> None:
    """An older message that lost its name: the one number that the bot wrote in it; two numbers mean nothing."""
    await set_up_owned_case(desk)
    calls = await desk.say(WANG, "More", **make_reply(44, "C-261123-0001 is filed and passed on."))
    assert list_texts(calls, WANG.id) == [desk.text("passed-on", number=PASSED)]
    calls = await desk.say(WANG, "More", **make_reply(44, "C-261123-0001 and C-261123-0002"))
    assert desk.text("triage-kept", count=1) in list_texts(calls, WANG.id)[0]


async def test_another_bots_message_means_nothing(desk: Desk) -> None:
    """A forwarded look-alike with the number is no message of ours."""
    await set_up_owned_case(desk)
    look_alike = make_reply(44, "C-261123-0001")
    look_alike["reply_to_message"]["from"] = {"id": 5, "is_bot": True, "first_name": "x", "username": "other_bot"}
    assert desk.text("triage-kept", count=1) in list_texts(await desk.say(WANG, "More", **look_alike))[0]


async def test_somebody_elses_case(desk: Desk) -> None:
    """A reply to a message that names another's case adds nothing to it."""
    await set_up_owned_case(desk)
    await desk.say(BOSS, "Mine?", **make_reply(44, "C-261123-0001"))
    assert len(await list_contributions(desk)) == 1


async def test_a_closed_case_keeps_it_and_says_how_to_reopen(desk: Desk) -> None:
    """Kept with the case; nobody is called back to work by a thank-you."""
    case = await letter(desk)
    async with desk.database.begin() as tx:
        await tx.execute(cases.update().where(cases.c.id == case).values(state="closed"))
    calls = await desk.say(WANG, "Thanks", **make_reply(SHOWN))
    assert list_texts(calls) == [desk.text("kept-closed", number=PASSED)]
    assert "/mycases" in list_texts(calls)[0]
    assert (await list_contributions(desk, "customer"))[-1][1] == "Thanks"


async def test_a_merged_case_goes_on_elsewhere(desk: Desk) -> None:
    """What is answered to the case that was merged joins the one it went into."""
    case = await letter(desk)
    async with desk.database.begin() as tx:
        whole = (
            await rows.file(tx, (replace(merged, number="C-261123-0002")), None, {})
            if (merged := await rows.get(tx, case))
            else None
        )
        assert whole is not None
        await tx.execute(cases.update().where(cases.c.id == case).values(state="merged", merged_into=whole.id))
    calls = await desk.say(WANG, "More", **make_reply(SHOWN))
    assert list_texts(calls, WANG.id) == [desk.text("passed-on", number="C-261123-0002")]


async def test_an_open_dialogue_wins_unless_another_case_is_meant(desk: Desk) -> None:
    """While a complaint is being described, an answer to an old case's message goes to that case, anything else to the draft."""
    await letter(desk)
    await desk.say(WANG, "/complain")
    calls = await desk.say(WANG, "About the old one", **make_reply(SHOWN))
    assert list_texts(calls, WANG.id)[0] == desk.text("passed-on", number=PASSED)
    before = await list_contributions(desk)
    await desk.say(WANG, "About the new one")
    assert await list_contributions(desk) == before


async def test_a_reply_to_an_open_dialogues_message_is_its_answer(desk: Desk) -> None:
    """Adding to a case: the prompt's reply is the dialogue's own, and is not passed on twice."""
    case = await set_up_owned_case(desk)
    await place_message(desk, WANG.id, f"mine:{case}", SHOWN)
    calls = await desk.press(WANG, f'["m",{case},"a"]')
    prompt = list_calls_to(calls, WANG.id)[0]
    await place_message(desk, WANG.id, prompt.name, 55)
    calls = await desk.say(WANG, "One", **make_reply(55))
    assert desk.text("passed-on", number=PASSED) not in list_texts(calls)
    calls = await desk.say(WANG, "Two", **make_reply(SHOWN))
    assert desk.text("passed-on", number=PASSED) not in list_texts(calls)
    assert [words for _, words, _ in await list_contributions(desk, "customer")][1:] == ["One", "Two"]


async def test_a_word_while_the_department_waits(desk: Desk) -> None:
    """The clock of the department runs again: the customer has answered."""
    case = await letter(desk)
    async with desk.database.begin() as tx:
        await tx.execute(cases.update().where(cases.c.id == case).values(state="waiting", previous="in_work"))
    await desk.say(WANG, "At home from 5", **make_reply(SHOWN))
    events = [row.event for row in await desk.rows(select(case_events.c.event).order_by(case_events.c.version))]
    assert events[-1] == "customer_answers"


async def test_a_manager_answers_the_card_in_private(desk: Desk) -> None:
    """Without a group the card is with the managers: a reply is staff's there, and only a note may come of it."""
    await desk.grant(BOSS, Role.MANAGER)
    await desk.file_complaint()
    (row,) = await desk.rows(select(cases.c.id))
    await place_message(desk, BOSS.id, f"card:{row.id}", CARD)
    shown = await desk.say(BOSS, "Who takes it?", **make_reply(CARD))
    assert desk.text("letter-no-owner") in read_body(shown[0])["text"]
