"""Exports: tables as workbook and CSV."""
