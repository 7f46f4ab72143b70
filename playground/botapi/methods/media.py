"""Bot API methods that send files (photos, documents, videos, voice, albums), and getFile."""

from __future__ import annotations

from functools import partial

from playground.botapi.methods.call import BotCall, Method
from playground.botapi.methods.sending import find_reply, find_thread, put_message, read_caption
from playground.shape.wire import CallRefusedError, Json, make_bad_request
from playground.world.files import KINDS, Kind, StoredFile, Upload

FEWEST, MOST = 2, 10
_MOVING = frozenset({"width", "height", "duration"})
_ALONE: frozenset[Kind] = frozenset({"document", "audio"})


def find_file(call: BotCall, kind: Kind, source: object, part: str) -> StoredFile:
    """The file a parameter means: an upload under its own name, `attach://name`, or a known file_id.

    Raises:
        CallRefusedError: when there is no such file, it is of another kind, or the kind is not served here.
    """
    if kind not in KINDS:
        raise CallRefusedError(501, f"Not Implemented: the local server does not send media of type {kind}")
    upload = call.files.get(part)
    if isinstance(source, str) and source.startswith("attach://"):
        upload = call.files.get(source.removeprefix("attach://"))
        if upload is None:
            raise make_bad_request(f"attached file {source} not found")
    if upload is not None:
        return call.world.files.add(kind, upload)
    if not isinstance(source, str) or not source:
        raise make_bad_request(f"there is no {kind} in the request")
    if source.startswith(("http://", "https://")):
        raise make_bad_request("failed to get HTTP URL content (the local server fetches nothing)")
    file = call.world.files.get(source)
    if file is None:
        raise make_bad_request("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        if "photo" in {file.kind, kind}:
            raise make_bad_request(f"can't use file of type {file.kind.title()} as {kind.title()}")
        return call.world.files.add(kind, Upload(file.data, size=file.size))
    return file


def make_content(kind: Kind, file: StoredFile) -> Json:
    """What a message with this file contains; an animation appears as a document too."""
    if kind == "animation" and isinstance(file.media, dict):
        plain = {name: value for name, value in file.media.items() if name not in _MOVING}
        return {"animation": file.media, "document": plain}
    return {kind: file.media}


def _send(kind: Kind, call: BotCall) -> object:
    caption = read_caption(call, call.params)
    chat = call.reach(kind)
    content = make_content(kind, find_file(call, kind, call.params.get(kind), kind))
    if call.params.get("has_spoiler"):
        caption["has_media_spoiler"] = True
    return put_message(call, chat, {**content, **caption})


def _send_media_group(call: BotCall) -> object:
    world, items = call.world, call.params["media"]
    if len(items) > MOST:
        raise make_bad_request("too much messages to send as an album")
    if len(items) < FEWEST:
        raise make_bad_request("too few messages to send as an album")
    kinds = {item["type"] for item in items}
    for alone in _ALONE & kinds:
        if len(kinds) > 1:
            raise make_bad_request(f"{alone.title()} can't be mixed with other media types")
    captions = [read_caption(call, item) for item in items]
    for item in items:
        chat = call.reach(item["type"])
    thread = find_thread(chat, call.params.get("message_thread_id"))
    reply, _ = find_reply(call, chat)
    files = [find_file(call, item["type"], item["media"], "") for item in items]
    world.limits.send(chat.id, group=not chat.is_private, count=len(items))
    album = world.album_id()
    return [
        world.post(
            chat,
            world.bot,
            {"media_group_id": album, **make_content(file.kind, file), **caption},
            reply=reply,
            thread=thread,
        )
        for file, caption in zip(files, captions, strict=True)
    ]


def _get_file(call: BotCall) -> object:
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
