"""The rules of cases: life cycles, deadlines, course."""
