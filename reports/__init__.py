"""Rendering: figures in, bytes or text out. Pure, and run in a helper process where it is slow (law 10)."""
