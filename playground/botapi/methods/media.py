"""Sending files: photos, documents, videos, voice, albums; and getFile."""

from __future__ import annotations

from functools import partial

from playground.botapi.methods.call import Call, Method
from playground.botapi.methods.sending import caption_of, deliver, reply_of, thread_of
from playground.shape.wire import Json, Refused, bad
from playground.world.files import KINDS, File, Kind, Upload

FEWEST, MOST = 2, 10
_MOVING = frozenset({"width", "height", "duration"})
_ALONE: frozenset[Kind] = frozenset({"document", "audio"})


def file_of(call: Call, kind: Kind, source: object, part: str) -> File:
    """The file that a parameter means: an upload under its own name, `attach://name`, or a known file_id."""
    if kind not in KINDS:
        raise Refused(501, f"Not Implemented: the local server does not send media of type {kind}")
    upload = call.files.get(part)
    if isinstance(source, str) and source.startswith("attach://"):
        upload = call.files.get(source.removeprefix("attach://"))
        if upload is None:
            raise bad(f"attached file {source} not found")
    if upload is not None:
        return call.world.files.add(kind, upload)
    if not isinstance(source, str) or not source:
        raise bad(f"there is no {kind} in the request")
    if source.startswith(("http://", "https://")):
        raise bad("failed to get HTTP URL content (the local server fetches nothing)")
    file = call.world.files.get(source)
    if file is None:
        raise bad("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        if "photo" in {file.kind, kind}:
            raise bad(f"can't use file of type {file.kind.title()} as {kind.title()}")
        return call.world.files.add(kind, Upload(file.data, size=file.size))
    return file


def content_of(kind: Kind, file: File) -> Json:
    """What a message with this file holds; an animation shows itself as a document, too."""
    if kind == "animation" and isinstance(file.media, dict):
        plain = {name: value for name, value in file.media.items() if name not in _MOVING}
        return {"animation": file.media, "document": plain}
    return {kind: file.media}


def _send(kind: Kind, call: Call) -> object:
    caption = caption_of(call, call.params)
    chat = call.reach(kind)
    content = content_of(kind, file_of(call, kind, call.params.get(kind), kind))
    if call.params.get("has_spoiler"):
        caption["has_media_spoiler"] = True
    return deliver(call, chat, {**content, **caption})


def _send_media_group(call: Call) -> object:
    world, items = call.world, call.params["media"]
    if len(items) > MOST:
        raise bad("too much messages to send as an album")
    if len(items) < FEWEST:
        raise bad("too few messages to send as an album")
    kinds = {item["type"] for item in items}
    for alone in _ALONE & kinds:
        if len(kinds) > 1:
            raise bad(f"{alone.title()} can't be mixed with other media types")
    captions = [caption_of(call, item) for item in items]
    chat = call.reach(items[0]["type"])
    thread = thread_of(chat, call.params.get("message_thread_id"))
    reply, _ = reply_of(call, chat)
    files = [file_of(call, item["type"], item["media"], "") for item in items]
    world.limits.send(chat.id, group=not chat.is_private, count=len(items))
    album = world.album_id()
    return [
        world.post(
            chat,
            world.bot,
            {"media_group_id": album, **content_of(file.kind, file), **caption},
            reply=reply,
            thread=thread,
        )
        for file, caption in zip(files, captions, strict=True)
    ]


def _get_file(call: Call) -> object:
    return call.world.files.describe(call.params["file_id"])


METHODS: dict[str, Method] = {
    "sendPhoto": partial(_send, "photo"),
    "sendDocument": partial(_send, "document"),
    "sendVideo": partial(_send, "video"),
    "sendVoice": partial(_send, "voice"),
    "sendAudio": partial(_send, "audio"),
    "sendAnimation": partial(_send, "animation"),
    "sendMediaGroup": _send_media_group,
    "getFile": _get_file,
}
