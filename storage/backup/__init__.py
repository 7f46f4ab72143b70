"""Backups: every row of one moment in one sealed file, and a database made of it on either engine."""
