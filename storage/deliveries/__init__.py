"""Rows of deliveries, and what became of asking about them."""
