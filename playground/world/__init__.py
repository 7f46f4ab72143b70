"""The state of this Telegram: chats, messages, files, limits, faults, updates."""
