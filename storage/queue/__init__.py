"""Queues and state: updates in the inbox, calls in the outbox, timers, open dialogues."""
