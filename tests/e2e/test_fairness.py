"""An unfair rating: appealed, judged by somebody who is not involved, out of the figures, in the log; and the weekly checks (F1–F3)."""

from sqlalchemy import select

from playground.people.seat import Seat
from storage.models import answers, audit, invitations
from tests.harness.stage import DAY, StoryStage, list_labels


async def _decide(seat: Seat, stage: StoryStage, label: str, card: int, words: str) -> None:
    """Press, reply with the reason, confirm."""
    await seat.press(label, message_id=card)
    prompt = await stage.newer(seat, "The courier will read this", card)
    await seat.reply(words, to=prompt["message_id"])
    shown = await stage.newer(seat, "The courier will read", prompt["message_id"])
    await seat.press("Confirm", message_id=shown["message_id"])


async def _figures(stage: StoryStage) -> str:
    """What `/summary` says, as a new message."""
    before = (await stage.manager.last())["message_id"]
    await stage.manager.say("/summary year")
    message = await stage.telegram.wait_for(
        stage.boss.id,
        lambda m: m["sent_by_bot"] and m["message_id"] > before and "Satisf" in (m.get("caption") or ""),
    )
    return str(message["caption"])


async def test_an_unfair_rating(stage: StoryStage) -> None:
    """Rated 1; the courier sees it without the waybill and appeals; who worked on the case is refused; another of quality upholds it with a
    reason; the summary no longer counts it, the log has it, courier and customer are told.
    """
    kurt, mei = await stage.telegram.user("Kurt"), await stage.telegram.user("Mei")
    await stage.telegram.private(kurt).start()
    await stage.manager.say(f"/grant courier k17 {kurt.id}")
    await stage.manager.see("Kurt is now")
    stage.groups["quality"] = await stage.telegram.group("Quality", [stage.boss, mei, stage.li])
    await stage.at("quality", stage.boss).say("/bind quality")
    await stage.at("quality", stage.boss).see("This group now belongs to")
    customer = await stage.rate_delivery(1)
    await customer.press("File a complaint")
    await customer.see("is filed and passed on")
    await stage.at("transport", stage.li).see("Answer due")
    await stage.at("transport", stage.li).press("Accept")
    await stage.at("transport", stage.li).see("Owner: Li")
    assert "1: 1" in await _figures(stage)

    courier = stage.telegram.private(kurt)
    await courier.say("/myratings")
    shown = await courier.see("Your ratings")
    assert "Overall 1/5" in shown["text"]
    assert not [word for word in ("SF1", "Wang", "8000") if word in shown["text"]]
    assert list_labels(shown) == ["Appeal 1"]
    await courier.press("Appeal 1", message_id=shown["message_id"])
    await courier.see("why is this rating unfair")
    await courier.say("The gate code on the slip was wrong.")
    await courier.see("Quality will read")
    await courier.press("Confirm")
    await courier.see("Your appeal is with quality")

    li, judge = stage.at("quality", stage.li), stage.at("quality", mei)
    card = await judge.see("The gate code on the slip was wrong.")
    assert "Customer: ***8000" in card["text"] or "Customer: W***" in card["text"]
    assert "Wang" not in card["text"]
    refused = await li.press("Uphold", message_id=card["message_id"])
    assert "somebody else in quality has to decide" in await stage.toast(refused)
    await _decide(judge, stage, "Uphold", card["message_id"], "The slip was printed wrongly.")
    await courier.see("was upheld")
    told = (await customer.see("do not count it in our figures"))["text"]
    assert "SF1" in told
    assert not [word for word in ("Kurt", "k17", "appeal", "gate") if word in told]
    assert "The slip was printed wrongly." in (await courier.see("was upheld"))["text"]
    decided = await judge.see("Decided by Mei")
    assert decided["message_id"] == card["message_id"]
    assert list_labels(decided) == []

    assert "1: 1" not in await _figures(stage)
    kept = await stage.rows(select(answers.c.score, invitations.c.excluded).join(invitations))
    assert [tuple(row) for row in kept] == [(1, True)]
    logged = [row.what for row in await stage.rows(select(audit.c.what).order_by(audit.c.at, audit.c.id))]
    assert [what for what in logged if what.startswith(("appeal.", "rating."))] == [
        "appeal.file",
        "appeal.uphold",
        "rating.exclude",
    ]
    await courier.say("/myratings")
    await courier.see("set aside after an appeal")


async def test_the_weekly_list(stage: StoryStage) -> None:
    """A one that becomes a five is on quality's list of the week, without the customer, and on demand before that."""
    customer = await stage.open_survey()
    asked = await stage.newest_about("SF1", "overall")
    await customer.press("1", message_id=asked["message_id"])
    await stage.newest_about("SF1", "Question 2")
    await customer.press("Back", message_id=asked["message_id"])
    await stage.newest_about("SF1", "Question 1")
    await customer.press("5", message_id=asked["message_id"])
    await stage.newest_about("SF1", "Question 2")
    await stage.manager.say("/checks")
    assert "courier k17" in (await stage.manager.see("Low ratings that became good ones"))["text"]
    await stage.bot.clock(8 * DAY)  # on a Monday before nine the first list is last week's
    listed = await stage.at("quality", stage.boss).see("Low ratings that became good ones: 1")
    assert "Checks of the ratings" in listed["text"]
    assert not [word for word in ("SF1", "Wang", "8000") if word in listed["text"]]
