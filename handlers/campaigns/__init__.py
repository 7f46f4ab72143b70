"""Campaigns (S12): planned, approved, sent, with live progress."""
