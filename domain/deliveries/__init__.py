"""What a delivery is, and how a file tells it."""
