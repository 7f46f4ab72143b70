"""Definitions of figures, one function each, and what is counted for them."""
