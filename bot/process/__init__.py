"""The running process: takes updates and timers, sends what is owed."""
