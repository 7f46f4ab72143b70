"""Translation layer: Telegram's terms to ours and back, inside the transaction, never awaiting the network."""
