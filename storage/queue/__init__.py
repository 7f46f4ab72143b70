"""What waits: updates in the inbox, calls in the outbox, timers, open dialogues."""
