"""The faults of the matrix: how each strikes, how often, in which set-ups, and what people need to know of it."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.harness import strikes_at_databases as databases
from tests.harness import strikes_at_processes as processes
from tests.harness import strikes_at_telegram as telegram
from tests.harness.fault_arena import Setup, Strike

Holds = Callable[[Setup], bool]


def _always(_setup: Setup) -> bool:
    return True


def _on_postgres(setup: Setup) -> bool:
    return setup.engine == "PostgreSQL"


def _behind_pgbouncer(setup: Setup) -> bool:
    return setup.is_pooled


def _without_pooler(setup: Setup) -> bool:
    """Answers are lost on the way to the server itself."""
    return setup.engine == "PostgreSQL" and not setup.is_pooled


@dataclass(frozen=True)
class Scenario:
    """A fault that strikes again and again, `gap` seconds apart; `holds` says in which set-ups there is such a fault."""

    name: str
    strike: Strike | None = None
    gap: tuple[float, float] = (0.5, 1.5)
    holds: Holds = _always
    begin: Strike | None = None
    parks: bool = False
    """Whether it sends what has to be set aside."""
    is_load: bool = False
    """Whether it is about many people at once."""
    least: int = 3
    """How many times it strikes at least, however slow the machine, as long as anybody is still on the way."""
    lasts: bool = False
    """Whether it strikes until everybody has come to the end, and not only for a while."""
    has_topics: bool = False
    """Whether each case has a topic of its own in its group."""
    silences: bool = False
    """Whether the answer to a press may be lost in it, because a process, a connection or Telegram fails."""
    is_outside: bool = False
    """Whether it comes from Telegram: then one process with SQLite and one set-up with PostgreSQL are enough."""


SCENARIOS = (
    Scenario("nothing"),
    Scenario("killed at random", processes.kill_at_random, (0.4, 1.5), is_load=True, least=12, silences=True),
    Scenario(
        "killed at each call",
        processes.await_a_kill,
        (0, 0),
        begin=processes.lay_kills,
        is_load=True,
        lasts=True,
        silences=True,
    ),
    Scenario("sender stopped and continued", processes.pause_the_sender, silences=True),
    Scenario("PostgreSQL killed", databases.kill_postgres, (1, 2.5), _on_postgres, silences=True),
    Scenario("PostgreSQL restarted", databases.restart_postgres, (1, 2.5), _on_postgres, silences=True),
    Scenario("PostgreSQL frozen", databases.freeze_postgres, holds=_on_postgres, silences=True),
    Scenario("answers to COMMIT lost", databases.lose_commits, (0.2, 0.8), _without_pooler, silences=True),
    Scenario("answers to any statement lost", databases.lose_answers, (0.1, 0.3), _without_pooler, silences=True),
    Scenario("connections ended", databases.end_connections, (0.3, 1), _behind_pgbouncer, is_load=True, silences=True),
    Scenario("PgBouncer killed", databases.kill_pgbouncer, (0.5, 1.5), _behind_pgbouncer, is_load=True, silences=True),
    Scenario("disk full", databases.fill_the_disk, silences=True),
    Scenario("database locked", databases.lock_the_database, silences=True),
    Scenario("database read-only", databases.make_read_only, silences=True),
    Scenario("clocks skewed", begin=processes.skew_clocks),
    Scenario("clocks jump", processes.move_clocks, (0.2, 0.8)),
    Scenario(
        "Bot API: storms of 429",
        telegram.refuse_calls("429", "before", (5, 10, 20), retry_after=1),
        (0.2, 0.6),
        is_load=True,
        silences=True,
        is_outside=True,
    ),
    Scenario("Bot API: 500", telegram.refuse_calls("500", "before"), (0.1, 0.3), is_outside=True, silences=True),
    Scenario("Bot API: silence", telegram.refuse_calls("silence", "before"), (0.5, 1), is_outside=True, silences=True),
    Scenario(
        "Bot API: silence after acting",
        telegram.refuse_calls("silence", "after"),
        (0.5, 1),
        is_outside=True,
        silences=True,
    ),
    Scenario(
        "Bot API: half an answer", telegram.refuse_calls("half", "after"), (0.1, 0.4), is_outside=True, silences=True
    ),
    Scenario(
        "Bot API: acted, answer lost",
        telegram.refuse_calls("reset", "after"),
        (0.1, 0.4),
        is_outside=True,
        silences=True,
    ),
    Scenario("Bot API: away", telegram.cut_telegram_off, is_outside=True, silences=True),
    Scenario("updates doubled", begin=telegram.double_updates, is_outside=True),
    Scenario("updates overtaken", telegram.hold_updates_back, (0.1, 0.3), is_outside=True),
    Scenario("updates replayed", telegram.replay_updates, (0.1, 0.3), is_outside=True),
    Scenario("poisoned updates", telegram.poison, (0.2, 0.6), parks=True, is_outside=True),
    Scenario("groups become supergroups", telegram.migrate_a_group, (0.5, 1), is_outside=True),
    Scenario("bot removed and taken back", telegram.remove_the_bot, (0.2, 0.8), is_outside=True),
    Scenario("rights taken and given", telegram.mute_the_bot, (0.2, 0.8), is_outside=True),
    Scenario("topics deleted", telegram.delete_a_topic, (0.2, 0.6), has_topics=True, is_outside=True),
    Scenario("bot blocked and unblocked", telegram.block_the_bot, (0.2, 0.8), is_outside=True),
)
