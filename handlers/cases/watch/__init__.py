"""Deadline monitoring: nudges and the morning digest."""
