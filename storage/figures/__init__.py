"""Kept totals and everything that figures, reports and exports are read from."""
