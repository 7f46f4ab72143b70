"""Dialogues about cases: those of customers and those of staff."""
