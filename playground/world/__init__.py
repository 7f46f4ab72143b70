"""State of the simulated Telegram: chats, messages, files, limits, faults, updates."""
