"""A desk: updates in, calls out, on a real database."""

from tests.inside import desk, sqlite, template

__all__ = ["desk", "sqlite", "template"]
