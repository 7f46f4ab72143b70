"""The dialogues about cases: of customers and of staff."""
