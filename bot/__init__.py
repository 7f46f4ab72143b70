"""The bot process: the only code that talks to a network. `app` builds everything; `cli` is the way in."""
