"""Deliveries: what they are, and how files describe them."""
