"""Simulated department staff: one case of the history, taken one step further each half-day by the buttons of its card."""

from __future__ import annotations

from dataclasses import dataclass

from playground.company.cast import GROUPS, LIN, ChatGroup
from playground.company.customers import HistoryCustomers
from playground.company.stories import RESOLUTIONS
from playground.people.presence import PresentPerson, WorldWatch, message_text, shows_words

QUALITY = next(group for group in GROUPS if group.department == "quality")
_ACCEPT, _RESOLVE, _APPROVE = "^Accept$", "^Resolve$", "^Approve$"
_FAULT, _CONFIRM, _SKIP = "^At fault$", "^Confirm$", "^Skip$"
APPROVED = 3


@dataclass(slots=True)
class DepartmentCase:
    """`stages` is where it ends for now: 1 accepted, 2 resolved, 3 approved by the head, 4 also by quality where that is required, and
    judged by the customer; with `again` the customer sends it back once.
    """

    watch: WorldWatch
    number: str
    group: ChatGroup
    customer: int
    stages: int
    again: bool = False
    stage: int = 0
    reviewing: bool = False

    @property
    def is_over(self) -> bool:
        return self.stage >= self.stages

    async def step(self) -> None:
        """Take the next step."""
        if self.reviewing and self.stages > APPROVED:
            await self._review()
            return
        self.stage += 1
        match self.stage:
            case 1:
                await self._accept()
            case 2:
                await self._resolve()
            case 3:
                await self._approve()
            case _:
                await HistoryCustomers(self.watch).judge(self.customer, self.number, solved=not self.again)
                if self.again:
                    self.again, self.stage = False, 0

    def _at(self, user: int | None, group: ChatGroup | None = None) -> PresentPerson:
        return PresentPerson(self.watch, (group or self.group).id, user or 0)

    async def _accept(self) -> None:
        staff = self._at(self.group.staff)
        card = await staff.sees(shows_words(self.number, _ACCEPT))
        staff.press(card, _ACCEPT)
        await staff.says(card, shows_words(self.number, _RESOLVE))

    async def _resolve(self) -> None:
        staff = self._at(self.group.staff)
        card = await staff.sees(shows_words(self.number, _RESOLVE))
        cause, action, compensation = RESOLUTIONS[sum(map(int, filter(str.isdigit, self.number))) % len(RESOLUTIONS)]
        before = self.watch.world.find(self.group.id).last_message_id
        staff.press(card, _RESOLVE)
        for place, words in enumerate((cause, action, compensation), 1):
            prompt = await staff.sees(shows_words(f"{self.number} {place}/4"), after=before)
            if words:
                staff.say(words, reply_to=prompt)
            else:
                staff.press(prompt, _SKIP)
        judging = await staff.sees(shows_words(f"{self.number} 4/4", _FAULT), after=before)
        staff.press(judging, _FAULT)
        staff.press(await staff.sees(shows_words(self.number, _CONFIRM), after=before), _CONFIRM)
        await staff.says(card, shows_words(self.number, _APPROVE))

    async def _approve(self) -> None:
        head = self._at(self.group.head)
        card = await head.sees(shows_words(self.number, _APPROVE))
        head.press(card, _APPROVE)
        card = await head.changed(card)
        self.reviewing = "in review" in message_text(card)

    async def _review(self) -> None:
        """Quality's second review, if the category requires one."""
        quality = self._at(LIN, QUALITY)
        card = await quality.sees(shows_words(self.number, _APPROVE))
        quality.press(card, _APPROVE)
        await quality.changed(card)
        self.reviewing = False
