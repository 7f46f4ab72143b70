"""A desk: updates in, calls out, on a real database."""

from tests.harness.in_process import desk, sqlite

__all__ = ["desk", "sqlite"]
