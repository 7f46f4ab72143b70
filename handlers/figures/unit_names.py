"""Names of units of a breakdown: what people call a department, a category, a courier, and how a button identifies one."""

import hashlib
from collections import Counter
from collections.abc import Sequence

from domain.figures.breakdown import By
from domain.surveys.survey import localize
from handlers.turns.batch import Batch
from reports.wording.wording import fit_on_one_line
from storage.figures import rankings
from texts.length import trim

_NAME_CHARACTERS = 40


async def fetch_unit_names(batch: Batch, by: By, keys: Sequence[str], language: str) -> dict[str, str]:
    """What people call these units, by their keys; a value that was not given is shown as such.

    A courier goes by name; the id is added only where two of these have the same name, and stands alone where there is no name.
    """
    if by is By.COURIER:
        called = await rankings.fetch_courier_names(batch.tx, keys)
        flat = {key: trim(fit_on_one_line(name), _NAME_CHARACTERS) for key, name in called.items()}
        times = Counter(flat.values())
        named = {key: name if times[name] == 1 else f"{name} ({key})" for key, name in flat.items()}
        return {key: named.get(key) or name_unit(batch, by, key, language) for key in keys}
    return {key: name_unit(batch, by, key, language) for key in keys}


def name_unit(batch: Batch, by: By, key: str, language: str) -> str:
    """What people call a unit that is no courier."""
    company = batch.services.company
    if not key:
        return batch.services.texts.plain(language, "summary-unit-none", {})
    if by in {By.ALL, By.DEPARTMENT}:
        return company.department_name(key, language)
    if by is By.CATEGORY and key in company.categories:
        return localize(company.categories[key].name, language)
    return key


def hash_unit(value: str) -> str:
    """A unit's identifier in a button."""
    return hashlib.blake2b(value.encode(), digest_size=4).hexdigest()
