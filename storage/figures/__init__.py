"""Queries for figures, reports and exports, and the kept totals most of them read."""
