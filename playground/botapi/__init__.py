"""The Bot API server: calls checked, acted on, answered; updates handed out."""
