"""HTTP server of the bot: webhook, API, health checks, metrics."""
