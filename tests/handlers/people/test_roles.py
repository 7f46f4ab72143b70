"""Managers: the first code, granting and revoking in chat (P1)."""

import pytest
from sqlalchemy import select

from domain.people import Role
from handlers.people.roles import MANAGER_CODE, hash_code
from storage import installation
from storage.engine.database import Database
from storage.models import audit, grants, people
from tests.harness.in_process import (
    BOSS,
    GROUP,
    LI,
    WANG,
    ZHAO,
    Desk,
    TelegramUser,
    at_desk,
    list_texts,
    make_delivery,
    read_body,
)


@pytest.fixture
async def boss(desk: Desk) -> None:
    await desk.grant(BOSS, Role.MANAGER)
    await desk.bind("transport")


async def held(desk: Desk) -> set[tuple[str, str]]:
    """The roles of everybody but the manager."""
    rows = await desk.rows(select(grants.c.role, grants.c.department).where(grants.c.role != "manager"))
    return {(row.role, row.department) for row in rows}


async def test_the_code_works_once(desk: Desk) -> None:
    """In any letters; the second who sends it is greeted like anybody, and so is a wrong one."""
    async with desk.database.begin() as tx:
        await installation.put(tx, MANAGER_CODE, hash_code("ABCDEFGHJK"))
    assert list_texts(await desk.say(WANG, "/start ABCDEFGHJX")) == [desk.text("link-unknown")]
    calls = await desk.say(BOSS, "/start abcdefghjk")
    known = desk.list_departments(keyed=True)
    assert desk.text("manager-welcome", departments=known) in list_texts(calls)
    (menu,) = [call for call in calls if call.method == "setMyCommands"]
    assert {"summary", "grant"} <= {command["command"] for command in read_body(menu)["commands"]}
    assert read_body(menu)["scope"] == {"type": "chat", "chat_id": BOSS.id}
    assert list_texts(await desk.say(WANG, "/start ABCDEFGHJK")) == [desk.text("link-unknown")]
    assert len(await desk.rows(select(grants))) == 1


def test_the_code_is_stored_hashed() -> None:
    """Blanks around it and the case of its letters do not matter."""
    assert hash_code(" abc\n") == hash_code("ABC") != hash_code("ABD")
    assert "ABC" not in hash_code("ABC")


@pytest.mark.usefixtures("boss")
@pytest.mark.parametrize(
    ("args", "given"),
    [
        ("head", ("head", "transport")),
        ("Head transport", ("head", "transport")),
        ("transport, head", ("head", "transport")),
        ("负责人 客服部", ("head", "service")),
        ("staff sales", ("staff", "sales")),
        ("quality", ("quality", "")),
        ("quality transport", ("quality", "")),
    ],
)
async def test_granting_in_reply(desk: Desk, args: str, given: tuple[str, str]) -> None:
    """In whatever order and language; without a department the group's own is meant; anyone who was never seen is known then."""
    reply = {"message_id": 3, "date": 1, "chat": {"id": GROUP, "type": "supergroup"}, "from": LI.user}
    calls = await desk.say(BOSS, f"/grant {args}", GROUP, reply_to_message=reply)
    assert await held(desk) == {given}
    assert "Li" in list_texts(calls, GROUP)[-1]
    again = await desk.say(BOSS, f"/grant {args}", GROUP, reply_to_message=reply)
    assert "already" in list_texts(again, GROUP)[-1]
    await desk.say(BOSS, f"/revoke {args}", GROUP, reply_to_message=reply)
    assert await held(desk) == set()
    changes = await desk.rows(select(audit.c.what))
    assert sorted(row.what for row in changes if row.what.startswith("role.")) == ["role.grant", "role.revoke"]


@pytest.mark.usefixtures("boss")
async def test_granting_by_name_number_and_mention(desk: Desk) -> None:
    """@name of somebody seen before, the account's number, a mention of an account without a name."""
    await desk.say(LI, "/help")
    await desk.say(ZHAO, "/help")
    for args in ("head @Li_He transport", f"staff {ZHAO.id} sales"):
        await desk.say(BOSS, f"/grant {args}")
    mention = {"type": "text_mention", "offset": 0, "length": 1, "user": WANG.user}
    await desk.say(BOSS, "/grant quality W", GROUP, entities=[mention])
    assert await held(desk) == {("head", "transport"), ("staff", "sales"), ("quality", "")}
    calls = await desk.say(BOSS, "/roles")
    assert all(name in list_texts(calls)[0] for name in ("Li", "Zhao", "Boss"))


