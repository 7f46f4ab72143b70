"""Updates fully handled per second and core: the same survey, the same customers, one bot after another.

Run `python benchmarks/throughput.py`; README.md beside it says what is measured and what is not.
"""

import argparse
import asyncio
import gc
import os
import signal
import sys
from pathlib import Path
from tempfile import gettempdir

import contenders
from report import Result, describe_disk, percentile, print_single, print_table
from rounds import Settings, play

API_CORE = 1
BOTS = ("ptb", "aiogram", "huifang")
FLOOR, CEILING = "floor", "ceiling"  # durable rows and nothing else; no bot: what the measuring side can do
THINK = 0.01  # seconds between two presses of a lone customer


async def all_rounds(given: argparse.Namespace, settings: Settings) -> list[Result]:
    """Every bot once, then every bot again, so that what disturbs the machine disturbs all of them."""
    me = asyncio.current_task()
    if me is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, me.cancel)
    results = []
    for number in range(given.rounds):
        for delay in given.delay:
            for name in given.bots:
                gc.collect()
                gc.disable()  # a pause of the measuring side must not be charged to the bot
                result = await play(name, delay / 1000, settings)
                gc.enable()
                results.append(result)
                figure = f"p50 {percentile(result.latencies, 50):.2f} ms" if given.single else f"{result.rate:,.0f}/s"
                print(f"round {number + 1}: {name}, {delay} ms: {figure}", file=sys.stderr, flush=True)
    return results


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--bots", nargs="+", choices=[*BOTS, FLOOR, CEILING], default=list(BOTS))
    parser.add_argument("--delay", nargs="+", type=int, metavar="MS", help="of each Bot API answer (default: 0 40)")
    parser.add_argument("--seconds", type=float, default=10.0, help="measured in the steady state, a round")
    parser.add_argument("--warm-up", type=float, default=2.0, help="seconds before that, not counted")
    parser.add_argument("--conversations", type=int, help="play exactly so many instead, from the first to the last")
    parser.add_argument("--connections", type=int, default=100, help="conversations at the same time")
    parser.add_argument("--single", action="store_true", help="one lone customer: from the press to the visible reply")
    parser.add_argument("--uvloop", action="store_true", help="run the two peers on uvloop, too")
    parser.add_argument("--data", type=Path, default=Path(gettempdir()), help="where databases are; a real disk")
    given = parser.parse_args()
    if given.delay is None:
        given.delay = [0] if given.single else [0, 40]
    return given


def main() -> int:
    given = arguments()
    if len(os.sched_getaffinity(0)) < 2:
        print("two cores are needed: one for the bot, one for the Bot API server and the customers", file=sys.stderr)
        return 1
    import uvloop

    os.sched_setaffinity(0, {API_CORE})
    settings = Settings(
        connections=1 if given.single else given.connections,
        conversations=given.conversations,
        seconds=given.seconds,
        warm_up=given.warm_up,
        think=THINK if given.single else None,
        uvloop=given.uvloop,
        data=given.data,
    )
    print(describe_disk(given.data), flush=True)
    results: list[Result] = []
    try:
        results = uvloop.run(all_rounds(given, settings))
    except* contenders.BotFailedError as failed:
        print(*failed.exceptions, sep="\n", file=sys.stderr)
    except* asyncio.CancelledError:
        print("stopped", file=sys.stderr)
    if not results:
        return 1
    (print_single if given.single else print_table)(results)
    return 1 if any(result.failures for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
