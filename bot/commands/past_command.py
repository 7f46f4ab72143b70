"""Loading of a past, for demonstrations: `huifang load-past FILE` fills an empty database with a company that has lived."""

from collections.abc import Sequence

from bot.app import load_past
from bot.clock import Clock, Ids
from bot.commands.operator_commands import open_database
from bot.company.company import load_company
from bot.settings import Settings
from handlers.past.lines import Line


async def load(settings: Settings, lines: Sequence[Line]) -> int:
    """Load these lines; how many rows that were. Raises PastError, and nothing is loaded, when a line cannot be."""
    company = load_company(settings.config)
    async with open_database(settings) as database:
        return await load_past(database, company, Clock(settings.clock), Ids(), lines)
