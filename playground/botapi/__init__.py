"""Bot API server: calls are checked, carried out and answered; updates handed out."""
