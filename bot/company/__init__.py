"""Configuration files: the company file and its surveys, read, checked, and every mistake reported."""
