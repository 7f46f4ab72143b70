"""Figures for managers and heads (M1–M9): summaries, trends, rankings, reports, exports, scheduled pushes."""
