"""The way out: what is owed to Telegram, sent in order and within its limits; what its answers mean."""
