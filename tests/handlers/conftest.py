"""A desk: updates in, calls out, on a real database."""

from tests.harness.inside import desk, sqlite, template

__all__ = ["desk", "sqlite", "template"]
