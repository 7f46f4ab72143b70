"""Rows of appeals, own ratings, and what the checks for manipulation look at."""
