"""The company file and its surveys: read, checked, and every mistake told."""
