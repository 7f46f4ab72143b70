"""Rows of people, their roles and phone numbers, staff groups, access tokens."""
