"""Queries for cases: their history, contributions, deadlines, messages, search index."""