@pytest.mark.usefixtures("boss")
@pytest.mark.parametrize("whom", ["@nobody", "404", "²", "9" * 30, "9" * 4000, "-5", "@", ""])
async def test_whom_nobody_knows(desk: Desk, whom: str) -> None:
    """Names, numbers and what only looks like one: a clear answer at the first attempt."""
    assert list_texts(await desk.say(BOSS, f"/grant quality {whom}")) == [desk.text("grant-whom")]


async def test_a_number_no_column_holds(database: Database) -> None:
    """On either engine it is nobody's account."""
    async with at_desk(database) as counter:
        await counter.grant(BOSS, Role.MANAGER)
        assert list_texts(await counter.say(BOSS, f"/grant quality {'9' * 30}")) == [counter.text("grant-whom")]


@pytest.mark.usefixtures("boss")
async def test_what_is_missing_is_said(desk: Desk) -> None:
    """No role, or a role that needs a department outside of any."""
    known = desk.list_departments(keyed=True)
    for args in ("", "king @Li_He", "head @Li_He"):
        assert list_texts(await desk.say(BOSS, f"/grant {args}")) == [desk.text("grant-how", departments=known)]
    assert list_texts(await desk.say(BOSS, "/revoke")) == [desk.text("revoke-how", departments=known)]


@pytest.mark.usefixtures("boss")
async def test_the_last_manager_stays(desk: Desk) -> None:
    """With a second one, either may go."""
    assert list_texts(await desk.say(BOSS, f"/revoke manager {BOSS.id}")) == [desk.text("last-manager")]
    await desk.grant(LI, Role.MANAGER)
    await desk.say(LI, f"/revoke manager {BOSS.id}")
    assert list_texts(await desk.say(BOSS, "/roles")) == [desk.text("only-managers")]


@pytest.mark.parametrize("command", ["/grant head", "/revoke manager", "/roles", "/summary", "/bind transport"])
@pytest.mark.parametrize("chat", [None, GROUP])
async def test_strangers_manage_nothing(desk: Desk, command: str, chat: int | None) -> None:
    """Wherever they send it."""
    known = desk.list_departments(keyed=True)
    expected = {desk.text("only-managers"), desk.text("bind-in-group", departments=known)}
    expected.add(desk.text("summary-only-heads"))
    assert set(list_texts(await desk.say(LI, command, chat))) <= expected
    assert await desk.rows(select(grants)) == []


@pytest.mark.usefixtures("boss")
async def test_a_menu_for_the_role_in_the_persons_language(desk: Desk) -> None:
    """A Chinese head reads Chinese; somebody who cannot be written to gets no menu."""
    chen = TelegramUser(15, "Chen", "zh-hans")
    await desk.say(chen, "/help")
    calls = await desk.say(BOSS, f"/grant head {chen.id} transport")
    (menu,) = [read_body(call) for call in calls if call.method == "setMyCommands"]
    assert {"command": "cases", "description": desk.services.texts.plain("zh", "menu-cases")} in menu["commands"]
    await desk.member(chen, "kicked")
    calls = await desk.say(BOSS, f"/revoke head {chen.id} transport")
    assert all(call.method != "setMyCommands" for call in calls)
    assert {row.name for row in await desk.rows(select(people.c.name))} >= {"Chen", "Boss"}


@pytest.mark.usefixtures("boss")
async def test_a_courier_is_known_by_the_id_of_the_deliveries(desk: Desk) -> None:
    """In reply or with @name; the id is asked for where it is missing; /roles shows it."""
    reply = {"message_id": 3, "date": 1, "chat": {"id": GROUP, "type": "supergroup"}, "from": LI.user}
    assert list_texts(await desk.say(BOSS, "/grant courier", GROUP, reply_to_message=reply))[-1] == desk.text(
        "grant-which-courier"
    )
    await desk.say(BOSS, "/grant courier k17", GROUP, reply_to_message=reply)
    await desk.say(BOSS, "/grant 快递员 @li_he k18")
    assert await held(desk) == {("courier", "k17"), ("courier", "k18")}
    assert "courier (k17)" in list_texts(await desk.say(BOSS, "/roles"))[0]
    await desk.say(BOSS, "/revoke courier k17", GROUP, reply_to_message=reply)
    assert await held(desk) == {("courier", "k18")}


@pytest.mark.usefixtures("boss")
async def test_a_head_grants_couriers_and_nothing_else(desk: Desk) -> None:
    """The couriers are the head's people; roles stay the managers'."""
    await desk.grant(ZHAO, Role.HEAD, "transport")
    await desk.say(LI, "/help")
    await desk.say(ZHAO, "/grant courier k17 @li_he")
    assert list_texts(await desk.say(ZHAO, "/grant staff sales @li_he")) == [desk.text("only-managers")]
    assert list_texts(await desk.say(LI, "/grant courier k18 @li_he")) == [desk.text("only-managers")]
    assert await held(desk) == {("head", "transport"), ("courier", "k17")}


