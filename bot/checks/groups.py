"""Each bound group, as Telegram sees it: whether the bot is there, what it may send, and its rights where it needs them."""

from collections.abc import Sequence

import telegram
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.checks.finding import Finding, Inspection, look, ok, wrong
from storage.people.groups import Group

SENT = {
    "can_send_messages": "texts",
    "can_send_photos": "photos",
    "can_send_documents": "files",
    "can_send_videos": "videos",
    "can_send_voice_notes": "voice messages",
}
"""What a card and the customer's evidence are sent as, by the right that allows it."""


async def check_groups_at_telegram(bot: telegram.Bot, inspection: Inspection, bound: Sequence[Group]) -> list[Finding]:
    """A line for each group that the database does not call lost."""
    findings = []
    for group in bound:
        if group.here:
            findings += await _check_group(bot, inspection, group)
    return findings


async def _check_group(bot: telegram.Bot, inspection: Inspection, group: Group) -> list[Finding]:
    what = f"group of {group.department}"
    try:
        chat = await bot.get_chat(group.chat_id)
        member = await bot.get_chat_member(group.chat_id, bot.id)
    except ChatMigrated:
        return [
            look(what, "became a supergroup; the bot follows with its next message", "write something in the group")
        ]
    except (Forbidden, BadRequest) as error:
        return [wrong(what, f"Telegram says: {error.message}", "add the bot to it again, or bind another with /bind")]
    if member.status in {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}:
        return [wrong(what, "the bot is not in it", "add the bot to it again, or bind another with /bind")]
    forbidden = [name for right, name in SENT.items() if not _may(right, chat, member)]
    if "texts" in forbidden:
        cure = "let the bot write in the group's permissions, or make it an administrator"
        return [wrong(what, "the bot may not write there", cure)]
    said = "the bot is there" + (", as an administrator" if member.status == ChatMemberStatus.ADMINISTRATOR else "")
    findings = [ok(what, said)]
    if forbidden:
        cure = "allow them in the group's permissions, or make the bot an administrator: texts are sent in their place"
        findings = [look(what, f"{said}, and may not send {', '.join(forbidden)}", cure)]
    return findings + _check_wishes(what, inspection, chat, member)


def _check_wishes(
    what: str, inspection: Inspection, chat: telegram.ChatFullInfo, member: telegram.ChatMember
) -> list[Finding]:
    """Rights that only settings of the company ask for: topics, a pinned overview."""
    if inspection.company is None:
        return []
    findings, handling = [], inspection.company.handling
    if handling.topics and not chat.is_forum:
        cure = "turn topics on in the group's settings, or topics off in the company file"
        findings.append(look(what, "has no topics, and the company file wants one for each case", cure))
    elif handling.topics and not getattr(member, "can_manage_topics", False):
        cure = "make the bot an administrator who may manage topics; until then cases go where they always went"
        findings.append(look(what, "the bot may not make topics", cure))
    if handling.pinned_digest and not getattr(member, "can_pin_messages", False):
        cure = "make the bot an administrator who may pin messages"
        findings.append(look(what, "the bot may not pin the overview of open cases", cure))
    return findings


def _may(right: str, chat: telegram.ChatFullInfo, member: telegram.ChatMember) -> bool:
    """Administrators may send anything; a restricted member what its own restriction says; a member what the group's permissions say."""
    if isinstance(member, telegram.ChatMemberAdministrator | telegram.ChatMemberOwner):
        return True
    if isinstance(member, telegram.ChatMemberRestricted):
        return bool(getattr(member, right))
    return chat.permissions is None or getattr(chat.permissions, right) is not False
