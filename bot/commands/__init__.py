"""Command line interface, and what its commands run."""
