"""Messages about a case: contributions, their copies, letters, notes, and which case a message is about."""
