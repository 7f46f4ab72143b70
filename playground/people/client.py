"""Test client of the control API: people who write and press, and a view of what the bot does.

async with Telegram(server.url) as telegram:
    wang = await telegram.user("Wang", language="zh", phone="+8613800138000")
    seat = telegram.private(wang)
    await seat.start()
    await seat.see("How was the delivery?")
    await seat.press("5")
"""

from playground.people.connection import Connection, ParticipantOrId, participant_id
from playground.people.seat import Seat


class TelegramClient(Connection):
    """A connection that seats people in chats."""

    def private(self, user: ParticipantOrId) -> Seat:
        """The person's private chat with the bot."""
        return self.seat(participant_id(user), user)

    def seat(self, chat: ParticipantOrId, user: ParticipantOrId) -> Seat:
        """One person in one chat."""
        return Seat(self, participant_id(chat), participant_id(user))
