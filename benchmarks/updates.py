"""Synthetic updates: what Telegram sends when a customer writes or presses, just as complete, because bots pay for parsing it."""

import time

from http1 import Params


def text(chat: int, number: int, words: str) -> Params:
    """A text message; a command if it starts with a slash."""
    message: Params = {
        "message_id": number,
        "from": person(chat),
        "chat": {"id": chat, "type": "private", "first_name": "Customer", "username": f"c{chat}"},
        "date": int(time.time()),
        "text": words,
    }
    if words.startswith("/"):
        length = len(words.partition(" ")[0])
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    return {"message": message}


def press(chat: int, query: str, message: Params, data: str) -> Params:
    """A press of a button under a message; the message comes along with its keyboard."""
    return {
        "callback_query": {
            "id": query,
            "from": person(chat),
            "message": message,
            "chat_instance": str(chat),
            "data": data,
        }
    }


def person(chat: int) -> Params:
    return {"id": chat, "is_bot": False, "first_name": "Customer", "username": f"c{chat}", "language_code": "en"}
