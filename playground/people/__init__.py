"""What people do and see: the control API, and seats for tests."""
