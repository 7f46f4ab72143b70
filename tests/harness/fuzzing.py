"""Coverage-guided fuzzing of what comes from outside: `make fuzz`, or `python -m tests.harness.fuzzing updates 60`.

Atheris changes bytes wherever that reaches code not reached before. Each target may raise nothing but what its callers expect; anything else
ends the run with the input that did it, in a file `crash-…`. Needs Linux and the package in requirements/fuzz.lock, which `make fuzz` installs.
"""

import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import atheris  # type: ignore[import-untyped]  # installed by `make fuzz` alone

with atheris.instrument_imports(include=["bot", "conversations", "domain", "handlers"]):
    import msgspec

    from bot.commands.table_files import UnreadableFileError, open_table
    from bot.company.company import load_company
    from bot.company.mistakes import Mistakes
    from bot.company.survey_file import load_survey
    from conversations import buttons
    from domain.deliveries.columns import understand
    from domain.figures.period import PeriodError, parse_period
    from handlers.turns import inbound
    from texts.words import vocabulary

EXAMPLE = Path(__file__).parents[2] / "bot" / "example"
GOLDEN = Path(__file__).parents[1] / "conversations" / "golden_buttons.txt"
NOW, ZONE = datetime(2026, 11, 23, 2, 15, tzinfo=UTC), ZoneInfo("Asia/Shanghai")
VOCABULARY = vocabulary()
FOLDER = Path(tempfile.mkdtemp(prefix="huifang-fuzz-"))

UPDATE = (
    b'{"update_id": 1, "message": {"message_id": 2, "date": 1, "chat": {"id": 3, "type": "private"}, '
    b'"from": {"id": 3, "is_bot": false, "first_name": "A"}, "text": "/rate SF1"}}'
)
PRESS = (
    b'{"update_id": 1, "callback_query": {"id": "4", "from": {"id": 3, "is_bot": false, "first_name": "A"}, "chat_instance": "1", '
    b'"message": {"message_id": 2, "date": 1, "chat": {"id": 3, "type": "private"}}, "data": "[\\"r\\",1,0,5]"}}'
)
CSV = b"waybill,delivered_at,phone\r\nSF1,2026-11-23T10:15:00+08:00,+8613800138000\r\n"


def read_update(data: bytes) -> None:
    """An update, as the webhook and the polling hand it in."""
    with suppress(msgspec.MsgspecError, UnicodeError):
        inbound.parse_update(data)
        return
    inbound.find_update_id(data)


def read_button(data: bytes) -> None:
    """The data of a press; what is one of our buttons comes out of `pack` again."""
    button = buttons.unpack(data.decode("utf-8", "replace"))
    if button is not None:
        assert buttons.unpack(buttons.pack(button)) == button


def read_command(data: bytes) -> None:
    """What somebody writes behind /summary."""
    with suppress(PeriodError):
        parse_period(data.decode("utf-8", "replace"), NOW, ZONE, VOCABULARY.periods)


def read_survey(data: bytes) -> None:
    """A survey file."""
    path = FOLDER / "any.yaml"
    path.write_bytes(data)
    with suppress(Mistakes):
        load_survey(path, ("zh", "en"), ("product",))


def read_company(data: bytes) -> None:
    """A company file."""
    path = FOLDER / "huifang.toml"
    path.write_bytes(data)
    with suppress(Mistakes):
        load_company(path, NOW.date())


def read_deliveries(data: bytes) -> None:
    """A file of deliveries, to its last row."""
    path = FOLDER / "any.csv"
    path.write_bytes(data)
    with suppress(UnreadableFileError):
        list(open_table(path, lambda headings: len(understand(headings, {}, VOCABULARY.headings).places)).rows)


TARGETS: dict[str, tuple[Callable[[bytes], None], Iterable[bytes]]] = {
    "updates": (read_update, [UPDATE, PRESS]),
    "buttons": (
        read_button,
        [line.encode() for line in GOLDEN.read_text("utf-8").splitlines() if line.startswith("[")],
    ),
    "commands": (read_command, [b"week by courier", "本周 按快递员".encode(), b"2026-10-01..2026-10-31", b"2026-Q3"]),
    "surveys": (read_survey, [(EXAMPLE / "surveys" / "delivery.yaml").read_bytes()]),
    "companies": (read_company, [(EXAMPLE / "huifang.toml").read_bytes()]),
    "deliveries": (read_deliveries, [CSV, CSV.decode().encode("utf-16")]),
}


def main() -> None:
    """Fuzz one target for so many seconds."""
    name, seconds = sys.argv[1], sys.argv[2]
    target, seeds = TARGETS[name]
    corpus = FOLDER / "corpus"
    corpus.mkdir()
    for n, seed in enumerate(seeds):
        (corpus / str(n)).write_bytes(seed)
    atheris.Setup([sys.argv[0], f"-max_total_time={seconds}", "-rss_limit_mb=4096", "-timeout=20", str(corpus)], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
