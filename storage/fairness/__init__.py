"""Queries for appeals, people's own ratings, and the checks for manipulation."""
