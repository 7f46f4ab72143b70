"""The film in the README: the tour of the playground, walked by a machine and kept as an animated picture.

`python -m tests.harness.film` makes it anew in each of its languages; look at it before it is committed.

1. A step is shown as long as its words take to read, and what follows from a press a moment longer than the press.
2. A frame is kept only where something changed; together they stay under the size that a page may have.
"""

import asyncio
import shutil
import sys
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import Locator, Page, async_playwright

from tests.harness.playground_process import Playground
from texts import Texts

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
LOCALES = {"en": "en-GB", "zh": "zh-CN"}
SIZE = {"width": 1280, "height": 800}
SHOWN = (960, 600)
MOST_BYTES = 3_000_000
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
_FLAGS += ["--disable-component-update", "--disable-sync"]
_READ_MS, _LETTER_MS, _PRESSED_MS, _LAST_MS = 900, 18, 600, 6_000
_WIDE_LETTER_MS = 60
_QUALITY = 78
STILLS = {"card": ("act-resolve", (268, 45, 526, 472)), "resolution": ("confirm", (268, 45, 526, 600))}
"""What pages show alone: the moment before this button is pressed, and the part with the staff's chat."""


@dataclass
class Film:
    """Frames and how long each is shown, in milliseconds."""

    page: Page
    language: str
    frames: list[Image.Image] = field(default_factory=list)
    shown_ms: list[int] = field(default_factory=list)
    stills: dict[str, Image.Image] = field(default_factory=dict)

    async def shoot(self, shown_ms: int) -> None:
        """Take a frame; if nothing changed, the last one stays longer."""
        png = await self.page.screenshot(animations="disabled")
        frame = Image.open(BytesIO(png)).convert("RGB").resize(SHOWN, Image.Resampling.LANCZOS)
        if self.frames and frame.tobytes() == self.frames[-1].tobytes():
            self.shown_ms[-1] += shown_ms
        else:
            self.frames.append(frame)
            self.shown_ms.append(shown_ms)

    async def keep_still(self, button: str) -> None:
        """If this is the button that a still waits for, take the frame as that still."""
        for name, (label, _) in STILLS.items():
            if button == Texts().plain(self.language, label):
                await self.shoot(_PRESSED_MS)
                self.stills[name] = self.frames[-1]

    def save(self, path: Path) -> None:
        """Write it, smaller if it is too large for a page."""
        for quality in range(_QUALITY, 20, -8):
            first, *others = self.frames
            first.save(
                path,
                save_all=True,
                append_images=others,
                duration=self.shown_ms,
                loop=0,
                quality=quality,
                method=4,
                minimize_size=True,
            )
            if path.stat().st_size <= MOST_BYTES:
                return


async def walk_tour(film: Film) -> None:
    """Do what each card says, as tests/browser/test_company.py does, at a pace that can be read."""
    page = film.page
    card, ring = page.locator(".tour-card"), page.locator(".ring")
    past, write = card.locator(".tour-progress .past"), card.locator('[data-t="doForMe"]')
    close = card.locator('button.primary[data-t="close"]')
    await film.shoot(1_500)
    await page.locator(".tools-right .tour").click()
    told = -1
    while not await close.is_visible():
        step = await past.count()
        await page.wait_for_timeout(700)  # it scrolls to its target, and the card follows
        if step != told:
            await film.shoot(_read_time(await card.locator("p").inner_text()))
            told = step
        if await write.is_visible():
            await write.dispatch_event("click")
            await page.wait_for_timeout(150)
            await film.shoot(_PRESSED_MS * 2)
        await film.keep_still(await _read_ringed(page, ring))
        await _press_ringed(page, ring)
        await film.shoot(_PRESSED_MS)
        for _ in range(30):
            await page.wait_for_timeout(100)
            if await past.count() != step or await close.is_visible():
                break
    await page.wait_for_timeout(1_500)
    await film.shoot(_LAST_MS)


async def _press_ringed(page: Page, ring: Locator) -> None:
    for x, y in await _find_ringed(ring):
        await page.mouse.click(x, y)


async def _read_ringed(page: Page, ring: Locator) -> str:
    words = "([x, y]) => document.elementFromPoint(x, y)?.innerText ?? ''"
    return "".join([str(await page.evaluate(words, place)).strip() for place in await _find_ringed(ring)])


async def _find_ringed(ring: Locator) -> list[list[float]]:
    """The middle of what the ring is around; nothing while there is no ring."""
    box = await ring.bounding_box() if await ring.is_visible() else None
    return [] if box is None else [[box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]]


def _read_time(words: str) -> int:
    """Milliseconds that these words take to read; a Chinese character says as much as three letters."""
    return _READ_MS + sum(_WIDE_LETTER_MS if letter > "\u2e80" else _LETTER_MS for letter in words)


def film_path(language: str) -> Path:
    return FOLDER / f"tour-{language}.webp"


def still_path(name: str, language: str) -> Path:
    return FOLDER / f"staff-{name}-{language}.png"


def save_stills(film: Film) -> None:
    """Write what the staff's manual shows. Raises KeyError if the tour came by without it."""
    for name, (_, part) in STILLS.items():
        few = film.stills[name].crop(part).quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(still_path(name, film.language), optimize=True)


async def make_film(language: str) -> Path:
    """Start a playground, walk the tour, write the film; its path."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    path = film_path(language)
    async with Playground() as playground, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        context = await browser.new_context(viewport=SIZE, locale=LOCALES[language])  # type: ignore[arg-type]  # a size
        page = await context.new_page()
        await page.goto(playground.url)
        await playground.ready()
        await page.wait_for_timeout(2_000)
        film = Film(page, language)
        await walk_tour(film)
        await browser.close()
    film.save(path)
    save_stills(film)
    seconds, megabytes = sum(film.shown_ms) / 1_000, path.stat().st_size / 1e6
    sys.stdout.write(f"{path.name}: {len(film.frames)} frames, {seconds:.0f} s, {megabytes:.1f} MB\n")
    return path


if __name__ == "__main__":
    for language_ in LOCALES:
        asyncio.run(make_film(language_))
