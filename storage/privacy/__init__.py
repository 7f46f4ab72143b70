"""Whose a row is, and what becomes of a person's rows: the table of ownership, and who erases, shows and forgets by it (decision 28)."""
