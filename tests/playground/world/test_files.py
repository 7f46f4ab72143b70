"""Files and their limits."""

from __future__ import annotations

import pytest

from playground.shape.wire import CallRefusedError
from playground.world.files import DOWNLOAD_LIMIT, PHOTO_LIMIT, Files, Kind, Upload, make_sample


def test_a_photo_comes_in_sizes_and_each_can_be_had() -> None:
    """The largest last; every file_id leads to the file."""
    files = Files()
    photo = files.add("photo", make_sample("photo", 1))
    assert isinstance(photo.media, list)
    assert [size["width"] for size in photo.media] == sorted(size["width"] for size in photo.media)
    assert len({size["file_id"] for size in photo.media}) == len(photo.media)
    for size in photo.media:
        path = files.describe(size["file_id"])["file_path"]
        file = files.at(path)
        assert file is not None
        assert file.data == photo.data


@pytest.mark.parametrize("kind", ["document", "video", "voice", "audio", "animation"])
def test_other_files_say_what_they_are(kind: Kind) -> None:
    """A mime type and a size."""
    file = Files().add(kind, make_sample(kind, 1))
    assert isinstance(file.media, dict)
    assert file.media["file_size"] == len(file.data)
    assert "/" in file.media["mime_type"]


def test_only_twenty_megabytes_can_be_downloaded() -> None:
    """One byte more is too big."""
    files = Files()
    fits = files.add("document", Upload(b"x", size=DOWNLOAD_LIMIT))
    over = files.add("document", Upload(b"x", size=DOWNLOAD_LIMIT + 1))
    assert files.describe(fits.id)["file_size"] == DOWNLOAD_LIMIT
    with pytest.raises(CallRefusedError, match="file is too big"):
        files.describe(over.id)
    with pytest.raises(CallRefusedError, match="invalid file_id"):
        files.describe("?")


@pytest.mark.parametrize(
    ("upload", "why"),
    [
        (Upload(b""), "file must be non-empty"),
        (Upload(b"x"), "IMAGE_PROCESS_FAILED"),
        (Upload(b"x", size=PHOTO_LIMIT + 1), "is too big for a photo"),
    ],
)
def test_what_is_no_photo_is_refused(upload: Upload, why: str) -> None:
    """Empty, unreadable, too large."""
    with pytest.raises(CallRefusedError, match=why):
        Files().add("photo", upload)
