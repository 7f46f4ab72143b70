"""Customers' side of cases: file, add, look, judge the answer; complaints, suggestions, inquiries, praise."""
