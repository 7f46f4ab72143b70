"""Telegram simulator on this machine: a strict local Bot API server, and a page of chats to try a bot with."""
