"""Paper: the file of a case and the report of a period as PDF."""
