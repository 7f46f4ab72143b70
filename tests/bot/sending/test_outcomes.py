"""What Telegram's answers mean."""

import msgspec
import pytest

from bot.process.telegram import Answer
from bot.sending.outcomes import CallRefused, ChatGone, RetryLater, interpret_failure, read_member_status, says
from storage.queue.outbox import OwedCall, SentCall


def answer(code: int, description: str, **parameters: object) -> Answer:
    body = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
    return msgspec.json.decode(msgspec.json.encode(body), type=Answer)


TO_WANG, TO_NOBODY = OwedCall(1, 11, "sendMessage", "{}"), OwedCall(1, None, "answerCallbackQuery", "{}")


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        (answer(429, "Too Many Requests: retry after 7", retry_after=7), RetryLater(7, flood=True)),
        (answer(429, "Too Many Requests"), RetryLater(1, flood=True)),
        (
            answer(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1002),
            ChatGone("Bad Request: group chat was upgraded to a supergroup chat", -1002),
        ),
        (answer(400, "Bad Request: message is not modified: specified new message content"), SentCall(1)),
        (answer(400, "Bad Request: query is too old and response timeout expired"), SentCall(1)),
        (
            answer(403, "Forbidden: bot was kicked from the group chat"),
            ChatGone("Forbidden: bot was kicked from the group chat"),
        ),
        (answer(400, "Bad Request: chat not found"), ChatGone("Bad Request: chat not found")),
        (
            answer(400, "Bad Request: not enough rights to send text messages to the chat"),
            ChatGone("Bad Request: not enough rights to send text messages to the chat"),
        ),
        (
            answer(400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN"),
            ChatGone("Bad Request: CHAT_SEND_PLAIN_FORBIDDEN"),
        ),
        (answer(400, "Bad Request: can't parse entities"), CallRefused("Bad Request: can't parse entities")),
        (answer(500, "Internal Server Error"), RetryLater(unreached=True)),
        (answer(502, "no JSON but text/html"), RetryLater(unreached=True)),
        (answer(401, "Unauthorized"), RetryLater(unreached=True)),
    ],
)
def test_what_an_answer_means(said: Answer, meaning: object) -> None:
    """By Telegram's code, parameters and words."""
    assert interpret_failure(TO_WANG, said) == meaning


def test_a_call_to_no_chat_loses_no_chat() -> None:
    """Words that would lose a chat refuse the call where there is none."""
    assert interpret_failure(TO_NOBODY, answer(400, "Bad Request: user not found")) == CallRefused(
        "Bad Request: user not found"
    )


def test_phrases_are_found_in_any_case() -> None:
    """Telegram writes some of them in capitals."""
    assert says(answer(400, "Bad Request: MESSAGE_ID_INVALID"), ("message_id_invalid",))


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (Answer(ok=True, result=msgspec.Raw(b'{"status":"member"}')), "member"),
        (Answer(ok=True, result=msgspec.Raw(b'{"status":"restricted","is_member":true}')), "restricted"),
        (Answer(ok=True, result=msgspec.Raw(b'{"status":"restricted","is_member":false}')), "left"),
        (Answer(ok=False, error_code=400, description="Bad Request: user not found"), "left"),
        (Answer(ok=False, error_code=400, description="Bad Request: member list is inaccessible"), "hidden"),
        (Answer(ok=False, error_code=400, description="Bad Request: chat not found"), "unknown"),
        (Answer(ok=False, error_code=403, description="Forbidden: bot was kicked from the group chat"), "unknown"),
    ],
)
def test_what_telegram_says_of_a_member(answer: Answer, status: str) -> None:
    """Who is gone is gone; where Telegram does not say, nobody is taken for gone."""
    assert read_member_status(answer) == status
