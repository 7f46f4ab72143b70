"""The monthly score of a department (M11): four shares, weighed as the company's file says, from 0 to 100."""

PARTS = ("satisfaction", "on_time", "handling", "first_time")
