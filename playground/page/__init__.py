"""Web page of chats."""
