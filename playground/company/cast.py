"""Cast of the example company: who there is, which chats they sit in, and how they get their roles by what they write there.

Names and numbers are made up. Numbers of people and groups are fixed, so that a new world fits an older database.
"""

from __future__ import annotations

from dataclasses import dataclass

from playground.company.example import SPOKEN, names
from playground.people.presence import PresentPerson, WorldWatch, shows_words
from playground.world.membership import change_bot
from playground.world.world import World

LI, ZHAO, LIN, CHEN = 5_100_003, 5_100_004, 5_100_005, 5_100_006
ZHOU, SUN, WU, HE = 5_100_011, 5_100_012, 5_100_013, 5_100_014
_NAMED = "is now"  # what the bot says when it has granted a role


@dataclass(frozen=True, slots=True)
class Somebody:
    id: int
    name: str
    role: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class ChatGroup:
    department: str
    id: int
    members: tuple[int, ...]
    head: int | None = None
    staff: int | None = None

    @property
    def title(self) -> str:
        return " ".join(names("departments", self.department))


@dataclass(frozen=True, slots=True)
class CourierProfile:
    """`care` is the probability that a delivery goes well; it shows in the ratings."""

    id: str
    name: str
    care: float


STAFF = (
    Somebody(LI, "Li Wei", "staff"),
    Somebody(ZHAO, "Zhao Lei", "head"),
    Somebody(LIN, "Lin Yue", "quality"),
    Somebody(CHEN, "Chen Jing", "manager"),
    Somebody(ZHOU, "Zhou Hao", "staff"),
    Somebody(SUN, "Sun Mei", "head"),
    Somebody(WU, "Wu Tao", "staff"),
    Somebody(HE, "He Ping", "head"),
)
SEATED = tuple(
    Somebody(spoken.seated.number, spoken.seated.name, "customer", language)
    for language, spoken in sorted(SPOKEN.items(), key=lambda one: one[1].seated.number)
)
ANNA, WANG = (customer.id for customer in SEATED[:2])
CUSTOMERS = tuple(
    Somebody(spoken.others.first + place, name, "customer", language)
    for language, spoken in sorted(SPOKEN.items(), key=lambda one: one[1].others.first)
    for place, name in enumerate(spoken.others.names)
)
COURIERS = (
    CourierProfile("k17", "Chen Bo", 0.93),
    CourierProfile("k21", "Xu Min", 0.97),
    CourierProfile("k08", "Sun Jie", 0.72),
    CourierProfile("k30", "Guo Rui", 0.9),
    CourierProfile("k33", "Tang Yi", 0.95),
)
GROUPS = (
    ChatGroup("transport", -1_002_100_000_001, (ZHAO, LI, CHEN), ZHAO, LI),
    ChatGroup("service", -1_002_100_000_002, (SUN, ZHOU, CHEN), SUN, ZHOU),
    ChatGroup("aftersales", -1_002_100_000_003, (HE, WU, CHEN), HE, WU),
    ChatGroup("quality", -1_002_100_000_004, (LIN, CHEN), staff=LIN),
    ChatGroup("management", -1_002_100_000_005, (CHEN,)),
)
ANSWERING = tuple(group for group in GROUPS if group.head is not None)
SEATS = (
    *((one.id, one.id) for one in SEATED),
    (LI, GROUPS[0].id),
    (ZHAO, GROUPS[0].id),
    (LIN, GROUPS[3].id),
    (CHEN, CHEN),
)


def make_phone(user: int) -> str:
    return f"+861380013{user % 10**4:04}"


def settle_in(world: World) -> None:
    """Create everybody, open the groups, add the bot to them; people already known stay as they are."""
    for person in (*SEATED, *STAFF, *CUSTOMERS):
        first, _, last = person.name.partition(" ")
        facts = {"first_name": first, "last_name": last or None, "language_code": person.language, "role": person.role}
        world.add_user(person.id, **facts, phone=make_phone(person.id))
    for group in GROUPS:
        if group.id not in world.chats:
            chat = world.add_chat("supergroup", group.title, list(group.members), chat_id=group.id, is_forum=False)
            change_bot(world, chat, "member", CHEN)
    titles = {group.id: group.title for group in GROUPS}
    world.seats = [{"user": user, "chat": chat, "title": titles.get(chat, "")} for user, chat in SEATS]


async def found_company(watch: WorldWatch, code: str) -> None:
    """The manager signs in with the first code, binds each group, and appoints the heads and the quality staff."""
    manager = PresentPerson(watch, CHEN, CHEN)
    manager.start(code)
    await manager.sees(shows_words("/bind"))
    for group in GROUPS:
        here = PresentPerson(watch, group.id, CHEN)
        asked = here.say(f"/bind {group.department}")
        await here.sees(lambda _: True, after=asked["message_id"])
        named = ((group.head, "head"), (group.staff, "quality" if group.department == "quality" else "staff"))
        for person, role in named:
            if person is not None:
                hello = PresentPerson(watch, group.id, person).say("Hello.")
                granted = here.say(f"/grant {role}", reply_to=hello)
                await here.sees(shows_words(_NAMED), after=granted["message_id"])
