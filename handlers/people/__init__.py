"""People and groups: how customers arrive, who holds which role, which chat is which department, who cannot be reached."""
