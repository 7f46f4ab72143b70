"""Wording: how figures and cases are put into words."""
