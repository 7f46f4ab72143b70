"""The page of chats."""
