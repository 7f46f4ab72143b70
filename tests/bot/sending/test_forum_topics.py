"""A topic a case where the company wants it; without one nothing is missing."""

from sqlalchemy import select

from playground.shape.wire import Json
from storage.models import cases, topics
from tests.harness.live_sender import LiveSender


async def _case(post: LiveSender) -> int:
    post.desk.reads, outlet = True, post.desk.worker.outlet
    post.desk.worker.outlet = None  # the customer is nobody whom this Telegram knows
    await post.desk.file_complaint()
    post.desk.reads, post.desk.worker.outlet = False, outlet
    ((case,),) = await post.desk.rows(select(cases.c.id))
    return int(case)


async def _bot_calls(post: LiveSender, method: str, **params: object) -> Json:
    """Something the group's administrators do to its topics."""
    from aiohttp import ClientSession

    from tests.harness.bot_process import TOKEN

    async with (
        ClientSession() as session,
        session.post(f"{post.server.url}/bot{TOKEN}/{method}", json=params) as answer,
    ):
        body: Json = await answer.json()
        return body


async def _forum(post: LiveSender, *, forum: bool = True) -> int:
    person = await post.person()
    chat = await post.telegram.group("Transport", [person], forum=forum)
    await post.telegram.member(chat, "administrator", rights={"can_manage_topics": True})
    return chat


async def _threads(post: LiveSender, chat: int) -> list[int | None]:
    shown = [m for m in await post.telegram.messages(chat) if m["sent_by_bot"] and "text" in m]
    return [m.get("message_thread_id") for m in shown]


async def test_one_topic_a_case(post: LiveSender) -> None:
    """The first message of a case makes its topic, named by its number; the next ones find it, also after a restart."""
    chat, case = await _forum(post), await _case(post)
    await post.owe(post.call(chat, "card", topic=case), post.call(chat, "more", topic=case))
    await post.wait_until_quiet()
    await post.owe(post.call(chat, "elsewhere"))
    await post.wait_until_quiet()
    ((thread,),) = await post.desk.rows(select(topics.c.thread_id))
    assert await _threads(post, chat) == [thread, thread, None]
    (made,) = await post.calls("createForumTopic")
    assert made["params"]["name"].startswith("C-")


async def test_what_is_said_in_a_topic_of_theirs(post: LiveSender) -> None:
    """An answer goes to the topic it was asked in, a picture too; where that is gone, to the group."""
    chat = await _forum(post)
    made = await _bot_calls(post, "createForumTopic", chat_id=chat, name="Tea")
    thread = made["result"]["message_thread_id"]
    await post.owe(post.call(chat, "here", topic=-thread), post.show(chat, "list", "here, too", topic=-thread))
    await post.wait_until_quiet()
    assert await _threads(post, chat) == [thread, thread]
    await _bot_calls(post, "deleteForumTopic", chat_id=chat, message_thread_id=thread)
    await post.owe(post.call(chat, "gone", topic=-thread))
    await post.wait_until_quiet()
    assert (await post.texts(chat), await _threads(post, chat)) == (["gone"], [None])
    assert not await post.desk.rows(select(topics.c.thread_id))


async def test_a_deleted_topic_is_made_anew(post: LiveSender) -> None:
    """What is in hand when the topic is gone goes into a new one."""
    chat, case = await _forum(post), await _case(post)
    await post.owe(post.call(chat, "card", topic=case))
    await post.wait_until_quiet()
    ((thread,),) = await post.desk.rows(select(topics.c.thread_id))
    await _bot_calls(post, "deleteForumTopic", chat_id=chat, message_thread_id=thread)
    await post.owe(post.call(chat, "again", topic=case))
    await post.wait_until_quiet()
    ((new,),) = await post.desk.rows(select(topics.c.thread_id))
    assert new != thread
    assert (await post.texts(chat), await _threads(post, chat)) == (["again"], [new])


async def test_a_closed_topic_is_left_alone(post: LiveSender) -> None:
    """Somebody closed it on purpose: the message goes to the group."""
    chat, case = await _forum(post), await _case(post)
    await post.owe(post.call(chat, "card", topic=case))
    await post.wait_until_quiet()
    ((thread,),) = await post.desk.rows(select(topics.c.thread_id))
    await _bot_calls(post, "closeForumTopic", chat_id=chat, message_thread_id=thread)
    await post.telegram.member(chat, "member")
    await post.owe(post.call(chat, "again", topic=case))
    await post.wait_until_quiet()
    assert await _threads(post, chat) == [thread, None]


async def test_a_group_without_topics(post: LiveSender) -> None:
    """A group that is no forum is asked once, and gets everything all the same."""
    chat, case = await _forum(post, forum=False), await _case(post)
    for text in ("one", "two"):
        await post.owe(post.call(chat, text, topic=case))
        await post.wait_until_quiet()
    assert await post.texts(chat) == ["one", "two"]
    assert len(await post.calls("createForumTopic")) == 1
    assert await post.desk.rows(select(topics)) == []


async def test_told_to_wait(post: LiveSender) -> None:
    """A topic that cannot be made now is made later; the message waits as told."""
    chat, case = await _forum(post), await _case(post)
    await post.telegram.fault("429", method="createForumTopic", retry_after=1, times=1)
    await post.owe(post.call(chat, "card", topic=case))
    await post.wait_until_quiet()
    assert len(await post.calls("createForumTopic")) == 2
    assert await post.texts(chat) == ["card"]
