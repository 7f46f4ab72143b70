"""Where a manager stands in planning a campaign; what is known of it so far goes from state to state."""

import msgspec


class Planning(msgspec.Struct, frozen=True):
    """`offered` are the names of types, services and stations, by group; `starts` is `now` or an ISO moment.

    `now` is the time of the event, `language` the manager's: a title can be the survey's own.
    """

    draft: int
    now: str = ""
    offered: dict[str, tuple[str, ...]] = {}
    language: str = ""
    survey: str = ""
    group: str = ""
    value: str = ""
    title: str = ""
    starts: str = ""
    cycle: str = ""


class Naming(Planning, frozen=True, tag="survey"):
    pass


class Grouping(Planning, frozen=True, tag="group"):
    pass


class Choosing(Planning, frozen=True, tag="value"):
    page: int = 0


class Calling(Planning, frozen=True, tag="title"):
    pass


class Timing(Planning, frozen=True, tag="when"):
    """`quick` are the moments on the buttons (text key, moment); `trouble` is the text that says why `said` will not do."""

    quick: list[tuple[str, str]] = []
    trouble: str = ""
    said: str = ""


class Repeating(Planning, frozen=True, tag="cycle"):
    pass


class Confirming(Planning, frozen=True, tag="confirm"):
    """`counts` are those it would reach, those who cannot be reached, and those who want no surveys."""

    counts: tuple[int, int, int] | None = None


State = Naming | Grouping | Choosing | Calling | Timing | Repeating | Confirming
STEPS: tuple[type[State], ...] = (Naming, Grouping, Choosing, Calling, Timing, Repeating, Confirming)


def place(state: State) -> int:
    """Which step this is, as its buttons say it."""
    return STEPS.index(type(state))
