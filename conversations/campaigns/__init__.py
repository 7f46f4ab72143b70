"""Campaign wizard: the dialogue in which a campaign is planned."""
