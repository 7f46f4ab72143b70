"""The dialogue of a survey."""
