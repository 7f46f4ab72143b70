"""A small S3 server in a thread of the test, and buckets in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

ACCESS, REGION = "key:secretsecret", "us-east-1"


@contextmanager
def serve_s3(port: int = 0) -> Iterator[str]:
    """Its URL; any free port unless one is given."""
    from moto.server import ThreadedMotoServer  # its import is dear

    server = ThreadedMotoServer("127.0.0.1", port, verbose=False)
    server.start()
    host, taken = server.get_host_and_port()
    try:
        yield f"http://{host}:{taken}"
    finally:
        server.stop()


def make_bucket(endpoint: str, name: str) -> None:
    _connect(endpoint).create_bucket(Bucket=name)


def list_objects(endpoint: str, bucket: str) -> list[str]:
    """The keys in a bucket."""
    listed = _connect(endpoint).list_objects_v2(Bucket=bucket)
    return [stored["Key"] for stored in listed.get("Contents", ())]


def _connect(endpoint: str) -> Any:  # noqa: ANN401 -- a library without types
    import boto3  # type: ignore[import-untyped]

    key, _, secret = ACCESS.partition(":")
    access = {"aws_access_key_id": key, "aws_secret_access_key": secret, "region_name": REGION}
    return boto3.client("s3", endpoint_url=endpoint, **access)
