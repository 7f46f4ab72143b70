"""Domain rules of cases: life cycles, deadlines, handling."""
