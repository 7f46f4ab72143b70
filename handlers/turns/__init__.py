"""Event processing: from the raw update to the queued calls, in one transaction."""
