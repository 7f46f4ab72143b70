"""One event answered: from the raw update to the calls owed, in one transaction."""
