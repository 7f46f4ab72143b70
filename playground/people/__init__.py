"""Simulated people: the control API for what they do and see, and seats for tests."""