async def set_up_quality(desk: Desk) -> None:
    """Li is quality by being in quality's group."""
    await desk.grant(BOSS, Role.MANAGER)
    await desk.bind("quality")
    await desk.answer_questions(await desk.say(LI, "/cases", GROUP), "member")
    assert await held(desk) == {("quality", "quality")}


@pytest.mark.parametrize("command", ["/revoke quality", "/revoke staff quality"])
async def test_quality_by_membership_is_revoked(desk: Desk, command: str) -> None:
    """Named as people name it; said with what it means; being in the group gives it no more, /grant does."""
    await set_up_quality(desk)
    said = list_texts(await desk.say(BOSS, f"{command} @li_he"))
    assert said == [desk.text("revoked-member", name="Li", role=name_role(desk, command))]
    assert await held(desk) == set()
    await desk.answer_questions(await desk.say(LI, "/cases", GROUP), "member")
    assert await held(desk) == set()
    assert list_texts(await desk.say(BOSS, f"{command} @li_he")) == [
        desk.text("revoked-already", name="Li", role=name_role(desk, command))
    ]
    await desk.say(BOSS, "/grant quality @li_he")
    await desk.answer_questions(await desk.say(LI, "/cases", GROUP), "member")
    assert ("quality", "quality") in await held(desk)


def name_role(desk: Desk, command: str) -> str:
    return desk.plain("role-quality") if command == "/revoke quality" else f"{desk.plain('role-staff')} (Quality)"


async def test_both_ways_of_being_quality_are_revoked_at_once(desk: Desk) -> None:
    """Granted by name and in the group."""
    await set_up_quality(desk)
    await desk.say(BOSS, "/grant quality @li_he")
    assert await held(desk) == {("quality", "quality"), ("quality", "")}
    await desk.say(BOSS, "/revoke quality @li_he")
    assert await held(desk) == set()


async def test_staff_by_membership_is_revoked(desk: Desk) -> None:
    """Anyone who stays in the group all the same is told that it is not theirs, until granted anew."""
    await desk.grant(BOSS, Role.MANAGER)
    await desk.bind("transport")
    await desk.answer_questions(await desk.say(LI, "/cases", GROUP), "member")
    await desk.say(BOSS, "/revoke staff transport @li_he")
    said = await desk.answer_questions(await desk.say(LI, "/cases", GROUP), "member")
    assert list_texts(said) == [desk.text("not-staff")]
    granted = list_texts(await desk.say(BOSS, "/grant staff transport @li_he"))
    assert granted == [desk.text("granted-member", name="Li", role=f"{desk.plain('role-staff')} (Transport)")]
    assert list_texts(await desk.say(LI, "/cases", GROUP)) == [desk.text("cases-none")]


@pytest.mark.parametrize("command", ["/grant", "/revoke"])
async def test_a_head_decides_on_couriers_of_the_own_department_only(desk: Desk, command: str) -> None:
    """Never for oneself; of a courier who delivers for another department that head or a manager decides."""
    await desk.grant(ZHAO, Role.HEAD, "transport")
    await desk.say(LI, "/help")
    before = {("courier", "k17"), ("courier", "k18"), ("courier", "k99")} if command == "/revoke" else set()
    for _, courier in sorted(before):
        await desk.grant(LI, Role.COURIER, courier)
    await desk.deliver(make_delivery("SF1", courier={"id": "k17"}, department="sales"))
    await desk.deliver(make_delivery("SF2", courier={"id": "k18"}, department="transport"))
    for courier in ("k17", "k18", "k99"):
        said = list_texts(await desk.say(ZHAO, f"{command} courier {courier} {ZHAO.id}"))
        assert said == [desk.text("grant-not-yourself")]
    said = list_texts(await desk.say(ZHAO, f"{command} courier k17 @li_he"))
    assert said == [desk.text("grant-not-your-courier", courier="k17")]
    for courier in ("k18", "k99"):
        await desk.say(ZHAO, f"{command} courier {courier} @li_he")
    couriers = {("courier", "k18"), ("courier", "k99")} if command == "/grant" else {("courier", "k17")}
    assert await held(desk) == {("head", "transport"), *couriers}
    await desk.grant(BOSS, Role.MANAGER)
    await desk.say(BOSS, f"/grant courier k17 {ZHAO.id}")
    assert ("courier", "k17") in await held(desk)
