"""Demo company: its people, its history, and the real bot beside it."""
