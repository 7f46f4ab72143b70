"""Store in a bucket of an S3-compatible server, through `obstore` (the Rust crate `object_store`)."""

import re
import tempfile
from collections.abc import AsyncIterator, Iterable
from datetime import timedelta
from pathlib import Path

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import S3Store

from storage.objects.object_store import READ_BYTES, NoObjectError, StoredObject, StoreError, StorePlace

ANSWER_SECONDS, RETRIES = 30, 2
"""What does not answer is given up soon: whoever asked tries again later."""


_FAILURES = (BaseError, OSError)
_CODE = re.compile(r"<Code>(\w{1,60})</Code>")


class BucketStore:
    def __init__(self, place: StorePlace) -> None:
        key, _, secret = place.access.partition(":")
        self._store = S3Store(
            place.bucket,
            prefix=place.prefix or None,
            config={
                **({"endpoint": place.endpoint} if place.endpoint else {}),
                **({"region": place.region} if place.region else {}),
                **({"access_key_id": key, "secret_access_key": secret} if key else {}),
            },
            client_options={
                "timeout": timedelta(seconds=ANSWER_SECONDS),
                "allow_http": place.endpoint.startswith("http:"),
            },
            retry_config={"max_retries": RETRIES, "retry_timeout": timedelta(seconds=ANSWER_SECONDS)},
        )

    @property
    def workroom(self) -> Path:
        return Path(tempfile.gettempdir())

    async def put(self, name: str, path: Path) -> None:
        """In pieces where it is large. Raises StoreError."""
        try:
            await obstore.put_async(self._store, name, path)
        except _FAILURES as error:
            raise _explain(error) from error

    async def read(self, name: str) -> AsyncIterator[bytes]:
        """Raises NoObjectError when there is none, StoreError when the server does not give it."""
        try:
            answer = await obstore.get_async(self._store, name)
            async for piece in answer.stream(min_chunk_size=READ_BYTES):
                yield bytes(piece)
        except _FAILURES as error:
            if _says_no_object(error):
                raise NoObjectError(f"there is no object {name}") from None
            raise _explain(error) from error

    async def delete(self, names: Iterable[str]) -> None:
        """Raises StoreError."""
        for name in names:
            try:
                await obstore.delete_async(self._store, name)
            except _FAILURES as error:
                if not _says_no_object(error):
                    raise _explain(error) from error

    async def list_all(self) -> AsyncIterator[StoredObject]:
        """Raises StoreError."""
        try:
            async for page in obstore.list(self._store):
                for stored in page:
                    yield StoredObject(stored["path"], stored["size"], stored["last_modified"])
        except _FAILURES as error:
            raise _explain(error) from error


def _says_no_object(error: Exception) -> bool:
    """Of a bucket that is not there the same is said, and that is a mistake in the settings."""
    return isinstance(error, NotFoundError | FileNotFoundError) and "NoSuchKey" in str(error)


def _explain(error: Exception) -> StoreError:
    """The code that the server gave; without one the end of the first line, after what was tried how often."""
    said = str(error).strip()
    if code := _CODE.search(said):
        return StoreError(f"the server says {code[1]}")
    return StoreError(said.partition("\n")[0].rpartition(" - ")[2][:200] or type(error).__name__)
