"""Fairness (F1–F3): people's own ratings, appeals against them, checks for manipulation."""
