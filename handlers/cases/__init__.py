"""Cases, from filing to closing. Rooms from the bottom up: life, messages, file and customers, staff and watch."""
