"""The bot process: the only code that talks to a network. `app` builds everything; `cli` is the way in."""

import sys

# The library of Telegram imports httpx, and httpx its own command line with all that it draws in a terminal: 70 modules, 3 MB. None in
# their place is an ImportError, which httpx takes for not being installed with a command line.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # documented, see "the module cache"
