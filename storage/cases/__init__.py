"""Rows of cases: their history, contributions, deadlines, messages, search index."""
