"""The pictures of READMEs and pages, asked for in the playground: `python -m tests.harness.company_pictures` keeps them anew.

Each is what the bot sends to a manager of the example company; look at them before they are kept. With a folder as argument the
company goes on in it, otherwise fourteen months are loaded first.
"""

import asyncio
import sys
import tempfile
from io import BytesIO
from pathlib import Path

import typst
from PIL import Image

from playground.people.client import TelegramClient
from tests.harness.playground_process import CHEN, SHEN, Playground, find_troubles, make_own_folder

FOLDER = Path(__file__).parents[2] / "docs" / "pictures" / "company"
PICTURES = {
    "units": "/summary quarter by courier",
    "trend": "/trend week",
    "heat": "/summary quarter by hour",
    "report": "/report",
}
"""What a manager writes to see each again."""

MANAGERS = {"en": CHEN, "zh": SHEN}
PAGES = (1, 2, 3, 5)
"""The pages that are kept of a paper."""

_PATIENCE_SECONDS = 180.0
_WIDTH = 1_000
_COLOURS = 256


async def ask_for(telegram: TelegramClient, manager: int, command: str) -> bytes:
    """The picture or the paper that answers this command."""
    said = await telegram.private(manager).say(command)
    answer = await telegram.wait_for(
        manager,
        lambda m: m["message_id"] > said["message_id"] and bool(m.get("photo") or m.get("document")),
        timeout=_PATIENCE_SECONDS,
    )
    return await telegram.file(answer["photo"][-1]["file_id"] if "photo" in answer else answer["document"]["file_id"])


def render_page(paper: bytes, page: int) -> Image.Image:
    """A page of a PDF at 100 pixels an inch; the first is 1."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "paper.pdf").write_bytes(paper)
        source = Path(folder) / "page.typ"
        source.write_text(f'#set page(margin: 0pt)\n#image("paper.pdf", page: {page}, width: 100%)\n', "utf-8")
        drawn = typst.compile(source, format="png", ppi=100)
    assert isinstance(drawn, bytes)
    return Image.open(BytesIO(drawn)).convert("RGB")


def keep(image: Image.Image, name: str) -> None:
    if image.width > _WIDTH:
        image = image.resize((_WIDTH, round(image.height * _WIDTH / image.width)), Image.Resampling.LANCZOS)
    few = image.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(FOLDER / f"{name}.png", optimize=True)


async def keep_pictures(*options: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with Playground(*options) as playground, TelegramClient(playground.url) as telegram:
        await playground.ready()
        for language, manager in MANAGERS.items():
            for name, command in PICTURES.items():
                answer = await ask_for(telegram, manager, command)
                if not answer.startswith(b"%PDF"):
                    keep(Image.open(BytesIO(answer)).convert("RGB"), f"{name}-{language}")
                    continue
                for page in PAGES:
                    keep(render_page(answer, page), f"{name}-{language}-{page}")
        assert not find_troubles(await playground.log())


if __name__ == "__main__":
    asyncio.run(keep_pictures(*(make_own_folder(Path(sys.argv[1])) if len(sys.argv) > 1 else ())))
