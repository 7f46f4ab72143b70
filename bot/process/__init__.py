"""The way in: updates and timers, taken, gathered and handled; the client of the Bot API."""
