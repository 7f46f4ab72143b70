"""Queries for deliveries, and what became of asking about them."""
