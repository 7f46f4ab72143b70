"""The referee of one seed: what people did and saw, beside what the database says. It knows nothing of how the bot works inside.

1. Every update was handled exactly once, those of one person in their order; one that always fails is parked, and nothing else is.
2. Every timer fired exactly once. Nothing is stuck.
3. Every message owed was seen, in each chat in the order of the updates; the card of everybody says what it was last to say.
4. A message is seen again only if the answer to that very call was lost, or its sender was killed, stopped or replaced with it in doubt;
   one such moment repeats `DOUBT_LIMIT` messages at most.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from bot.sending.doubt import DOUBT_LIMIT
from storage.engine.lease import FRESH_SECONDS
from tests.simulation.replicas.botapi import Seen
from tests.simulation.replicas.loop import Process
from tests.simulation.replicas.world import GROUP, SLOWEST_SECONDS, PlannedUpdate, World

TRAVEL_SECONDS = 0.1
"""What a call may take to reach Telegram."""

ALWAYS = 9
"""So many failures planned means: it fails whenever it is tried."""


def judge(world: World) -> list[str]:
    """What is wrong at the end of this seed; nothing if all is well."""
    return [
        *world.broken,
        *_judge_rest(world),
        *_judge_facts(world),
        *_judge_order_of_facts(world),
        *_judge_messages(world),
        *_judge_repeats(world),
        *_judge_card(world),
    ]


def _judge_rest(world: World) -> Iterator[str]:
    """Nothing waits any more."""
    tables = world.server.tables
    if not world.finished:
        yield f"not settled after {world.loop.now:.0f} s; customers still writing: {world.customers_left}"
    for row in tables.get("outbox", {}).values():
        yield f"stuck in the outbox ({row['state']}, holder {row['holder']}): {row['payload'][:40]}"
    for row in tables.get("timers", {}).values():
        yield f"a timer is still set: {row['subject']}"
    for row in tables.get("inbox", {}).values():
        plan = world.plans.get(int(row["key"])) if row["source"] == "telegram" else None
        if row["state"] == "waiting" and row["source"] != "timer":
            yield f"stuck in the inbox: {row['source']} {row['key']}"
        if row["state"] == "parked" and (plan is None or plan.failures != ALWAYS):
            yield f"parked: {row['source']} {row['key']}: {row['error']}"


def _judge_facts(world: World) -> Iterator[str]:
    facts = Counter(row["what"] for row in world.server.tables.get("facts", {}).values())
    for plan in world.plans.values():
        times = 0 if plan.failures == ALWAYS else 1
        if facts[f"u{plan.id}"] != times:
            yield f"update {plan.id} was handled {facts[f'u{plan.id}']} times, not {times}"
        if plan.timer is not None and facts[f"t{plan.id}"] != times:
            yield f"timer {plan.id} fired {facts[f't{plan.id}']} times, not {times}"


def _judge_order_of_facts(world: World) -> Iterator[str]:
    by_lane: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for (key,), row in world.server.tables.get("facts", {}).items():
        if row["lane"]:
            by_lane[row["lane"]].append((row["_commit"], key, row["number"]))
    for lane, rows in by_lane.items():
        numbers = [number for _, _, number in sorted(rows)]
        if numbers != sorted(numbers):
            yield f"lane {lane} was handled in the order {numbers}"


def _list_owed(plan: PlannedUpdate) -> Iterator[tuple[int, str]]:
    """The chat and text of what this update leads to, in its order."""
    if plan.failures == ALWAYS:
        return
    yield plan.chat, f"u{plan.id}.0"
    if plan.to_group:
        yield GROUP, f"u{plan.id}.g"
    yield plan.chat, f"u{plan.id}.1"
    if plan.timer is not None:
        yield plan.chat, f"t{plan.id}"


def _judge_messages(world: World) -> Iterator[str]:
    """Seen at least once, and those of one person in each chat in their order."""
    first: dict[tuple[int, str], float] = {}
    for seen in world.telegram.seen:
        first.setdefault((seen.chat, seen.text), seen.at)
    last: dict[tuple[int, int], tuple[float, str]] = {}
    for plan in sorted(world.plans.values(), key=lambda plan: plan.id):
        for chat, text in _list_owed(plan):
            at = first.get((chat, text))
            if at is None:
                yield f"chat {chat} never saw {text}"
                continue
            if text.startswith("t"):
                continue  # a timer comes when it comes
            before, earlier = last.get((chat, plan.chat), (0.0, ""))
            if at < before:
                yield f"chat {chat} saw {text} before {earlier}"
            last[chat, plan.chat] = (at, text)


def _judge_repeats(world: World) -> Iterator[str]:
    by_text: dict[tuple[int, str], list[Seen]] = defaultdict(list)
    for seen in world.telegram.seen:
        if not seen.edited:
            by_text[seen.chat, seen.text].append(seen)
    repeated: Counter[tuple[float, Process, str]] = Counter()
    for (chat, text), all_seen in by_text.items():
        for first, again in pairwise(all_seen):
            if first.lost:
                continue
            why = _find_interruption(world, first, again)
            if why is None:
                yield f"chat {chat} saw {text} again at {again.at:.3f} from {again.process} ({first.at:.3f} from {first.process})"
            else:
                repeated[why] += 1
    for (at, process, kind), times in repeated.items():
        if times > DOUBT_LIMIT:
            yield f"{kind} of {process} at {at:.3f} repeated {times} messages"


def _find_interruption(world: World, first: Seen, again: Seen) -> tuple[float, Process, str] | None:
    """The moment that put this message in doubt: the last one before it came again that can have done it."""
    fitting = list(_list_interruptions(world, first, again))
    return fitting[-1] if fitting else None


def _list_interruptions(world: World, first: Seen, again: Seen) -> Iterator[tuple[float, Process, str]]:
    """The moments that can have put this message in doubt, in their order."""
    grace = FRESH_SECONDS + TRAVEL_SECONDS + (SLOWEST_SECONDS if "slow" in world.kinds else 0)
    for at, process, kind in world.interruptions:
        if at > again.at:
            break
        if kind == "kill" and process is first.process and at >= first.at - TRAVEL_SECONDS:
            yield at, process, kind
        if kind not in {"lease", "forgotten"}:
            continue
        if process is first.process and at >= first.at - grace:
            yield at, process, kind
            continue
        slow = SLOWEST_SECONDS if "slow" in world.kinds else 0
        until = world.noticed.get((at, process), again.at) + TRAVEL_SECONDS + slow
        if (
            kind == "forgotten"
        ):  # once it goes on, it looks before it acts: only what had left, or was leaving, may be seen
            until = at + grace
        if process is again.process and (again.at <= until or again.text in world.held_up[process]):
            yield at, process, kind


def _judge_card(world: World) -> Iterator[str]:
    version = (world.server.tables.get("card", {}).get((1,)) or {"version": 0})["version"]
    shown = [seen.text for seen in world.telegram.seen if seen.text.startswith("card")]
    if version and (not shown or shown[-1] != f"card {version}"):
        yield f"the card says {shown[-1] if shown else 'nothing'}, not card {version}"
