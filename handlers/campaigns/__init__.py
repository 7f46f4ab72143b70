"""Campaigns (S12): planned, approved, sent, shown live."""
