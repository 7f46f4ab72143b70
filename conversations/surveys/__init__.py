"""Dialogue of a survey."""
