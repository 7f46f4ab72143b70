"""Configuration check (`huifang check`): a table of what is right, what is wrong, and what to do about it."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from bot.checks.every import check_everything
from bot.checks.finding import Finding, State
from bot.company.survey_preview import draw_preview
from domain.company import Company
from texts import Texts

_COLOURS = {State.OK: "green", State.WRONG: "red", State.LOOK: "yellow", State.FIXED: "cyan"}


async def check(*, preview: bool = False, fix: bool = False) -> bool:
    """Print the table, below it each survey as customers will see it (`preview`), and the verdict; True if nothing is wrong.

    With `fix`, what the Bot API can mend is mended first, and said.
    """
    findings, company = await check_everything(fix=fix)
    Console(soft_wrap=True).print(_draw_table(findings))
    if preview and company is not None:
        for shown in _draw_surveys(company):
            Console(soft_wrap=True).print(f"\n{shown}", markup=False, highlight=False, emoji=False)
    wrong, open_ = (sum(finding.state is state for finding in findings) for state in (State.WRONG, State.LOOK))
    Console(soft_wrap=True).print(f"\n{_word_verdict(wrong, open_)}")
    return not wrong


def _draw_table(findings: Sequence[Finding]) -> Table:
    """A line for each finding, its cure below it."""
    table = Table("", "what", Column("found", overflow="fold"), box=None, pad_edge=False)
    for finding in findings:
        said = escape(finding.said) + (f"\n[bold]→[/] {escape(finding.cure)}" if finding.cure else "")
        colour = _COLOURS[finding.state]
        table.add_row(f"[{colour}]{finding.state.value}[/]", escape(finding.what), said)
    return table


def _word_verdict(wrong: int, open_: int) -> str:
    if wrong:
        return f"[red]{wrong} {'thing is' if wrong == 1 else 'things are'} wrong[/]: see above"
    return "[green]nothing is wrong[/]" + (f"; {open_} marked - above to look at" if open_ else "")


def _draw_surveys(company: Company) -> list[str]:
    """Each survey as customers will see it."""
    texts, languages = Texts(own=company.wording), company.identity.languages
    after = {company.find_survey("").key, *company.by_service.values()}
    surveys = company.surveys.values()
    return [draw_preview(survey, texts, languages, about_delivery=survey.key in after) for survey in surveys]
