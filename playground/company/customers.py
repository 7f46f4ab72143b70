"""Simulated customers of the history: they open links, rate, complain, and say whether it was solved, going by what is on the screen."""

from __future__ import annotations

import re

from playground.company.cast import ANSWERING, ChatGroup
from playground.company.example import SPOKEN, names
from playground.company.plan import Parcel, ParcelOutcome
from playground.page.labels import exactly, labels
from playground.people.presence import (
    Fits,
    NotSeenError,
    PresentPerson,
    WorldWatch,
    message_buttons,
    message_text,
    shows_words,
)
from playground.shape.wire import Json

NUMBER = re.compile(r"[CSQP]-\d{6}-\d{4,}")
_SCORE = r"{0}$"
_FILE, _DECLINE = exactly(*labels("rating-file")), exactly(*labels("rating-no-thanks"))
_DONE, _SKIP, _CONFIRM = (
    exactly(*labels("done"), *labels("rating-picked")),
    exactly(*labels("skip")),
    exactly(*labels("confirm")),
)
_CHANGE = exactly(*labels("rating-change"))
_SOLVED, _NOT_SOLVED = exactly(*labels("solved")), exactly(*labels("not-solved"))
_PRODUCT, _LEADS_PRODUCT = exactly(*names("categories", "product")), ANSWERING[2]
_SCREENS = 24
_INVITED_WITHIN = 1.5

Filed = tuple[str, ChatGroup]
"""The number of a case, and the group responsible for it."""


class HistoryCustomers:
    def __init__(self, watch: WorldWatch) -> None:
        self._watch = watch
        self._known: set[int] = set()

    def private(self, user: int) -> PresentPerson:
        return PresentPerson(self._watch, user, user)

    async def receive(self, parcel: Parcel, link: str) -> Filed | None:
        """One parcel, from the slip's link or the invitation in the chat to the last tap; returns the case, if there is one."""
        if parcel.outcome is ParcelOutcome.NOTHING:
            return None
        me = self.private(parcel.customer.id)
        message = await self._survey(me, parcel, link)
        if parcel.outcome is ParcelOutcome.ONE_TAP:
            me.press(message, _SCORE.format(parcel.scores[0]))
            await me.changed(message)
            return None
        filed = await self._answer(me, parcel, message)
        if parcel.outcome is ParcelOutcome.COMPLAINED:
            return await self._complain(me, parcel), _LEADS_PRODUCT
        return (filed, parcel.group) if filed else None

    async def judge(self, user: int, number: str, *, solved: bool) -> None:
        """Give the last word on an answer."""
        me = self.private(user)
        answer = await me.sees(shows_words(number, _SOLVED))
        me.press(answer, _SOLVED if solved else _NOT_SOLVED)
        if solved:
            await me.changed(answer)
            return
        asked = await me.sees(lambda message: number in message_text(message), after=answer["message_id"])
        language = self._watch.world.users[user].language_code
        me.say(SPOKEN[language].again, reply_to=asked)

    async def _survey(self, me: PresentPerson, parcel: Parcel, link: str) -> Json:
        fits: Fits = shows_words(parcel.waybill, _SCORE.format(5))
        if parcel.known and me.user in self._known:
            try:
                return await me.sees(fits, seconds=_INVITED_WITHIN)
            except NotSeenError:
                pass  # not everybody gets an invitation; a link always works
        me.start(link.partition("start=")[2])
        self._known.add(me.user)
        return await me.sees(fits)

    async def _answer(self, me: PresentPerson, parcel: Parcel, message: Json) -> str:
        """Answer every question as it comes; returns the complaint's number, empty if none is filed on the way."""
        scores, silent = iter(parcel.scores), not parcel.comments
        for _ in range(_SCREENS):
            labels = [button["text"] for button in message_buttons(message)]
            if shows_words("", _CHANGE)(message):
                return ""
            if shows_words("", _FILE)(message) and parcel.outcome in {ParcelOutcome.FILED, ParcelOutcome.DECLINED}:
                if parcel.outcome is ParcelOutcome.FILED:
                    return await self._file(me, parcel, message)
                me.press(message, _DECLINE)
            elif shows_words("", _SCORE.format(5))(message):
                me.press(message, _SCORE.format(next(scores, parcel.scores[-1])))
            elif any(label.startswith("☑") for label in labels) or shows_words("", _DONE)(message):
                me.press(message, _DONE)
            elif any(label.startswith("☐") for label in labels):
                me.press(message, "^☐")
            elif not silent:
                silent = True
                said = me.say(SPOKEN[parcel.customer.language].comment)
                message = await me.sees(shows_words(parcel.waybill, ""), after=said["message_id"])
                continue
            else:
                me.press(message, _SKIP)
            message = await me.changed(message)
        raise NotSeenError(f"the end of the survey about {parcel.waybill}")

    async def _file(self, me: PresentPerson, parcel: Parcel, message: Json) -> str:
        me.press(message, _FILE)
        filed = await me.sees(_find_case, after=message["message_id"])
        said = me.say(_choose_words(parcel))
        added = await me.sees(_find_case, after=said["message_id"])
        me.press(added, _DONE)
        await me.changed(added)
        return _find_number(filed)

    async def _complain(self, me: PresentPerson, parcel: Parcel) -> str:
        said = me.say("/complain")
        message = await me.sees(shows_words("", parcel.waybill), after=said["message_id"])
        for label in (parcel.waybill, _PRODUCT):
            me.press(message, label)
            message = await me.changed(message)
        said = me.say(_choose_words(parcel), photo=True)
        message = await me.sees(shows_words("", _DONE), after=said["message_id"])
        for label in (_DONE, _SKIP, _SKIP, _CONFIRM):
            me.press(message, label)
            message = await me.changed(message)
        return _find_number(message)


def _find_case(message: Json) -> bool:
    return NUMBER.search(message_text(message)) is not None and shows_words("", _DONE)(message)


def _find_number(message: Json) -> str:
    match = NUMBER.search(message_text(message))
    if match is None:
        raise NotSeenError("a case number")
    return match[0]


def _choose_words(parcel: Parcel) -> str:
    told = SPOKEN[parcel.customer.language].complaints
    return told[int(parcel.waybill[-6:]) % len(told)]
