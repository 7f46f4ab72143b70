"""An anonymous survey in the real process: five answer, the manager reads, a copy of the database does not tell whose is whose."""

import shutil
from pathlib import Path

from sqlalchemy import select

from playground.people.seat import Seat
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.models import deliveries
from tests.harness import linkage_attacks
from tests.harness.bot_process import SECRET, parse_start_parameter
from tests.harness.stage import DAY, StoryStage

SURVEY = """\
survey: quiet
title: {en: Quiet, zh: 匿名}
anonymous: true
questions:
  - id: overall
    type: rating
    dimension: overall
    text: {en: "How was it overall?", zh: "总体满意吗？"}
  - id: comment
    type: text
    text: {en: "Anything you would like to say?", zh: "还想说点什么？"}
thanks: {en: "Thank you.", zh: "谢谢。"}
"""


async def _quiet(stage: StoryStage) -> None:
    """The company asks anonymously from now on."""
    toml = stage.bot.folder / "huifang.toml"
    (toml.parent / "surveys" / "quiet.yaml").write_text(SURVEY, "utf-8")
    toml.write_text(toml.read_text("utf-8").replace("surveys/delivery.yaml", "surveys/quiet.yaml"), "utf-8")
    await stage.bot.stop()
    await stage.bot.start()


async def _answered(stage: StoryStage, n: int) -> Seat:
    """Customer n opens the link of a delivery, gives stars and words, and is thanked."""
    person = await stage.telegram.user(f"Customer{n}")
    seat = stage.telegram.private(person)
    item = {"waybill": f"WB{n}", "delivered_at": "2026-11-23T10:00:00+08:00", "customer": {"ref": f"R{n}"}}
    (result,) = await stage.bot.deliver([item])
    await seat.start(parse_start_parameter(result["link"]))
    await seat.see("This survey is anonymous")
    await seat.press("4" if n else "1")
    shown = await seat.see("Anything you would like to say?")
    assert ("/complain" in shown["text"]) is (n == 0)
    await seat.say(f"Only customer {n * 7919} would say so")
    await seat.see("nobody knows which answers are whose")
    return seat


async def test_nobody_can_tell_whose_answers_they_are(stage: StoryStage, tmp_path: Path) -> None:
    """Five answer; an old button says it is out of use; the manager reads five; a copy of the database, with the secret, tells no more."""
    await _quiet(stage)
    seats = [await _answered(stage, n) for n in range(5)]
    await stage.manager.say("/results quiet")
    shown = await stage.manager.see("5 responses")
    assert "<" not in shown["text"]
    assert "1: hidden" in shown["text"]
    await stage.telegram.settle()
    assert await seats[0].buttons() == []
    await stage.bot.clock(9 * DAY)
    await stage.wait_until_quiet()
    assert [row.fate for row in await stage.rows(select(deliveries.c.fate))] == ["answered"] * 5
    assert not await stage.has_card("transport")
    await stage.bot.stop()
    copy = await _copied(stage, tmp_path)
    try:
        await _tried(copy, [seat.chat for seat in seats])
    finally:
        if copy is not stage.database:
            await copy.close()
    if copy.is_sqlite:
        await stage.database.close()
        assert not [
            text for text in linkage_attacks.find_sealed_remains(tmp_path / "copy.db", SECRET) if '"answers":{' in text
        ]


async def _copied(stage: StoryStage, folder: Path) -> Database:
    """Of SQLite the file itself; of PostgreSQL every table, with the marks that it keeps of each row."""
    if not stage.database.is_sqlite:
        return stage.database
    await stage.database.close()  # the one who closes last writes everything into the one file
    copy = shutil.copyfile(stage.database.url.partition("///")[2], folder / "copy.db")
    return Database(f"sqlite+aiosqlite:///{copy}", Keyring([SECRET]))


async def _tried(copy: Database, accounts: list[int]) -> None:
    tables = await linkage_attacks.fetch_all_rows(copy)
    kept = tables.pop("anonymous_answers")
    assert sorted(row["score"] for row in kept if row["question"] == "overall") == [1, 4, 4, 4, 4]
    elsewhere = "\n".join(value for rows in tables.values() for value in linkage_attacks.list_values(rows))
    assert "would say so" not in elsewhere
    assert not [row for row in kept if str(row["response"]) in elsewhere]
    known = {
        *map(str, accounts),
        *(str(row["id"]) for name in ("people", "deliveries", "invitations") for row in tables[name]),
    }
    assert not known & set(linkage_attacks.list_values(kept))
    assert linkage_attacks.collect_moments(kept) == set()
    lying = await linkage_attacks.list_responses_as_stored(copy)
    assert lying == sorted(lying)
    if not copy.is_sqlite:
        alike = await linkage_attacks.group_by_transaction(copy)
        assert len({frozenset(rows) for rows in alike.values()}) == 1
    assert sum("would say so" in value for value in linkage_attacks.list_values(kept)) == len(accounts)
