"""A person's own data: handed over, erased on request, and forgotten with the years (decision 28)."""
