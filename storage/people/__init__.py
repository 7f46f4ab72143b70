"""Queries for people, their roles and phone numbers, staff groups, and access tokens."""
