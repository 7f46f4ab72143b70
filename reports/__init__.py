"""Figures in, bytes or text out; pure, and run in a helper process when they are slow (law 10)."""
