"""Message content that people send: words, captions, files."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from playground.shape.entities import parse_text
from playground.shape.wire import Json
from playground.world.files import Kind, Upload, make_sample
from playground.world.world import World

ATTACHABLE: tuple[Kind, ...] = ("photo", "document", "video", "voice")


class ImpossibleError(Exception):
    """The person cannot do what is asked; the message says why."""


def make_text_content(world: World, text: str) -> Json:
    """`text` and `entities` of a message. Raises ImpossibleError when the text is empty."""
    plain, entities = parse_text(text, None, None, world.member_user)
    if not plain:
        raise ImpossibleError("nothing was said")
    return {"text": plain, **({"entities": entities} if entities else {})}


def make_caption_content(world: World, caption: str | None) -> Json:
    if not caption:
        return {}
    plain, entities = parse_text(caption, None, None, world.member_user)
    return {"caption": plain, **({"caption_entities": entities} if entities else {})}


def make_attachment(world: World, kind: Kind, given: Any) -> Json:  # noqa: ANN401  JSON as it came
    """What a message with such a file contains."""
    return {kind: world.files.add(kind, make_upload(world, kind, given)).media}


def make_upload(world: World, kind: Kind, given: Any) -> Upload:  # noqa: ANN401  JSON as it came
    """A file of this kind: `true` for a sample, base64 bytes, or {data?, name?, mime?, size?}. Raises ImpossibleError when it is not base64."""
    brought = make_sample(kind, world.files.count)
    about = given if isinstance(given, dict) else {}
    data = about.get("data") if about else given
    if isinstance(data, str):
        try:
            brought = Upload(base64.b64decode(data.partition("base64,")[2] or data, validate=True))
        except binascii.Error:
            raise ImpossibleError("not base64") from None
    return Upload(brought.data, about.get("name", brought.name), about.get("mime"), about.get("size"))
