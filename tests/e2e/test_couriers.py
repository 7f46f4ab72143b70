"""At the door: a courier reports the delivery, the customer scans the code and rates with one tap (D4)."""

from io import BytesIO

import segno
from PIL import Image
from sqlalchemy import select

from storage.models import deliveries, invitations
from tests.harness.bot_process import parse_start_parameter
from tests.harness.stage import StoryStage


def _modules(picture: bytes) -> list[list[bool]]:
    """What a scanner sees: eight points a module."""
    image = Image.open(BytesIO(picture)).convert("L")
    places = range(4, image.size[0], 8)
    return [[image.getpixel((x, y)) == 0 for x in places] for y in places]


async def test_from_the_couriers_command_to_the_customers_stars(stage: StoryStage) -> None:
    """Li is courier k17; /delivered shows a code whose link Wang opens; the rating is Li's; asked twice it is the same link."""
    toml = stage.bot.folder / "huifang.toml"
    toml.write_text(toml.read_text("utf-8").replace("couriers_report = false", "couriers_report = true"), "utf-8")
    await stage.bot.stop()
    await stage.bot.start()
    hello = await stage.at("transport", stage.li).say("Hello")
    await stage.at("transport", stage.boss).say("/grant courier k17", reply_to=hello["message_id"])
    await stage.at("transport", stage.boss).see("Li is now courier (k17)")
    li = stage.telegram.private(stage.li)
    await li.start()
    await li.say("/delivered SF1234567890")
    shown = await stage.telegram.wait_for(stage.li.id, lambda m: "photo" in m)
    link = next(word for word in shown["caption"].split() if word.startswith("https://t.me/"))
    assert "SF1234567890" in shown["caption"]
    picture = await stage.telegram.file(shown["photo"][-1]["file_id"])
    assert _modules(picture) == [
        [bool(one) for one in row] for row in segno.make(link, error="m").matrix_iter(border=4)
    ]

    await stage.customer.start(parse_start_parameter(link))
    await stage.newest_about("SF1234567890", "overall")
    await stage.customer.press("5")
    await stage.newest_about("SF1234567890", "Question 2")
    (row,) = await stage.rows(select(deliveries.c.source, deliveries.c.fate, invitations.c.courier).join(invitations))
    assert tuple(row) == ("courier", "answered", "k17")

    await li.say("/delivered SF1234567890")
    again = await stage.telegram.wait_for(stage.li.id, lambda m: "photo" in m and m["message_id"] > shown["message_id"])
    assert link in again["caption"]
    await stage.customer.say("/delivered SF1")
    await stage.customer.see("This is for couriers.")
