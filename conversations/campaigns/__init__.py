"""The dialogue in which a campaign is planned."""
