"""What customers do about cases: file, add, look, judge the answer; complaints, suggestions, inquiries, praise."""
