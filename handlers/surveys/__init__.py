"""Surveys after a delivery (S1–S11): invitations, answers, results, and what became of asking."""
