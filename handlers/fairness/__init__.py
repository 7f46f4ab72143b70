"""Fairness (F1–F3): own ratings, appeals against them, checks for manipulation."""
