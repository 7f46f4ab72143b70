"""Pictures: charts, summaries, certificates and codes as PNG."""
