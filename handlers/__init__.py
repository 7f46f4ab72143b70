"""Translation: Telegram's words to ours and back, inside the transaction, never awaiting the network."""
