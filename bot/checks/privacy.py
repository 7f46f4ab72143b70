"""Privacy: what `/privacy` still lacks, how many persons there are against the thresholds of laws, and what an older secret still opens."""

import tomllib
from dataclasses import dataclass

from bot.checks.finding import Finding, Inspection, look, ok
from bot.company.company import EXAMPLE
from domain.company import Company
from storage.engine.database import Tx
from storage.privacy import rotation
from storage.privacy.counting import PersonCounts, count_persons

NEAR = 0.8
"""From this share of a threshold on it is said: what it asks for takes months to prepare."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """From how many persons on a law asks for something; `abroad` counts those whose data goes abroad. The sources are in docs/privacy.md."""

    persons: int
    law: str
    asks: str
    abroad: bool = False


THRESHOLDS = (
    Threshold(
        100_000,
        "CAC order 16, article 8",
        "a standard contract or a certification for data that goes abroad",
        abroad=True,
    ),
    Threshold(1_000_000, "CAC order 16, article 7", "a security assessment of data that goes abroad", abroad=True),
    Threshold(
        1_000_000,
        "PIPL article 52, CAC order 18 article 12",
        "a person in charge of personal information, reported to the CAC",
    ),
    Threshold(10_000_000, "CAC order 18, article 4", "a compliance audit at least every two years"),
    Threshold(10_000_000, "Network Data Security Regulations, article 28", "what holds for important data, too"),
)
"""Of mainland China; the GDPR asks by what is done, not by how many persons (docs/privacy.md)."""

_NOTICE = {
    "controller": "who answers for the data (PIPL article 17, GDPR article 13)",
    "officer": "the person in charge (PIPL article 52, GDPR article 37)",
    "contact": "how to reach them (PIPL article 17, GDPR article 13)",
    "country": "where the servers stand (PIPL article 17)",
}


_INVENTED = ("controller", "officer", "contact")
"""What the example makes up; where the servers stand may be true."""
_OWN = "write your own under [privacy] in the company file"


def check_notice(company: Company) -> list[Finding]:
    """What the law asks `/privacy` to say and [privacy] leaves out, or still says of the example."""
    lacking = [name for name in _NOTICE if not getattr(company.privacy, name)]
    example = tomllib.loads(EXAMPLE.read_text("utf-8"))["privacy"]
    borrowed = [name for name in _INVENTED if getattr(company.privacy, name) == example[name]]
    if borrowed:
        return [look("privacy notice", f"/privacy still names the example's {', '.join(borrowed)}", _OWN)]
    if not lacking:
        return [ok("privacy notice", "says who, what for, where, how long, one's rights and whom to ask")]
    said = "; ".join(f"{name}: {_NOTICE[name]}" for name in lacking)
    return [look("privacy notice", f"/privacy does not say {said}", "add it under [privacy] in the company file")]


async def check_persons(tx: Tx, _inspection: Inspection) -> list[Finding]:
    """How many persons there are, and which thresholds that has reached or will reach soon."""
    return judge_persons(await count_persons(tx))


def judge_persons(counts: PersonCounts) -> list[Finding]:
    """A line for the count, and one for each threshold near or passed."""
    findings = [ok("persons", f"{counts.kept:,} of whom something is kept, {counts.in_chat:,} of them in chat")]
    for threshold in THRESHOLDS:
        count = counts.in_chat if threshold.abroad else counts.kept
        if count >= threshold.persons * NEAR:
            where = "over" if count >= threshold.persons else "near"
            said = f"{count:,} are {where} {threshold.persons:,}: {threshold.law} asks for {threshold.asks}"
            findings.append(look("persons", said, "ask your data protection officer; docs/privacy.md has the facts"))
    return findings


async def check_sealing(tx: Tx, inspection: Inspection) -> list[Finding]:
    """How many rows an older secret still opens; with one secret alone there are none, or nothing would start."""
    if len(inspection.settings.secrets) < 2:  # noqa: PLR2004 -- the newest and an older one
        return []
    rows = sum((await rotation.count_old(tx)).values())
    if not rows:
        cure = "run `huifang rotate-key` once more: it says which secrets can go"
        return [look("older secrets", "no row needs one any more", cure)]
    return [look("older secrets", f"{rows:,} rows need one", "`huifang rotate-key` seals them anew while the bot runs")]
