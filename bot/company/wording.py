"""Company wording: any text in the company's own words, in a file for each language beside the company file (`wording/zh.ftl`).

What is wrong in them is reported with file, line and reason, all at once, like everything else that the company writes.
"""

from collections.abc import Iterator
from pathlib import Path

from bot.company.mistakes import Mistake, Mistakes
from texts import LANGUAGES, OwnWording

FOLDER = "wording"
"""Beside the company file."""


def load_wording(company: Path) -> OwnWording:
    """What this company file's neighbours say in its own words; nothing where there are none. Raises Mistakes with all that is wrong."""
    files = sorted((company.parent / FOLDER).glob("*.ftl"))
    if not files:
        return ()
    wording: list[tuple[str, str, str]] = []
    mistakes: list[Mistake] = []
    for path in files:
        try:
            wording += _read(path)
        except Mistakes as error:
            mistakes += error.found
    _make_room()
    if mistakes:
        raise Mistakes(mistakes)
    return tuple(wording)


def _make_room() -> None:
    """What all messages were read and rendered for is done: 7 MB that would stay for as long as the bot runs."""
    from texts import messages, wording

    for kept in (messages.look_into, wording.get_shipped, wording.render_shipped):
        kept.cache_clear()


def _read(path: Path) -> Iterator[tuple[str, str, str]]:
    from texts.messages import read_messages
    from texts.wording import find_flaws  # a company without its own words has no need of a parser

    language = path.stem
    if language not in LANGUAGES:
        why = f"there are no texts in {language}; name the file after one of {', '.join(LANGUAGES)}"
        raise Mistakes([Mistake(str(path), "", why)])
    try:
        text = path.read_text("utf-8-sig")
    except (UnicodeDecodeError, OSError) as error:
        raise Mistakes([Mistake(str(path), "", f"cannot be read as UTF-8 text: {error}")]) from error
    messages, flaws = read_messages(text)
    flaws += find_flaws(messages, language)
    if flaws:
        told = sorted(flaws, key=lambda flaw: flaw.line)
        raise Mistakes([Mistake(f"{path}:{flaw.line}", flaw.key, flaw.why) for flaw in told])
    return ((language, message.key, message.source) for message in messages)
