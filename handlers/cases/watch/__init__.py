"""Watching over deadlines: nudges and the morning digest."""
