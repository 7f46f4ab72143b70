"""Cast of the example company: who there is, which chats they sit in, which roles they have, in the languages they speak.

Names and numbers are made up. Numbers of people and groups are fixed, so that a new world fits an older database.
"""

from __future__ import annotations

from dataclasses import dataclass

from playground.company.example import SPOKEN, names
from playground.world.world import World

LI, ZHAO, LIN, CHEN = 5_100_003, 5_100_004, 5_100_005, 5_100_006
ZHOU, SUN, WU, HE = 5_100_011, 5_100_012, 5_100_013, 5_100_014
SHEN, TAO, MEI = 5_100_015, 5_100_016, 5_100_017
_FIRST_UNSEATED = 5_200_001


@dataclass(frozen=True, slots=True)
class Somebody:
    id: int
    name: str
    role: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class ChatGroup:
    """The group of a department, in the language of its people; `head` approves, `staff` works on cases."""

    department: str
    id: int
    members: tuple[int, ...]
    language: str = "en"
    head: int | None = None
    staff: int | None = None

    @property
    def title(self) -> str:
        """In the languages that people here speak, the group's own first."""
        return " ".join(names("departments", self.department, languages=sorted(SPOKEN, key=self.language.__ne__)))


def _cast(number: int, key: str, role: str) -> Somebody:
    """A member of staff, who speaks the language in whose file the name is."""
    language, spoken = next((language, spoken) for language, spoken in SPOKEN.items() if key in spoken.cast)
    return Somebody(number, spoken.cast[key], role, language)


STAFF = (
    _cast(LI, "li", "staff"),
    _cast(ZHAO, "zhao", "head"),
    _cast(LIN, "lin", "quality"),
    _cast(CHEN, "chen", "manager"),
    _cast(ZHOU, "zhou", "staff"),
    _cast(SUN, "sun", "head"),
    _cast(WU, "wu", "staff"),
    _cast(HE, "he", "head"),
    _cast(SHEN, "shen", "manager"),
    _cast(TAO, "tao", "staff"),
    _cast(MEI, "mei", "head"),
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
REGULARS = tuple(
    Somebody(spoken.regulars.first + place, name, "customer", language)
    for language, spoken in sorted(SPOKEN.items(), key=lambda one: one[1].regulars.first)
    for place, name in enumerate(spoken.regulars.list_names())
)
"""Everybody else who has a chat with the bot: too many for the lists of the page."""

GROUPS = (
    ChatGroup("transport", -1_002_100_000_001, (ZHAO, LI, CHEN), "en", ZHAO, LI),
    ChatGroup("service", -1_002_100_000_002, (SUN, ZHOU, SHEN), "zh", SUN, ZHOU),
    ChatGroup("aftersales", -1_002_100_000_003, (HE, WU, SHEN), "zh", HE, WU),
    ChatGroup("quality", -1_002_100_000_004, (LIN, CHEN, SHEN), "zh", staff=LIN),
    ChatGroup("management", -1_002_100_000_005, (CHEN, SHEN)),
    ChatGroup("sales", -1_002_100_000_006, (MEI, TAO, SHEN), "zh", MEI, TAO),
)
ANSWERING = tuple(group for group in GROUPS if group.head is not None)
SEATS = (
    *((one.id, one.id) for one in SEATED),
    (LI, GROUPS[0].id),
    (ZHAO, GROUPS[0].id),
    (CHEN, CHEN),
    (ZHOU, GROUPS[1].id),
    (SUN, GROUPS[1].id),
    (LIN, GROUPS[3].id),
    (SHEN, SHEN),
)


def make_phone(user: int) -> str:
    """The number of an account."""
    return f"+86138{user % 10**8:08}" if user >= _FIRST_UNSEATED else f"+861380013{user % 10**4:04}"


def settle_in(world: World) -> None:
    """Create everybody and every group, the bot already among them; people already known stay as they are."""
    for person in (*SEATED, *STAFF, *CUSTOMERS, *REGULARS):
        if person.id in world.users:
            continue
        first, _, last = person.name.partition(" ")
        facts = {"first_name": first, "last_name": last or None, "language_code": person.language, "role": person.role}
        world.add_user(person.id, **facts, phone=make_phone(person.id))
        world.find(person.id).started = True
    for person in REGULARS:
        world.users[person.id].listed = False
    for group in GROUPS:
        if group.id not in world.chats:
            chat = world.add_chat("supergroup", group.title, list(group.members), chat_id=group.id, is_forum=False)
            chat.bot_status = "member"
    titles = {group.id: group.title for group in GROUPS}
    speaks = {person.id: person.language for person in (*SEATED, *STAFF)}
    world.seats = [
        {"user": user, "chat": chat, "title": titles.get(chat, ""), "language": speaks[user]} for user, chat in SEATS
    ]
