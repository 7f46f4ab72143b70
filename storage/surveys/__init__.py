"""Queries for invitations, answers, campaigns, phone surveys, and what they add up to."""
