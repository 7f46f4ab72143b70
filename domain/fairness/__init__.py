"""Fairness rules: appeals, and what looks like manipulation."""
