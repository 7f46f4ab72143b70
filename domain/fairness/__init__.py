"""The rules of fairness: appeals, and what looks like manipulation."""
