"""Runtime of the bot: takes updates and timers, sends what is owed."""
